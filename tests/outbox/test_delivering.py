from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from outbox import operations
from outbox.delivering import Outcome, _claim, _finish, back_off, deliver, sweep
from outbox.errors import NothingToDecide, Rejected, Unavailable
from outbox.models import Decision, Delivery, StoredFact
from outbox.recording import record
from outbox.testing import drain_outbox
from tests.outbox.facts import LetterAsked, OrderPaid, behaviour, heard, unwritable

pytestmark = pytest.mark.django_db
State = Delivery.State
LEASE = timedelta(seconds=60)


def happen(order: str, number: int, *, now: datetime, due_at: datetime | None = None) -> int:
    """Record a fact and return the delivery of it that `listen` gets."""
    with transaction.atomic():
        fact_id = record(OrderPaid(order, number), now=now, due_at=due_at)
    Delivery.objects.filter(subscriber="tests.listen_too").delete()
    return Delivery.objects.get(fact=fact_id).id


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def refuse(error: Exception) -> Callable[[OrderPaid], None]:
    def behave(fact: OrderPaid) -> None:
        raise error

    return behave


def at(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def test_delivery_costs_one_statement_and_one_for_the_claim(now: datetime) -> None:
    ids = [happen("a", 1, now=now), happen("a", 2, now=now), happen("b", 1, now=now)]

    with CaptureQueriesContext(connection) as statements:
        deliver(ids, clock=at(now))

    assert heard == [("a", 1), ("a", 2), ("b", 1)]
    assert len(statements) == 1 + len(ids)
    assert states() == [State.DONE] * 3


def test_doorbell_for_a_late_fact_does_not_overtake(now: datetime) -> None:
    happen("a", 1, now=now)
    second = happen("a", 2, now=now)

    assert deliver([second], clock=at(now)) == 0
    assert heard == []


def test_finishing_goes_on_with_the_stream_at_once(now: datetime) -> None:
    first = happen("a", 1, now=now)
    happen("a", 2, now=now)
    happen("b", 1, now=now)

    deliver([first], clock=at(now))

    assert heard == [("a", 1), ("a", 2)]


def test_claimed_delivery_is_nobody_elses_until_the_lease_ends(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    claimed = _claim([delivery_id], now=now)

    assert claimed is not None
    assert (claimed.id, claimed.attempt) == (delivery_id, 1)
    assert _claim([delivery_id], now=now + LEASE - timedelta(seconds=1)) is None
    again = _claim([delivery_id], now=now + LEASE)
    assert again is not None
    assert again.attempt == 2


def test_claimed_delivery_holds_up_its_stream_even_after_its_lease(now: datetime) -> None:
    first, second = happen("a", 1, now=now), happen("a", 2, now=now)
    _claim([first], now=now)

    assert _claim([second], now=now) is None
    assert _claim([second], now=now + LEASE * 2) is None


def test_slow_worker_is_fenced_off(now: datetime) -> None:
    first, second = happen("a", 1, now=now), happen("a", 2, now=now)
    slow = _claim([first], now=now)
    quick = _claim([first], now=now + LEASE)
    assert slow is not None
    assert quick is not None

    following = _finish(slow, Outcome(State.DEAD, "late"), [second], go_on=True, now=now + LEASE)
    assert following is None
    assert states() == [State.PENDING, State.PENDING]

    following = _finish(quick, Outcome(State.DONE), [], go_on=True, now=now + LEASE)
    assert following is not None
    assert following.id == second
    assert states() == [State.DONE, State.PENDING]


def test_unavailable_is_tried_again_later_and_holds_up_its_stream(now: datetime) -> None:
    happen("a", 1, now=now)
    happen("a", 2, now=now)
    behaviour["a"] = refuse(Unavailable("HTTP 503"))

    drain_outbox(now=now)
    delivery = Delivery.objects.earliest("id")
    assert (states(), heard) == ([State.PENDING, State.PENDING], [])
    assert (delivery.attempt, delivery.reason) == (1, "HTTP 503")
    assert now + timedelta(seconds=1) <= delivery.due_at <= now + timedelta(seconds=2)

    behaviour.clear()
    drain_outbox(now=now + timedelta(seconds=2))
    assert heard == [("a", 1), ("a", 2)]


def test_unavailable_never_gives_up(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    behaviour["a"] = refuse(Unavailable("no answer"))

    for hours in range(30):
        deliver([delivery_id], clock=at(now + timedelta(hours=hours)))

    assert list(Delivery.objects.values_list("attempt", "state")) == [(30, State.PENDING)]


def test_other_side_can_ask_for_a_longer_pause(now: datetime) -> None:
    happen("a", 1, now=now)
    behaviour["a"] = refuse(Unavailable("HTTP 429", retry_after=timedelta(seconds=90)))

    drain_outbox(now=now)

    assert Delivery.objects.get().due_at == now + timedelta(seconds=90)


def test_database_away_under_a_subscriber_is_tried_again(now: datetime) -> None:
    happen("a", 1, now=now)
    behaviour["a"] = refuse(OperationalError("server closed the connection"))

    drain_outbox(now=now)

    assert list(Delivery.objects.values_list("state", "reason")) == [(State.PENDING, "OperationalError")]


def test_rejected_needs_attention_and_lets_the_stream_go_on(now: datetime) -> None:
    happen("a", 1, now=now)
    behaviour["a"] = refuse(Rejected("HTTP 422"))
    drain_outbox(now=now)
    assert list(Delivery.objects.values_list("state", "reason", "finished_at")) == [(State.DEAD, "HTTP 422", now)]

    behaviour.clear()
    happen("a", 2, now=now)
    drain_outbox(now=now)

    assert heard == [("a", 2)]
    assert states() == [State.SUPERSEDED, State.DONE]


def test_success_supersedes_only_earlier_dead_ones_of_its_stream(now: datetime) -> None:
    behaviour["a"] = behaviour["b"] = refuse(Rejected("no"))
    happen("a", 1, now=now)
    happen("b", 1, now=now)
    drain_outbox(now=now)
    del behaviour["a"]
    happen("a", 2, now=now)
    drain_outbox(now=now)
    behaviour["a"] = refuse(Rejected("no"))
    happen("a", 3, now=now)
    drain_outbox(now=now)

    assert states() == [State.SUPERSEDED, State.DEAD, State.DONE, State.DEAD]


def test_what_each_fact_asks_for_is_not_made_good_by_the_next(now: datetime) -> None:
    unwritable.add(1)
    for number in (1, 2):
        with transaction.atomic():
            record(LetterAsked("a", number), now=now)
    drain_outbox(now=now)
    assert states() == [State.DEAD, State.DONE]


def test_a_failure_supersedes_nothing(now: datetime) -> None:
    behaviour["a"] = refuse(Rejected("no"))
    happen("a", 1, now=now)
    happen("a", 2, now=now)
    drain_outbox(now=now)
    assert states() == [State.DEAD, State.DEAD]


def test_bug_is_tried_a_few_times_and_its_words_stay_out_of_the_reason(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    behaviour["a"] = refuse(KeyError("anna@example.org"))

    for hours in range(10):
        deliver([delivery_id], clock=at(now + timedelta(hours=hours)))

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempt) == (State.DEAD, 8)
    assert delivery.reason.startswith("KeyError in behave, line ")


def test_unknown_subscriber_is_tried_again_because_a_newer_release_may_know_it(now: datetime) -> None:
    happen("a", 1, now=now)
    Delivery.objects.update(subscriber="tests.not_yet")

    drain_outbox(now=now, reraise=False)

    delivery = Delivery.objects.get()
    assert delivery.state == State.PENDING
    assert delivery.reason.startswith("UnknownSubscriber")


def test_pauses_grow_to_a_cap() -> None:
    pauses = [back_off(attempt).total_seconds() for attempt in range(1, 60)]

    for attempt, pause in enumerate(pauses, start=1):
        most = min(2.0 * 2 ** (attempt - 1), 600)
        assert most / 2 <= pause <= most


def test_scheduled_delivery_holds_up_nothing_until_it_is_due(now: datetime) -> None:
    later = now + timedelta(days=1)
    happen("a", 1, now=now, due_at=later)
    happen("a", 2, now=now)

    drain_outbox(now=now)
    assert heard == [("a", 2)]

    drain_outbox(now=later)
    assert heard == [("a", 2), ("a", 1)]


def test_scheduled_delivery_waits_for_a_younger_one_under_way(now: datetime) -> None:
    scheduled = happen("a", 1, now=now, due_at=now + timedelta(seconds=30))
    younger = happen("a", 2, now=now)
    _claim([younger], now=now)

    assert _claim([scheduled], now=now + timedelta(seconds=30)) is None
    assert _claim([scheduled], now=now + LEASE) is not None


def test_sweep_finds_what_no_doorbell_rang_for(now: datetime) -> None:
    for number in range(7):
        happen(f"stream-{number % 3}", number, now=now)

    assert sweep(clock=at(now), batch=2) == 7
    assert states() == [State.DONE] * 7


def test_sweep_stops_when_its_turn_is_over(now: datetime) -> None:
    for number in range(7):
        happen(f"stream-{number}", number, now=now)
    ticks = iter(range(1000))

    attempts = sweep(clock=lambda: now + timedelta(seconds=next(ticks)))

    assert 0 < attempts < 7


def test_retry_lets_a_dead_delivery_go_again_and_says_who_and_why(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    behaviour["a"] = refuse(Rejected("no"))
    drain_outbox(now=now)
    behaviour.clear()

    operations.retry(delivery_id=delivery_id, who="7", reason="address corrected", now=now)
    drain_outbox(now=now)

    assert heard == [("a", 1)]
    assert list(Decision.objects.values_list("delivery", "action", "who", "reason", "decided_at")) == [
        (delivery_id, "retry", "7", "address corrected", now)
    ]
    assert list(Delivery.objects.values_list("state", "attempt")) == [(State.DONE, 2)]


def test_skip_frees_a_stream_that_keeps_being_put_off(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    happen("a", 2, now=now)
    behaviour["a"] = refuse(Unavailable("gone for good"))
    drain_outbox(now=now)
    behaviour.clear()

    operations.skip(delivery_id=delivery_id, who="7", reason="the other side stopped", now=now)
    drain_outbox(now=now)

    assert heard == [("a", 2)]
    assert states() == [State.SKIPPED, State.DONE]


def test_finished_delivery_can_be_neither_retried_nor_skipped(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    drain_outbox(now=now)

    for operation in (operations.retry, operations.skip):
        with pytest.raises(NothingToDecide):
            operation(delivery_id=delivery_id, who="7", reason="why not", now=now)


def test_replay_tells_a_stream_again_in_order(now: datetime) -> None:
    for number in range(3):
        happen("a", number, now=now)
        happen("b", number, now=now)
    drain_outbox(now=now)
    heard.clear()

    assert operations.replay(subscriber="tests.listen", stream="order:a", now=now) == 3
    drain_outbox(now=now)

    assert heard == [("a", 0), ("a", 1), ("a", 2)]


def test_replay_tells_a_new_subscriber_what_it_missed_before_what_it_heard(now: datetime) -> None:
    for number in range(4):
        happen("a", number, now=now + timedelta(minutes=number))
    missed = StoredFact.objects.order_by("id")[:2]
    Delivery.objects.filter(fact__in=list(missed)).delete()
    drain_outbox(now=now + timedelta(hours=1))
    heard.clear()

    count = operations.replay(subscriber="tests.listen", since=now, until=now + timedelta(minutes=3), now=now)
    drain_outbox(now=now + timedelta(hours=1))

    assert count == 3
    assert heard == [("a", 0), ("a", 1), ("a", 2)]


def test_replay_leaves_a_delivery_under_way_alone(now: datetime) -> None:
    delivery_id = happen("a", 1, now=now)
    claimed = _claim([delivery_id], now=now)
    assert claimed is not None

    assert operations.replay(subscriber="tests.listen", since=now, now=now) == 0
    _finish(claimed, Outcome(State.DONE), [], go_on=True, now=now)

    assert states() == [State.DONE]


def test_purge_forgets_only_what_went_well_long_ago(now: datetime) -> None:
    happen("old", 1, now=now - timedelta(days=500))
    drain_outbox(now=now - timedelta(days=500))
    happen("older-but-dead", 1, now=now - timedelta(days=500))
    behaviour["older-but-dead"] = refuse(Rejected("no"))
    drain_outbox(now=now - timedelta(days=500))
    happen("last-month", 1, now=now - timedelta(days=40))
    drain_outbox(now=now - timedelta(days=40))
    happen("yesterday", 1, now=now - timedelta(days=1))
    drain_outbox(now=now - timedelta(days=1))

    operations.purge(now=now, batch=1)

    assert set(Delivery.objects.values_list("stream", flat=True)) == {"order:older-but-dead", "order:yesterday"}
    assert set(StoredFact.objects.values_list("stream", flat=True)) == {
        "order:older-but-dead",
        "order:last-month",
        "order:yesterday",
    }
