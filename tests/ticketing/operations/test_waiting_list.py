"""The waiting list: first come, first offered, whatever way places come free, and nobody is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from tests.ticketing.building import a_house, a_plan_document, on_sale, with_a_wheelchair
from tests.ticketing.paying import sold_online
from tests.ticketing.racing import race
from tests.ticketing.selling import held, pay, placed, stood
from ticketing.models import Performance, Place, Ticket, WaitingListEntry
from ticketing.operations import abandonments, baskets, cancellations, programme, waiting_list
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import OfferFirst
from ticketing.operations.inventory import place_block
from ticketing.operations.tidying import tidy
from ticketing.operations.waiting_list import OFFER_LASTS, AlreadyWaiting, NotSoldOut, WrongAddress, WrongNumber
from ticketing.queries.terms import SalesClosed
from ticketing.queries.waiting_list import offered_basket

pytestmark = pytest.mark.django_db

State = WaitingListEntry.State


def asked(performance: Performance, now: datetime, name: str = "noor", quantity: int = 1) -> WaitingListEntry:
    entry = waiting_list.ask(
        performance=performance.code, email=f"{name}@example.org", first_name=name, quantity=quantity, language="nl",
        now=now,
    )  # fmt: skip
    return WaitingListEntry.objects.get(id=entry)


def joined(performance: Performance, now: datetime, name: str = "noor", quantity: int = 1) -> WaitingListEntry:
    entry = asked(performance, now, name, quantity)
    assert waiting_list.confirm(secret=entry.secret, now=now)
    entry.refresh_from_db()
    return entry


def states() -> list[tuple[str, str]]:
    return list(WaitingListEntry.objects.order_by("id").values_list("first_name", "state"))


@pytest.fixture
def full(now: datetime) -> Performance:
    """Four seats, all of them in one paid order."""
    performance = sold_online(now, a_house(now, cancel_until_hours=1), rows=1, seats=4)
    pay(placed(held(performance, now, "0", "1", "2", "3").basket_id, now), now)
    return performance


def given_back(count: int, now: datetime) -> None:
    for ticket in Ticket.objects.filter(state="valid").select_related("line")[:count]:
        cancellations.cancel_tickets(order_id=ticket.line.order_id, ticket_ids=[ticket.id], now=now)


def basket_of(entry: WaitingListEntry) -> UUID:
    found = offered_basket(entry.secret)
    assert found is not None
    return found


def test_only_a_performance_without_places_has_a_list(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=4)
    with pytest.raises(NotSoldOut):
        joined(performance, now)
    place_block(performance_id=performance.pk, places=["0", "1", "2"], kind="soft", owner="Huis", now=now)
    with pytest.raises(NotSoldOut):
        joined(performance, now, quantity=1)
    assert joined(performance, now, quantity=2).state == State.WAITING


def test_wheelchair_places_are_no_places_to_who_waits_for_others(now: datetime) -> None:
    performance = on_sale(now, document=with_a_wheelchair(a_plan_document(rows=1, seats=4)))
    held(performance, now, "2", "3")
    entry = joined(performance, now)
    tidy(now=now)
    assert states() == [("noor", "waiting")]
    tidy(now=now + timedelta(minutes=16))
    assert Place.objects.get(holder=basket_of(entry)).kind == "seat"


@pytest.mark.parametrize(("email", "quantity", "refusal"), [
    ("nobody", 1, WrongAddress), ("a@b.be\n", 1, WrongAddress), ("noor@example.org", 0, WrongNumber),
    ("noor@example.org", 11, WrongNumber), ("noor@example.org", -1, WrongNumber),
])  # fmt: skip
def test_nonsense_is_not_put_on_the_list(
    now: datetime, full: Performance, email: str, quantity: int, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        waiting_list.ask(performance=full.code, email=email, first_name="", quantity=quantity, language="nl", now=now)
    assert not WaitingListEntry.objects.exists()


def test_nobody_waits_twice_nor_for_what_is_over(now: datetime, full: Performance) -> None:
    joined(full, now)
    with pytest.raises(AlreadyWaiting):
        joined(full, now, "NOOR")
    programme.cancel_performance(performance_id=full.pk, now=now)
    with pytest.raises(SalesClosed):
        joined(full, now, "piet")


def test_an_address_that_is_not_proved_is_offered_nothing(now: datetime, full: Performance) -> None:
    stranger = asked(full, now, "stranger")
    joined(full, now + timedelta(minutes=1), "noor")
    given_back(2, now)
    tidy(now=now + timedelta(minutes=2))
    assert states() == [("stranger", "asked"), ("noor", "offered")]
    assert Place.objects.filter(state="held").count() == 1
    assert waiting_list.confirm(secret=stranger.secret, now=now + timedelta(minutes=3))
    tidy(now=now + timedelta(minutes=3))
    assert states() == [("stranger", "offered"), ("noor", "offered")]


def test_who_proves_the_address_first_waits_longest(now: datetime, full: Performance) -> None:
    slow, quick = asked(full, now, "slow"), asked(full, now + timedelta(minutes=1), "quick")
    waiting_list.confirm(secret=quick.secret, now=now + timedelta(minutes=2))
    waiting_list.confirm(secret=slow.secret, now=now + timedelta(minutes=3))
    given_back(1, now)
    tidy(now=now + timedelta(minutes=4))
    assert states() == [("slow", "waiting"), ("quick", "offered")]


def test_asking_again_changes_the_wish_and_keeps_its_link(now: datetime, full: Performance) -> None:
    first = asked(full, now)
    again = asked(full, now + timedelta(minutes=5), "NOOR", quantity=3)
    assert (again.id, again.secret, again.quantity) == (first.id, first.secret, 3)
    assert waiting_list.confirm(secret=first.secret, now=now)
    assert not waiting_list.confirm(secret=first.secret, now=now)
    assert not waiting_list.confirm(secret="nobody", now=now)
    assert WaitingListEntry.objects.count() == 1


def test_an_address_nobody_proves_is_forgotten(now: datetime, full: Performance) -> None:
    asked(full, now, "stranger")
    joined(full, now, "noor")
    tidy(now=now + timedelta(days=2) - timedelta(minutes=1))
    assert WaitingListEntry.objects.count() == 2
    tidy(now=now + timedelta(days=2))
    assert states() == [("noor", "waiting")]


def test_who_waits_longest_is_asked_first_and_whom_they_do_not_suffice_is_passed_by(
    now: datetime, full: Performance
) -> None:
    joined(full, now, "couple", 2)
    joined(full, now + timedelta(minutes=1), "first")
    joined(full, now + timedelta(minutes=2), "second")
    given_back(1, now)
    waiting_list.offer_next(performance_id=full.pk, now=now)
    assert states() == [("couple", "waiting"), ("first", "offered"), ("second", "waiting")]


def test_an_offer_keeps_its_places_from_everybody_else(now: datetime, full: Performance) -> None:
    entry = joined(full, now)
    given_back(1, now)
    waiting_list.offer_next(performance_id=full.pk, now=now)
    code = Place.objects.get(holder=basket_of(entry)).code
    with pytest.raises(PlacesTaken):
        held(full, now + OFFER_LASTS - timedelta(minutes=1), code)


def test_an_offer_is_no_basket_for_keeping_other_places_half_a_day(now: datetime, full: Performance) -> None:
    entry = joined(full, now)
    given_back(1, now)
    tidy(now=now)
    other = on_sale(now, full.house)
    with pytest.raises(OfferFirst):
        held(other, now, "0", basket_id=basket_of(entry))
    towards_the_end = now + OFFER_LASTS - timedelta(minutes=10)
    assert held(other, towards_the_end, "0", basket_id=basket_of(entry)).codes == ("0",)


def test_an_offer_that_is_bought_ends_the_waiting(now: datetime, full: Performance) -> None:
    entry = joined(full, now)
    given_back(1, now)
    tidy(now=now)
    pay(placed(basket_of(entry), now), now)
    tidy(now=now + OFFER_LASTS + timedelta(hours=1))
    assert states() == [("noor", "served")]


def test_an_offer_nobody_takes_goes_to_the_next(now: datetime, full: Performance) -> None:
    first, second = joined(full, now, "first"), joined(full, now + timedelta(minutes=1), "second")
    given_back(1, now)
    tidy(now=now)
    tidy(now=now + OFFER_LASTS)
    assert states() == [("first", "lapsed"), ("second", "offered")]
    assert offered_basket(first.secret) is None
    assert Place.objects.get(state="held").holder == basket_of(second)


def test_who_is_paying_when_the_offer_ends_keeps_it(now: datetime, full: Performance) -> None:
    entry = joined(full, now)
    given_back(1, now)
    tidy(now=now)
    just_before = now + OFFER_LASTS - timedelta(minutes=1)
    order = placed(basket_of(entry), just_before)
    waiting_list.lapse(now=now + OFFER_LASTS)
    assert states() == [("noor", "offered")]
    abandonments.abandon(order_id=order.id, reason="expired", now=now + OFFER_LASTS + timedelta(hours=1))
    assert waiting_list.lapse(now=now + OFFER_LASTS + timedelta(hours=1)) == 1


def test_more_time_in_the_basket_is_more_time_for_the_offer(now: datetime, full: Performance) -> None:
    entry = joined(full, now)
    given_back(1, now)
    tidy(now=now)
    baskets.extend(basket_id=basket_of(entry), now=now)
    assert waiting_list.lapse(now=now + OFFER_LASTS) == 0
    assert waiting_list.lapse(now=now + OFFER_LASTS + timedelta(minutes=10)) == 1


def test_who_leaves_gives_back_what_was_offered(now: datetime, full: Performance) -> None:
    first, second = joined(full, now, "first"), joined(full, now + timedelta(minutes=1), "second")
    given_back(1, now)
    tidy(now=now)
    assert waiting_list.leave(secret=first.secret, now=now)
    assert not waiting_list.leave(secret=first.secret, now=now)
    tidy(now=now)
    assert states() == [("first", "withdrawn"), ("second", "offered")]
    assert offered_basket(second.secret) is not None


def test_places_of_an_order_nobody_paid_are_offered(now: datetime) -> None:
    performance = sold_online(now, rows=1, seats=2)
    order = placed(held(performance, now, "0", "1").basket_id, now)
    joined(performance, now, quantity=2)
    abandonments.abandon(order_id=order.id, reason="expired", now=now)
    tidy(now=now)
    assert states() == [("noor", "offered")]


def test_places_of_a_hold_that_ran_out_are_offered(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=2)
    stood(performance, now, full=2)
    joined(performance, now, quantity=2)
    tidy(now=now)
    assert states() == [("noor", "waiting")]
    tidy(now=now + timedelta(minutes=16))
    assert states() == [("noor", "offered")]


def test_more_than_one_order_may_have_does_not_keep_the_others_waiting(now: datetime) -> None:
    performance = on_sale(now, a_house(now, max_places_per_order=1), rows=1, seats=4)
    basket_id = held(performance, now, "0").basket_id
    place_block(performance_id=performance.pk, places=["1", "2", "3"], kind="hard", owner="Huis", now=now)
    joined(performance, now, "couple", 2)
    joined(performance, now, "single", 1)
    baskets.retry_places(basket_id=basket_id, now=now)
    Place.objects.update(state="available", held_until=None, holder=None, block=None)
    tidy(now=now)
    assert states() == [("couple", "waiting"), ("single", "offered")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("waiting", "free"), [(6, 1), (1, 4)])
def test_each_is_offered_places_once_however_many_workers_hear_of_it(now: datetime, waiting: int, free: int) -> None:
    performance = on_sale(now, rows=0, standing=free)
    stood(performance, now, full=free)
    for number in range(waiting):
        joined(performance, now, f"n{number}")
    later = now + timedelta(minutes=16)
    outcomes = race(
        lambda _n: str(waiting_list.offer_next(performance_id=performance.pk, now=later)), contenders=8, threads=4
    )
    assert outcomes["1"] == 1
    assert sorted(state for _name, state in states()) == ["offered"] + ["waiting"] * (waiting - 1)
    assert Place.objects.filter(held_until__gt=later).count() == 1
