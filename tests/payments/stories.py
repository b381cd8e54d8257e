"""Events in any order: how an example of them is written down, and how each is undone once it was told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection, transaction


class Event(NamedTuple):
    """What happens, to which of the orders or payments there are, and how."""

    name: str
    which: int
    how: int


def story(text: str) -> list[Event]:
    """`sell 2 3, pay 0 1`: an event each."""
    found = (event.split() for event in text.split(","))
    return [Event(name, int(which), int(how)) for name, which, how in found]


@contextmanager
def undone() -> Iterator[None]:
    """In a transaction marked as Django's test cases mark theirs; what waits for its end is checked before that."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)
