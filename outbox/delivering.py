"""Takes due deliveries to their subscribers, one at a time per stream, and writes down how it went.

Two statements per delivery: finishing one claims the next. They are raw SQL because the ORM cannot say in one
statement "finish this, and give me the next that may go".
"""

from __future__ import annotations

import json
import logging
import random
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from outbox import tuning
from outbox.errors import Rejected, Unavailable
from outbox.facts import decode
from outbox.models import Delivery
from outbox.subscribing import subscriber_named

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]
State = Delivery.State

# Every finish looks at all it could go on with, so it is given a few at a time.
WANTED_AT_ONCE = 10

# `d` may go when nobody has it, it is the oldest of its stream that has begun or should have, and nobody is busy with a
# younger one (which can only be when `d` was scheduled for later, or retried by hand). Dead ones hold up nothing.
# Both questions are asked so that the planner cannot turn them into joins: it would join whole tables as long as it
# has no statistics, which is when the outbox has just filled up.
MAY_GO = """
    d.state = 'pending' AND d.due_at <= %(now)s
    AND d.id = (
        SELECT head.id FROM outbox_delivery head
        WHERE head.subscriber = d.subscriber AND head.stream = d.stream AND head.state = 'pending'
          AND (head.attempt > 0 OR head.due_at <= %(now)s) {unless_over}
        ORDER BY head.id LIMIT 1
    )
    AND NOT EXISTS (
        SELECT 1 FROM outbox_delivery busy
        WHERE busy.subscriber = d.subscriber AND busy.stream = d.stream AND busy.state = 'pending'
          AND busy.attempt > 0 AND busy.id > d.id AND busy.due_at > %(now)s
        OFFSET 0
    )
"""

TAKE = """
UPDATE outbox_delivery d
SET due_at = %(lease_until)s, attempt = d.attempt + 1
FROM chosen, outbox_fact fact
WHERE d.id = chosen.id AND fact.id = d.fact_id
RETURNING d.id, d.attempt, d.subscriber, d.stream, fact.name, fact.payload::text
"""

CLAIM = f"""
WITH chosen AS (
    SELECT d.id FROM outbox_delivery d
    WHERE d.id = ANY(%(wanted)s) AND {MAY_GO.format(unless_over="")}
    ORDER BY d.id LIMIT 1 FOR UPDATE OF d SKIP LOCKED
)
{TAKE}
"""

FINISH = f"""
WITH finished AS (
    UPDATE outbox_delivery
    SET state = %(state)s, reason = %(reason)s, due_at = coalesce(%(due_at)s, due_at), finished_at = %(finished_at)s
    WHERE id = %(id)s AND attempt = %(attempt)s AND state = 'pending'
    RETURNING id
), over AS (
    SELECT id FROM finished WHERE %(state)s <> 'pending'
), superseded AS (
    UPDATE outbox_delivery
    SET state = 'superseded', finished_at = %(now)s
    WHERE subscriber = %(subscriber)s AND stream = %(stream)s AND state = 'dead' AND id < %(id)s
      AND %(supersedes)s AND EXISTS (SELECT 1 FROM finished)
), next_of_stream AS (
    SELECT id FROM outbox_delivery
    WHERE subscriber = %(subscriber)s AND stream = %(stream)s AND state = 'pending' AND id <> %(id)s
      AND (attempt > 0 OR due_at <= %(now)s) AND %(go_on)s
    ORDER BY id LIMIT 1
), chosen AS (
    SELECT d.id FROM outbox_delivery d
    WHERE d.id = ANY(ARRAY(SELECT id FROM next_of_stream) || %(wanted)s::bigint[]) AND d.id <> %(id)s
      AND {MAY_GO.format(unless_over="AND head.id NOT IN (SELECT id FROM over)")}
    ORDER BY d.subscriber = %(subscriber)s AND d.stream = %(stream)s DESC, d.id
    LIMIT 1 FOR UPDATE OF d SKIP LOCKED
)
{TAKE}
"""

