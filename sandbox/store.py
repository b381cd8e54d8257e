"""What the sandbox remembers, in one SQLite file, so that a restart loses no payment, webhook or mail."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KEPT_SECONDS = 30 * 24 * 3600

SCHEMA = """
CREATE TABLE IF NOT EXISTS entity (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, parent TEXT NOT NULL, owner TEXT NOT NULL,
    created_at REAL NOT NULL, body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS entity_by_parent ON entity (kind, parent);
CREATE INDEX IF NOT EXISTS entity_by_age ON entity (kind, created_at);
CREATE TABLE IF NOT EXISTS answer (
    owner TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, status INTEGER NOT NULL, body BLOB NOT NULL,
    created_at REAL NOT NULL, PRIMARY KEY (owner, key)
);
CREATE TABLE IF NOT EXISTS errand (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, url TEXT NOT NULL,
    due_at REAL, attempts INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS errand_by_due ON errand (due_at) WHERE due_at IS NOT NULL;
CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY, sender TEXT NOT NULL, recipients TEXT NOT NULL, subject TEXT NOT NULL,
    received_at REAL NOT NULL, size INTEGER NOT NULL, raw BLOB NOT NULL
);
"""


@dataclass(frozen=True)
class Errand:
    """Something to do later: call a webhook, let a payment expire, settle a refund."""

    id: int
    kind: str
    subject: str
    url: str
    attempts: int


class Store:
    """One connection behind one lock: the sandbox is small, and a lock is simpler than a pool."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self.timetable_changed = threading.Event()
        self._connection = sqlite3.connect(folder / "sandbox.sqlite3", check_same_thread=False, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        # Losing the last second in a power cut is fine for a sandbox; waiting for the disk is not.
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + SCHEMA)
        with self.change():
            for table in ("entity", "answer"):
                self.run(f"DELETE FROM {table} WHERE created_at < ?", time.time() - KEPT_SECONDS)
            self.run("DELETE FROM errand WHERE due_at IS NULL")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything inside happens or nothing; nests."""
        with self._lock:
            outermost = self._depth == 0
            if outermost:
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outermost:
                    self._connection.execute("ROLLBACK")
                raise
            else:
                if outermost:
                    self._connection.execute("COMMIT")
            finally:
                self._depth -= 1

    def run(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    # -- entities -------------------------------------------------------------------------------------------------

    def put(self, kind: str, entity: dict[str, Any], *, owner: str, parent: str = "") -> None:
        self.run(
            "INSERT INTO entity (id, kind, parent, owner, created_at, body) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET body = excluded.body",
            entity["id"],
            kind,
            parent,
            owner,
            time.time(),
            json.dumps(entity),
        )

    def get(self, kind: str, entity_id: str) -> dict[str, Any] | None:
        rows = self.run("SELECT body FROM entity WHERE kind = ? AND id = ?", kind, entity_id)
        return json.loads(rows[0]["body"]) if rows else None

    def children(self, kind: str, parent: str) -> list[dict[str, Any]]:
        rows = self.run("SELECT body FROM entity WHERE kind = ? AND parent = ? ORDER BY created_at", kind, parent)
        return [json.loads(row["body"]) for row in rows]

    def latest(self, kind: str, limit: int, owner: str = "") -> list[dict[str, Any]]:
        rows = self.run(
            "SELECT body FROM entity WHERE kind = ? AND (? = '' OR owner = ?) ORDER BY created_at DESC LIMIT ?",
            kind,
            owner,
            owner,
            limit,
        )
        return [json.loads(row["body"]) for row in rows]

    # -- errands --------------------------------------------------------------------------------------------------

    def send_on_errand(self, kind: str, subject: str, *, due_at: float, url: str = "") -> None:
        self.run("INSERT INTO errand (kind, subject, url, due_at) VALUES (?, ?, ?, ?)", kind, subject, url, due_at)
        self.timetable_changed.set()

    def take_due_errands(self, now: float, *, lease: float, limit: int) -> list[Errand]:
        """The lease makes an errand fall due again if whoever took it dies."""
        with self.change():
            rows = self.run("SELECT * FROM errand WHERE due_at <= ? ORDER BY due_at LIMIT ?", now, limit)
            for row in rows:
                self.run("UPDATE errand SET due_at = ? WHERE id = ?", now + lease, row["id"])
        return [Errand(row["id"], row["kind"], row["subject"], row["url"], row["attempts"]) for row in rows]

    def next_errand_at(self) -> float | None:
        rows = self.run("SELECT min(due_at) AS due_at FROM errand WHERE due_at IS NOT NULL")
        return None if rows[0]["due_at"] is None else float(rows[0]["due_at"])

    def end_errand(self, errand: Errand, *, outcome: str, again_at: float | None = None) -> None:
        self.run(
            "UPDATE errand SET attempts = attempts + 1, outcome = ?, due_at = ? WHERE id = ?",
            outcome,
            again_at,
            errand.id,
        )
        if again_at is not None:
            self.timetable_changed.set()
