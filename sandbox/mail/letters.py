"""The mails the sandbox keeps: stored raw, taken apart when somebody reads one."""

from __future__ import annotations

import email
import json
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as default_policy
from sqlite3 import Row
from typing import cast

from sandbox.store import Store

KEPT_LETTERS = 2000
KEPT_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Summary:
    id: int
    sender: str
    recipients: tuple[str, ...]
    subject: str
    received_at: float
    size: int


@dataclass(frozen=True)
class Attachment:
    place: int
    name: str
    content_type: str
    content_id: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    summary: Summary
    raw: bytes
    text: str
    html: str
    attachments: tuple[Attachment, ...]


class Letters:
    def __init__(self, store: Store) -> None:
        self.store = store

    def keep(self, sender: str, recipients: tuple[str, ...], raw: bytes) -> None:
        subject = str(_parse(raw)["subject"] or "")
        with self.store.change():
            self.store.run(
                "INSERT INTO message (sender, recipients, subject, received_at, size, raw) VALUES (?, ?, ?, ?, ?, ?)",
                sender,
                json.dumps([recipient.lower() for recipient in recipients]),
                subject[:500],
                time.time(),
                len(raw),
                raw,
            )
            self._forget_old()

    def _forget_old(self) -> None:
        rows = self.store.run("SELECT count(*) AS letters, coalesce(sum(size), 0) AS bytes FROM message")
        if rows[0]["letters"] > KEPT_LETTERS or rows[0]["bytes"] > KEPT_BYTES:
            surplus = max(KEPT_LETTERS // 10, 1)
            self.store.run("DELETE FROM message WHERE id IN (SELECT id FROM message ORDER BY id LIMIT ?)", surplus)

    def latest(self, *, to: str = "", before: int | None = None, limit: int = 50) -> list[Summary]:
        rows = self.store.run(
            "SELECT id, sender, recipients, subject, received_at, size FROM message"
            " WHERE (? = '' OR instr(recipients, ?) > 0) AND (? IS NULL OR id < ?) ORDER BY id DESC LIMIT ?",
            to,
            to.strip().lower(),
            before,
            before,
            limit,
        )
        return [_summary(row) for row in rows]

    def read(self, letter_id: int) -> Letter | None:
        rows = self.store.run("SELECT * FROM message WHERE id = ?", letter_id)
        if not rows:
            return None
        message = _parse(rows[0]["raw"])
        return Letter(
            summary=_summary(rows[0]),
            raw=rows[0]["raw"],
            text=_body(message, "plain"),
            html=_body(message, "html"),
            attachments=_attachments(message),
        )


def _parse(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=default_policy)


def _summary(row: Row) -> Summary:
    recipients = tuple(json.loads(row["recipients"]))
    return Summary(row["id"], row["sender"], recipients, row["subject"], row["received_at"], row["size"])


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if part is None:
        return ""
    try:
        return str(part.get_content())
    except (LookupError, KeyError):
        return ""


def _attachments(message: EmailMessage) -> tuple[Attachment, ...]:
    """Everything that is no reading text: files, and the pictures the HTML shows by content id."""
    bodies = {id(part) for kind in ("plain", "html") if (part := message.get_body(preferencelist=(kind,)))}
    parts = [part for part in message.walk() if not part.is_multipart() and id(part) not in bodies]
    return tuple(
        Attachment(
            place=place,
            name=part.get_filename() or f"part-{place}",
            content_type=part.get_content_type(),
            content_id=str(part.get("Content-ID", "")).strip("<> "),
            content=cast(bytes, part.get_payload(decode=True) or b""),
        )
        for place, part in enumerate(parts)
    )
