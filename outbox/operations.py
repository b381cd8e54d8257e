"""What people and the clock do to deliveries: retry, skip, replay, purge."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from outbox import doorbell, tuning
from outbox.errors import NothingToDecide
from outbox.models import Decision, Delivery, StoredFact
from outbox.subscribing import subscriber_named

State = Delivery.State
FINISHED_WELL = [State.DONE, State.SUPERSEDED, State.SKIPPED]


@transaction.atomic
def retry(*, delivery_id: int, who: str, reason: str, now: datetime) -> None:
    """Let a dead delivery go again; the attempt number goes on counting, so that it still fences."""
    delivery = Delivery.objects.select_for_update().get(id=delivery_id)
    if delivery.state != State.DEAD:
        raise NothingToDecide(delivery.state)
    delivery.state, delivery.due_at, delivery.finished_at = State.PENDING, now, None
    delivery.save(update_fields=["state", "due_at", "finished_at"])
    _decide(delivery, Decision.Action.RETRY, who=who, reason=reason, now=now)
    doorbell.ring_on_commit([delivery_id])


@transaction.atomic
def skip(*, delivery_id: int, who: str, reason: str, now: datetime) -> None:
    """Give up a dead delivery, or one that keeps being put off and so holds up its stream."""
    delivery = Delivery.objects.select_for_update().get(id=delivery_id)
    if delivery.state not in (State.DEAD, State.PENDING):
        raise NothingToDecide(delivery.state)
    delivery.state, delivery.finished_at = State.SKIPPED, now
    delivery.save(update_fields=["state", "finished_at"])
    _decide(delivery, Decision.Action.SKIP, who=who, reason=reason, now=now)


def _decide(delivery: Delivery, action: Decision.Action, *, who: str, reason: str, now: datetime) -> None:
    Decision.objects.create(delivery=delivery, action=action, who=who, reason=reason[:300], decided_at=now)


# Deliveries get new numbers in the order of their facts, because the number is the order of delivery.
REPLAY = """
INSERT INTO outbox_delivery (fact_id, subscriber, stream, due_at, attempt, state, reason)
SELECT fact.id, %(subscriber)s, fact.stream, %(now)s, 0, 'pending', ''
FROM outbox_fact fact WHERE fact.id = ANY(%(facts)s)
ORDER BY fact.id
ON CONFLICT (fact_id, subscriber) DO NOTHING
"""


@transaction.atomic
def replay(
    *,
    subscriber: str,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
    stream: str | None = None,
) -> int:
    """Tell a subscriber again (or for the first time) what happened; deliveries under way are left alone."""
    facts = _facts_for(subscriber, since=since, until=until, stream=stream)
    fact_ids = list(facts.order_by("id").values_list("id", flat=True))
    again = Delivery.objects.filter(subscriber=subscriber, fact_id__in=fact_ids)
    again.exclude(state=State.PENDING, attempt__gt=0).delete()
    with connection.cursor() as cursor:
        cursor.execute(REPLAY, {"subscriber": subscriber, "now": now, "facts": fact_ids})
        return int(cursor.rowcount)


def _facts_for(
    subscriber: str, *, since: datetime | None, until: datetime | None, stream: str | None
) -> QuerySet[StoredFact]:
    chosen = Q(name__in=[fact.fact_name for fact in subscriber_named(subscriber).facts])
    if since is not None:
        chosen &= Q(recorded_at__gte=since)
    if until is not None:
        chosen &= Q(recorded_at__lt=until)
    if stream is not None:
        chosen &= Q(stream=stream)
    return StoredFact.objects.filter(chosen)


def purge(*, now: datetime, batch: int = 5_000) -> int:
    """Forget what went well long ago, in small transactions; dead and pending deliveries stay, with their facts."""
    finished = Delivery.objects.filter(state__in=FINISHED_WELL, finished_at__lt=now - tuning.keep_deliveries())
    unheard = Delivery.objects.filter(state__in=[State.PENDING, State.DEAD]).values("fact_id")
    facts = StoredFact.objects.filter(recorded_at__lt=now - tuning.keep_facts()).exclude(id__in=unheard)
    deleted = 0
    while ids := list(finished.values_list("id", flat=True)[:batch]):
        deleted += Delivery.objects.filter(id__in=ids).delete()[0]
    while fact_ids := list(facts.values_list("id", flat=True)[:batch]):
        deleted += StoredFact.objects.filter(id__in=fact_ids).delete()[0]
    return deleted