DUE = f"""
SELECT d.id FROM outbox_delivery d
WHERE {MAY_GO.format(unless_over="")}
ORDER BY d.due_at LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED
"""


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until the lease ends; `attempt` fences off whoever had it before."""

    id: int
    attempt: int
    subscriber: str
    stream: str
    fact_name: str
    payload: str


@dataclass(frozen=True)
class Outcome:
    state: Delivery.State
    reason: str = ""
    pause: timedelta | None = None
    supersedes: bool = False


def deliver(
    delivery_ids: Sequence[int],
    *,
    clock: Clock = timezone.now,
    stop_at: datetime | None = None,
    reraise: bool = False,
) -> int:
    """Make these deliveries and what follows them in their streams; returns how many were attempted."""
    stop_at = stop_at or clock() + tuning.turn()
    attempts = 0
    for start in range(0, len(delivery_ids), WANTED_AT_ONCE):
        wanted = list(delivery_ids[start : start + WANTED_AT_ONCE])
        claimed = _claim(wanted, now=clock()) if clock() < stop_at else None
        while claimed:
            outcome = _attempt(claimed, now=clock(), reraise=reraise)
            attempts += 1
            now = clock()
            go_on = now < stop_at
            claimed = _finish(claimed, outcome, wanted if go_on else [], go_on=go_on, now=now)
    return attempts


def due_deliveries(*, now: datetime, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(DUE, {"now": now, "limit": limit})
        return [delivery_id for (delivery_id,) in cursor.fetchall()]


def sweep(*, clock: Clock = timezone.now, batch: int = 100, reraise: bool = False) -> int:
    """Make every delivery that is due, for one turn at most; the next sweep goes on."""
    stop_at = clock() + tuning.turn()
    attempts = 0
    while clock() < stop_at:
        delivery_ids = due_deliveries(now=clock(), limit=batch)
        if not delivery_ids:
            break
        made = deliver(delivery_ids, clock=clock, stop_at=stop_at, reraise=reraise)
        if not made:
            break
        attempts += made
    return attempts


def _claim(wanted: list[int], *, now: datetime) -> Claimed | None:
    return _take(CLAIM, {"wanted": wanted, "now": now, "lease_until": now + tuning.lease()})


def _finish(claimed: Claimed, outcome: Outcome, wanted: list[int], *, go_on: bool, now: datetime) -> Claimed | None:
    """Write the outcome, unless the lease was lost to another attempt, and claim what may go next."""
    return _take(
        FINISH,
        {
            "id": claimed.id,
            "attempt": claimed.attempt,
            "subscriber": claimed.subscriber,
            "stream": claimed.stream,
            "state": str(outcome.state),
            "reason": outcome.reason[:300],
            "supersedes": outcome.supersedes,
            "due_at": now + outcome.pause if outcome.pause is not None else None,
            "finished_at": None if outcome.state == State.PENDING else now,
            "wanted": wanted,
            "go_on": go_on,
            "now": now,
            "lease_until": now + tuning.lease(),
        },
    )


def _take(statement: str, parameters: dict[str, Any]) -> Claimed | None:
    try:
        row = _row(statement, parameters)
    except (OperationalError, InterfaceError):
        if connection.in_atomic_block:
            raise
        # The database was restarted under us: once more on a new connection. Repeating is safe: a claim that did
        # commit waits for its lease to end, and a finish that did commit finds itself fenced off.
        connection.close()
        row = _row(statement, parameters)
    return Claimed(*row) if row else None


def _row(statement: str, parameters: dict[str, Any]) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def _attempt(claimed: Claimed, *, now: datetime, reraise: bool) -> Outcome:
    try:
        found = subscriber_named(claimed.subscriber)
        found.handler(decode(claimed.fact_name, json.loads(claimed.payload)), now=now)
    except Unavailable as error:
        return _later(claimed, error.reason, at_least=error.retry_after)
    except (OperationalError, InterfaceError) as error:
        return _later(claimed, type(error).__name__)
    except Rejected as error:
        _log(logging.ERROR, "delivery needs attention", claimed, error.reason)
        return Outcome(State.DEAD, error.reason)
    except Exception as error:
        if reraise:
            raise
        return _unforeseen(claimed, error)
    return Outcome(State.DONE, supersedes=found.pushes_present)


def _unforeseen(claimed: Claimed, error: Exception) -> Outcome:
    """A bug or a surprise. The class and the place say enough; messages often quote the data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    reason = f"{type(error).__name__} in {frame.name}, line {frame.lineno}"
    if claimed.attempt >= tuning.attempts_before_dead():
        _log(logging.ERROR, "delivery needs attention", claimed, reason)
        return Outcome(State.DEAD, reason)
    return _later(claimed, reason)


def _later(claimed: Claimed, reason: str, *, at_least: timedelta | None = None) -> Outcome:
    pause = back_off(claimed.attempt)
    if at_least is not None:
        pause = max(pause, min(at_least, tuning.longest_pause()))
    _log(logging.WARNING, "delivery put off", claimed, reason)
    return Outcome(State.PENDING, reason, pause)


def back_off(attempt: int) -> timedelta:
    """Twice as long each time, up to a cap, and spread so that a returning service is not met by everybody at once."""
    doubled = tuning.first_pause() * float(2 ** min(attempt - 1, 20))
    return min(doubled, tuning.longest_pause()) * random.uniform(0.5, 1)  # noqa: S311 (no secret)


def _log(level: int, message: str, claimed: Claimed, reason: str) -> None:
    details = {"delivery": claimed.id, "subscriber": claimed.subscriber, "attempt": claimed.attempt, "reason": reason}
    logger.log(level, message, extra=details)
