"""For tests: deliver what is due, for real, and look at what was recorded."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar, cast

from django.utils import timezone

from outbox import delivering
from outbox.facts import Fact, decode
from outbox.models import StoredFact

F = TypeVar("F", bound=Fact)


def drain_outbox(*, now: datetime | None = None, reraise: bool = True) -> int:
    """Make every delivery due at `now`, and those they lead to; returns how many. Bugs in subscribers are raised."""
    attempts = 0

    def clock() -> datetime:
        return now or timezone.now()

    while delivery_ids := delivering.due_deliveries(now=clock(), limit=100):
        attempts += delivering.deliver(delivery_ids, clock=clock, reraise=reraise)
    return attempts


def recorded_facts(*kinds: type[F]) -> list[F]:
    """Everything recorded so far of these kinds, oldest first, to be compared as whole values."""
    stored = StoredFact.objects.filter(name__in=[kind.fact_name for kind in kinds]).order_by("id")
    return [cast(F, decode(fact.name, fact.payload)) for fact in stored]
