"""How the outbox is doing: per subscriber, what waits, since when, and what needs a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from outbox.models import Delivery

State = Delivery.State


@dataclass(frozen=True)
class Backlog:
    """`waiting` counts what should have been delivered by now; `oldest` is how long the oldest of it has waited."""

    subscriber: str
    waiting: int
    scheduled: int
    dead: int
    oldest: timedelta


def backlogs(*, now: datetime) -> list[Backlog]:
    """Every subscriber with something unfinished. A delivery put off still waits: its age counts from its fact."""
    waiting = Q(state=State.PENDING) & (Q(attempt__gt=0) | Q(due_at__lte=now))
    rows = (
        Delivery.objects.filter(state__in=[State.PENDING, State.DEAD])
        .values("subscriber")
        .annotate(
            waiting=Count("id", filter=waiting),
            scheduled=Count("id", filter=Q(state=State.PENDING, attempt=0, due_at__gt=now)),
            dead=Count("id", filter=Q(state=State.DEAD)),
            # Scheduled ones were recorded long before they were due: only once begun does the fact's moment count.
            oldest_due=Min("due_at", filter=waiting & Q(attempt=0)),
            oldest_begun=Min("fact__recorded_at", filter=waiting & Q(attempt__gt=0)),
        )
        .order_by("subscriber")
    )
    return [
        Backlog(
            subscriber=row["subscriber"],
            waiting=row["waiting"],
            scheduled=row["scheduled"],
            dead=row["dead"],
            oldest=_age((row["oldest_due"], row["oldest_begun"]), now),
        )
        for row in rows
    ]


def _age(moments: tuple[datetime | None, ...], now: datetime) -> timedelta:
    oldest = min((moment for moment in moments if moment is not None), default=now)
    return max(now - oldest, timedelta(0))
