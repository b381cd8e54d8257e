"""Wakes a worker after commit. A doorbell may be lost, doubled or late: the sweep finds every due delivery anyway.

So it never makes a request fail, hardly makes it wait, and rings once per transaction, whatever was recorded in it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable

from celery import current_app
from django.db import connection, transaction

from outbox import tuning

logger = logging.getLogger(__name__)

# More than this in one transaction is bulk work; the sweep takes the rest in its own time.
MOST_AT_ONCE = 200
# While the broker is away, one request in this many seconds pays for finding out whether it is back.
SILENCE_SECONDS = 20.0

_silent_until = 0.0


class Ring:
    """The callback of one transaction; later records of the same transaction add to it."""

    def __init__(self) -> None:
        self.delivery_ids: list[int] = []

    def add(self, delivery_ids: Iterable[int]) -> None:
        self.delivery_ids.extend(delivery_ids)
        del self.delivery_ids[MOST_AT_ONCE:]

    def __call__(self) -> None:
        ring(self.delivery_ids)


def ring_on_commit(delivery_ids: Iterable[int]) -> None:
    # Django drops the callbacks of a savepoint rolled back, so a ring still listed outlives whatever is added to it.
    waiting = (callback for _, callback, *_ in reversed(connection.run_on_commit) if isinstance(callback, Ring))
    found = next(waiting, None)
    if found is None:
        found = Ring()
        transaction.on_commit(found, robust=True)
    found.add(delivery_ids)


def ring(delivery_ids: list[int]) -> None:
    global _silent_until
    if not tuning.doorbell_is_on() or time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task("outbox.deliver", (delivery_ids,), retry=False, ignore_result=True)
    except Exception as error:
        _silent_until = time.monotonic() + SILENCE_SECONDS
        logger.warning("doorbell lost, the sweep will deliver", extra={"error": type(error).__name__})
