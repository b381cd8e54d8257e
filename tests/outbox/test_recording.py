from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from outbox import doorbell
from outbox.errors import OutsideTransaction
from outbox.models import Delivery, StoredFact
from outbox.recording import record
from outbox.testing import drain_outbox, recorded_facts
from tests.outbox.facts import NobodyCares, OrderPaid, heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    rings: list[list[int]] = []
    monkeypatch.setattr(doorbell, "ring", lambda delivery_ids: rings.append(list(delivery_ids)))
    return rings


def test_fact_gets_one_delivery_per_subscriber_in_one_statement(now: datetime) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        fact_id = record(OrderPaid("a", 1), now=now)

    assert len(statements) == 1
    assert list(StoredFact.objects.values_list("id", "name", "stream", "payload", "recorded_at")) == [
        (fact_id, "tests.OrderPaid", "order:a", {"order": "a", "number": 1}, now)
    ]
    assert list(Delivery.objects.order_by("id").values_list("fact", "subscriber", "stream", "due_at", "state")) == [
        (fact_id, "tests.listen", "order:a", now, "pending"),
        (fact_id, "tests.listen_too", "order:a", now, "pending"),
    ]


def test_fact_nobody_listens_to_is_kept(now: datetime, rung: list[list[int]]) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as statements:
        record(NobodyCares("a"), now=now)

    assert len(statements) == 1
    assert recorded_facts(NobodyCares, OrderPaid) == [NobodyCares("a")]
    assert not Delivery.objects.exists()


def test_record_outside_a_transaction_is_an_error(now: datetime) -> None:
    with pytest.raises(OutsideTransaction):
        record(OrderPaid("a", 1), now=now)

    assert not StoredFact.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_an_error_without_a_test_case_too(now: datetime) -> None:
    with pytest.raises(OutsideTransaction):
        record(OrderPaid("a", 1), now=now)


@pytest.mark.django_db(transaction=True)
def test_rolled_back_change_leaves_no_fact_and_rings_nobody(now: datetime, rung: list[list[int]]) -> None:
    with transaction.atomic():
        record(OrderPaid("a", 1), now=now)
        transaction.set_rollback(True)

    assert (StoredFact.objects.count(), Delivery.objects.count(), rung) == (0, 0, [])


@pytest.mark.django_db(transaction=True)
def test_transaction_rings_once_for_all_it_recorded(now: datetime, rung: list[list[int]]) -> None:
    with transaction.atomic():
        record(OrderPaid("a", 1), now=now)
        with transaction.atomic():
            record(OrderPaid("b", 1), now=now)
        assert rung == []

    assert [len(delivery_ids) for delivery_ids in rung] == [4]


@pytest.mark.django_db(transaction=True)
def test_savepoint_rolled_back_takes_its_ring_along(now: datetime, rung: list[list[int]]) -> None:
    with transaction.atomic():
        with transaction.atomic():
            record(OrderPaid("a", 1), now=now)
            transaction.set_rollback(True)
        record(OrderPaid("b", 1), now=now)

    assert [len(delivery_ids) for delivery_ids in rung] == [2]


@pytest.mark.django_db(transaction=True)
def test_scheduled_fact_rings_nobody_and_waits(now: datetime, rung: list[list[int]]) -> None:
    with transaction.atomic():
        record(OrderPaid("a", 1), now=now, due_at=now + timedelta(hours=1))

    assert rung == []
    assert drain_outbox(now=now + timedelta(minutes=59)) == 0
    assert drain_outbox(now=now + timedelta(hours=1)) == 2


def test_bulk_rings_for_a_few_and_leaves_the_rest_to_the_sweep() -> None:
    ring = doorbell.Ring()
    ring.add(range(1_000))

    assert ring.delivery_ids == list(range(doorbell.MOST_AT_ONCE))


def test_broker_away_is_noticed_once_and_fails_nothing(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[object] = []

    def refuse(*arguments: object, **options: object) -> None:
        tries.append(arguments)
        raise ConnectionError("nobody there")

    settings.OUTBOX_DOORBELL = True  # type: ignore[attr-defined]  # pytest-django's settings
    monkeypatch.setattr(doorbell.current_app, "send_task", refuse)
    monkeypatch.setattr(doorbell, "_silent_until", 0.0)

    doorbell.ring([1])
    doorbell.ring([2])

    assert tries == [("outbox.deliver", ([1],))]


def test_drained_facts_were_heard_in_order(now: datetime) -> None:
    with transaction.atomic():
        for number in range(5):
            record(OrderPaid("a", number), now=now)

    assert drain_outbox(now=now) == 10
    assert heard == [("a", number) for number in range(5)]
    assert isinstance(StoredFact.objects.latest("recorded_at").id, UUID)
