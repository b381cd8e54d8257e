"""The statements Parterre sends to hold one seat, recorded from a real hold, to be sent again by something barer."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

Statement = tuple[str, Any]


def record(act: Callable[[], object]) -> list[Statement]:
    """Everything sent to the database while `act` ran; BEGIN and COMMIT do not pass here."""
    sent: list[Statement] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    return sent


def send(statements: list[Statement], *, seat: int) -> bool:
    """The same statements for another seat of the same rank and a basket of its own; whether the seat was had."""
    had = False
    with connection.cursor() as cursor:
        for sql, params in statements:
            if isinstance(params, dict):
                params = {**params, "basket": uuid4(), "index": seat}
            cursor.execute(sql, params)
            had = cursor.fetchone() is not None
    return had


def keep(statements: list[Statement], file: Path) -> None:
    file.write_bytes(pickle.dumps(statements))


def kept(file: Path) -> list[Statement]:
    """Written by this bench a moment ago, in a folder of its own."""
    found: list[Statement] = pickle.loads(file.read_bytes())
    return found
