"""The mail box on screen and for scripts: list, one mail with its parts, attachments."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from sandbox.mail.letters import Attachment, Letter, Letters, Summary
from sandbox.pages import Markup, fill, page
from sandbox.texts import TEXTS, preferred_language
from sandbox.web import Request, Response, Route, json_response, not_found, route

ZONE = ZoneInfo("Europe/Brussels")
PAGE = 50
# A mail may carry its own styles and pictures, but no script, and it cannot reach the page around it.
FRAME_POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline' *; "
    "img-src * data:; font-src *"
)
CONTENT_ID = re.compile(r"cid:([^\"'\s)>]+)")
SHOWN_IN_PLACE = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")


class MailboxPages:
    def __init__(self, letters: Letters) -> None:
        self.letters = letters

    def routes(self) -> list[Route]:
        return [
            route("GET", "/mail/", self.list),
            route("GET", "/mail", self.list),
            route("GET", "/mail/messages.json", self.messages),
            route("GET", "/mail/{letter_id}", self.show),
            route("GET", "/mail/{letter_id}/html", self.html),
            route("GET", "/mail/{letter_id}/source", self.source),
            route("GET", "/mail/{letter_id}/attachments/{place}", self.attachment),
        ]

    def list(self, request: Request) -> Response:
        language = _language(request)
        to = request.query.get("to", "")
        found = self.letters.latest(to=to, before=_number(request.query.get("before")), limit=PAGE + 1)
        rows = "".join(_row(summary, language) for summary in found[:PAGE])
        older = urlencode({"to": to, "before": found[PAGE - 1].id}) if len(found) > PAGE else ""
        link = f'<p><a class="button" href="/mail/?{escape(older)}">{TEXTS[language]["older"]}</a></p>'
        values = {
            "to": to,
            "messages": Markup(f'<ul class="mails">{rows}</ul>' if rows else f"<p>{TEXTS[language]['no_mail']}</p>"),
            "older": Markup(link if older else ""),
        }
        return page(language, TEXTS[language]["mailbox"], fill("mailbox.html", language, values))

    def messages(self, request: Request) -> Response:
        """Newest first, with both texts, so that a script can follow the links of a mail."""
        limit = min(_number(request.query.get("limit")) or PAGE, 200)
        found = self.letters.latest(to=request.query.get("to", ""), limit=limit)
        letters = [letter for summary in found if (letter := self.letters.read(summary.id))]
        return json_response([_as_json(letter, request.base_url) for letter in letters])

    def show(self, request: Request, letter_id: str) -> Response:
        letter = self._letter(letter_id)
        if letter is None:
            return not_found()
        language = _language(request)
        title = letter.summary.subject or "—"
        values = {
            "id": letter.summary.id,
            "subject": title,
            "sender": letter.summary.sender,
            "recipients": ", ".join(letter.summary.recipients),
            "received": _moment(letter.summary),
            "text": letter.text,
            "attachments": _attachment_list(letter, language),
            "reading": _frame(letter, language),
        }
        return page(language, title, fill("mail.html", language, values))

    def html(self, request: Request, letter_id: str) -> Response:
        letter = self._letter(letter_id)
        if letter is None:
            return not_found()
        places = {attachment.content_id: attachment.place for attachment in letter.attachments if attachment.content_id}

        def picture(match: re.Match[str]) -> str:
            place = places.get(match[1])
            return match[0] if place is None else f"/mail/{letter.summary.id}/attachments/{place}"

        body = '<base target="_blank">' + CONTENT_ID.sub(picture, letter.html)
        headers = {"Content-Security-Policy": FRAME_POLICY, "Referrer-Policy": "no-referrer"}
        return Response(body.encode(), 200, headers=headers)

    def source(self, request: Request, letter_id: str) -> Response:
        letter = self._letter(letter_id)
        return not_found() if letter is None else Response(letter.raw, 200, "text/plain; charset=utf-8", _CLOSED)

    def attachment(self, request: Request, letter_id: str, place: str) -> Response:
        letter = self._letter(letter_id)
        number = _number(place)
        if letter is None or number is None or number >= len(letter.attachments):
            return not_found()
        return _download(letter.attachments[number])

    def _letter(self, letter_id: str) -> Letter | None:
        number = _number(letter_id)
        return None if number is None else self.letters.read(number)


_CLOSED = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}


def _download(attachment: Attachment) -> Response:
    """Only pictures and PDFs open in place; whatever else was mailed is saved, never run."""
    shown = attachment.content_type in SHOWN_IN_PLACE
    disposition = f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(attachment.name)}"
    headers = {"Content-Disposition": disposition, "X-Content-Type-Options": "nosniff"}
    # The PDF viewer of a browser does not work inside a closed sandbox.
    if attachment.content_type != "application/pdf":
        headers |= _CLOSED
    content_type = attachment.content_type if shown else "application/octet-stream"
    return Response(attachment.content, 200, content_type, headers)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None


def _language(request: Request) -> str:
    return preferred_language(request.query.get("lang") or request.headers.get("accept-language", ""))


def _moment(summary: Summary) -> str:
    return datetime.fromtimestamp(summary.received_at, ZONE).strftime("%d/%m/%Y %H:%M:%S")


def _row(summary: Summary, language: str) -> Markup:
    values = {
        "id": summary.id,
        "subject": summary.subject or "—",
        "recipients": ", ".join(summary.recipients),
        "received": _moment(summary),
    }
    return fill("mail_row.html", language, values)


def _attachment_list(letter: Letter, language: str) -> Markup:
    if not letter.attachments:
        return Markup("")
    links = "".join(
        f'<li><a class="button" href="/mail/{letter.summary.id}/attachments/{attachment.place}">'
        f"{escape(attachment.name)}</a></li>"
        for attachment in letter.attachments
    )
    return Markup(f'<h2>{TEXTS[language]["attachments"]}</h2><ul class="attachments">{links}</ul>')


def _frame(letter: Letter, language: str) -> Markup:
    if not letter.html:
        return Markup("")
    title = TEXTS[language]["as_mail"]
    return Markup(
        f'<h2>{title}</h2><iframe src="/mail/{letter.summary.id}/html" title="{title}" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
    )


def _as_json(letter: Letter, base: str) -> dict[str, Any]:
    summary = letter.summary
    return {
        "id": summary.id,
        "from": summary.sender,
        "to": list(summary.recipients),
        "subject": summary.subject,
        "received_at": datetime.fromtimestamp(summary.received_at, UTC).isoformat(),
        "text": letter.text,
        "html": letter.html,
        "url": f"{base}/mail/{summary.id}",
        "attachments": [
            {
                "name": attachment.name,
                "content_type": attachment.content_type,
                "size": len(attachment.content),
                "url": f"{base}/mail/{summary.id}/attachments/{attachment.place}",
            }
            for attachment in letter.attachments
        ],
    }
