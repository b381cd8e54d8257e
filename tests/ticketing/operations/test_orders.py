"""From basket to order: everything or nothing, once, and every ending gives back what was taken."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.ticketing import building
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import BUYER, paid_order, sold_online
from tests.ticketing.racing import race
from tests.ticketing.selling import a_customer, a_membership, a_tariff, held, pay, placed, routed, stood, two_houses
from ticketing.models import (
    Account,
    Basket,
    Chargeback,
    ConsentEntry,
    Customer,
    CustomerLabel,
    EntitlementUse,
    HouseRelation,
    LedgerEntry,
    Order,
    OrderLine,
    Payment,
    Performance,
    Place,
    Refund,
    Ticket,
)
from ticketing.operations import abandonments, baskets, cancellations, orders, payments, programme
from ticketing.operations.cancellations import MoneyTakenBack, NotCancellable, TooLateToCancel
from ticketing.operations.contacts import Contact, ContactIncomplete
from ticketing.operations.entitlements import NoSlotLeft
from ticketing.operations.holds import hold
from ticketing.operations.orders import ConsentAnswer, EmptyBasket, PlacesLost, TotalChanged
from ticketing.operations.orphans import LeavesOneSeat
from ticketing.operations.payment_legs import CannotPayHere
from ticketing.operations.tariffs import TariffNeedsMore
from ticketing.operations.wishes import Wish
from ticketing.queries.baskets import BasketNotFound
from ticketing.queries.orders import order_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(now: datetime) -> Performance:
    return sold_online(now, a_house(now, cancel_until_hours=24))


def states() -> set[str]:
    return set(Place.objects.values_list("state", flat=True)) - {"available"}


# Placing


def test_an_order_reserves_its_places_until_it_is_paid(now: datetime, show: Performance) -> None:
    order = placed(held(show, now, "0", "1").basket_id, now)
    assert (order.state, order.total, states()) == (Order.State.AWAITING_PAYMENT, Decimal("48.00"), {"reserved"})
    assert order.expires_at is not None
    assert order.expires_at > now + timedelta(minutes=show.house.payment_minutes)


def test_nothing_is_placed_without_a_basket_or_with_an_empty_one(now: datetime, show: Performance) -> None:
    with pytest.raises(BasketNotFound):
        placed(uuid4(), now)
    first = held(show, now, "0")
    Basket.objects.get().lines.all().delete()
    with pytest.raises(EmptyBasket):
        placed(first.basket_id, now)


@pytest.mark.parametrize(("changes", "fields"), [
    ({"email": "nobody"}, ("email",)), ({"email": ""}, ("email",)), ({"email": "a@b.be\r\nBcc: all@b.be"}, ("email",)),
    ({"first_name": "  "}, ("first_name",)), ({"last_name": "x" * 81}, ("last_name",)),
    ({"email": "x", "first_name": "", "last_name": ""}, ("email", "first_name", "last_name")),
])  # fmt: skip
def test_a_contact_nobody_can_write_to_is_refused(
    now: datetime, show: Performance, changes: dict[str, str], fields: tuple[str, ...]
) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    contact = Contact(**({"email": "an@example.org", "first_name": "An", "last_name": "Peeters"} | changes))
    with pytest.raises(ContactIncomplete) as refused:
        orders.place_order(basket_id=basket_id, contact=contact, now=now)
    assert (refused.value.fields, Order.objects.count(), states()) == (fields, 0, {"held"})


@pytest.mark.parametrize("shown", ["0.00", "47.99", "48.01", "NaN", "-48.00"])
def test_another_total_than_the_page_showed_is_refused_with_both(now: datetime, show: Performance, shown: str) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    with pytest.raises(TotalChanged):
        placed(basket_id, now, shown_total=Decimal(shown))
    assert (Order.objects.count(), states()) == (0, {"held"})


def test_a_tariff_for_groups_is_not_sold_to_few(now: datetime, show: Performance) -> None:
    a_tariff(now, show, "group", "G", "15.00", conditions={"minimum": {"count": 3}})
    basket_id = held(show, now, "0", "1", price_type="group").basket_id
    with pytest.raises(TariffNeedsMore):
        placed(basket_id, now)
    held(show, now, "2", basket_id=basket_id, price_type="group")
    assert placed(basket_id, now).total == Decimal("45.00")


def test_a_choice_that_leaves_one_seat_is_refused_except_to_staff(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "1", "2").basket_id
    with pytest.raises(LeavesOneSeat):
        placed(basket_id, now)
    assert placed(basket_id, now, is_staff=True).total == Decimal("48.00")


def test_a_house_without_an_account_at_a_provider_sells_nothing_online(now: datetime) -> None:
    show = on_sale(now)
    with pytest.raises(CannotPayHere):
        placed(held(show, now, "0", "1").basket_id, now)
    assert (Order.objects.count(), states()) == (0, {"held"})


def test_a_hold_that_ran_out_is_as_good_as_any_while_nobody_took_the_places(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    assert placed(basket_id, now + timedelta(minutes=16)).state == Order.State.AWAITING_PAYMENT


def test_a_hold_that_ran_out_and_was_taken_is_no_order(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    later = now + timedelta(minutes=16)
    held(show, later, "1")
    with pytest.raises(PlacesLost):
        placed(basket_id, later)
    assert not Order.objects.exists()


def test_consents_are_kept_with_the_order_as_they_were_given(now: datetime, show: Performance) -> None:
    answers = [
        ConsentAnswer(show.house_id, purpose, purpose == "newsletter", "v1") for purpose in ("newsletter", "partners")
    ]
    order = placed(held(show, now, "0", "1").basket_id, now, consents=answers)
    kept = (
        ConsentEntry.objects.filter(order=order).order_by("purpose").values_list("purpose", "granted", "text_version")
    )
    assert list(kept) == [("newsletter", True, "v1"), ("partners", False, "v1")]


@pytest.mark.django_db(transaction=True)
def test_the_pay_button_pressed_many_times_makes_one_order(now: datetime) -> None:
    show = sold_online(now)
    basket_id = held(show, now, "0", "1").basket_id
    outcomes = race(lambda _n: str(placed(basket_id, now).id), contenders=12, threads=6)
    assert (len(outcomes), Order.objects.count(), OrderLine.objects.count(), Payment.objects.count()) == (1, 1, 2, 1)


@pytest.mark.django_db(transaction=True)
def test_changing_the_basket_while_pressing_pay_never_parts_price_and_places(now: datetime) -> None:
    """Whoever comes first: the order is of exactly the lines its places and total are of."""
    show = sold_online(now)
    Performance.objects.update(refuse_orphans=False)
    building.houses.programme_changed(show.house_id)
    first = held(show, now, "0", "1", "2")

    def act(number: int) -> str:
        try:
            if number % 2:
                return f"placed {placed(first.basket_id, now).total}"
            hold(performance=show.code, wish=Wish(places=("5",)), basket_id=first.basket_id, language="nl", now=now)
        except Exception as refused:
            return type(refused).__name__
        return "added"

    race(act, contenders=2, threads=2)
    order = Order.objects.get()
    reserved = Place.objects.filter(state="reserved", holder=order.id).count()
    assert order.total == Decimal("24.00") * reserved == 24 * order.lines.count()


def test_a_night_cancelled_while_somebody_pays_is_paid_and_can_be_given_back(now: datetime, show: Performance) -> None:
    order = placed(held(show, now, "0", "1").basket_id, now)
    programme.cancel_performance(performance_id=show.pk, now=now)
    pay(order, now)
    tickets = list(Ticket.objects.values_list("id", flat=True))
    assert cancellations.cancel_tickets(
        order_id=order.id, ticket_ids=tickets, now=show.starts_at + timedelta(days=3)
    ) == Decimal("48.00")


# Several houses in one order


@pytest.fixture
def both(now: datetime) -> tuple[Order, Performance, Performance]:
    """A paid order with a place of each of two houses, sold by the first."""
    summer, winter = two_houses(now)
    routed(summer, winter)
    basket_id = held(summer, now, "0").basket_id
    held(winter, now, "0", basket_id=basket_id)
    order = placed(basket_id, now)
    pay(order, now)
    order.refresh_from_db()
    return order, summer, winter


@pytest.mark.scope("PR4-11")
def test_each_house_earns_its_own_lines_and_the_provider_pays_what_the_seller_owes_the_other(
    now: datetime, both: tuple[Order, Performance, Performance]
) -> None:
    _order, summer, winter = both
    earned = {
        house: sum(
            LedgerEntry.objects.filter(house=house, account__in=[Account.REVENUE_TICKETS, Account.VAT]).values_list(
                "amount", flat=True
            )
        )
        for house in (summer.house, winter.house)
    }
    assert earned == {summer.house: Decimal("-24.00"), winter.house: Decimal("-24.00")}
    owed = LedgerEntry.objects.filter(account=Account.BETWEEN_HOUSES).order_by("house_id", "amount")
    assert list(owed.values_list("house_id", "group__kind", "amount")) == [
        (summer.house_id, "sale", Decimal("-24.00")),
        (summer.house_id, "payment", Decimal("24.00")),
        (winter.house_id, "payment", Decimal("-24.00")),
        (winter.house_id, "sale", Decimal("24.00")),
    ]


def test_the_rule_of_the_house_that_owns_a_place_decides_whether_it_can_be_given_back(
    now: datetime, both: tuple[Order, Performance, Performance]
) -> None:
    order, summer, winter = both
    building.houses.update_house(house_id=winter.house_id, cancel_until_hours=None, now=now)
    tickets = {ticket.performance_id: ticket.id for ticket in Ticket.objects.all()}
    page = order_page(Order.objects.select_related("house").get())
    assert [ticket.id for ticket in page.cancellable(now)] == [tickets[summer.pk]]
    for wanted in ([tickets[winter.pk]], list(tickets.values())):
        with pytest.raises(NotCancellable):
            cancellations.cancel_tickets(order_id=order.id, ticket_ids=wanted, now=now)
    with pytest.raises(TooLateToCancel):
        cancellations.cancel_tickets(
            order_id=order.id, ticket_ids=[tickets[summer.pk]], now=summer.starts_at - timedelta(hours=23)
        )
    back = cancellations.cancel_tickets(order_id=order.id, ticket_ids=[tickets[summer.pk]], now=now)
    assert (back, Ticket.objects.filter(state="valid").count()) == (Decimal("24.00"), 1)


# Money a bank took back


def test_money_the_bank_took_back_is_not_given_back_a_second_time(now: datetime, show: Performance) -> None:
    order = paid_order(show, now, "0", "1")
    leg = Payment.objects.get()
    Chargeback.objects.create(payment=leg, provider_id="chb_1", amount=leg.amount, charged_back_at=now)
    tickets = list(Ticket.objects.values_list("id", flat=True))
    with pytest.raises(MoneyTakenBack):
        cancellations.cancel_tickets(order_id=order.id, ticket_ids=tickets, now=now)
    assert cancellations.cancel_tickets(order_id=order.id, ticket_ids=tickets, now=now, by_staff=True) == 0
    assert not Refund.objects.exists()


def test_money_the_bank_brought_back_again_can_be_given_back(now: datetime, show: Performance) -> None:
    order = paid_order(show, now, "0", "1")
    leg = Payment.objects.get()
    Chargeback.objects.create(payment=leg, provider_id="chb_1", amount=leg.amount, charged_back_at=now, reversed_at=now)
    ticket = Ticket.objects.earliest("id")
    assert cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now) == Decimal("24.00")


# Memberships


@pytest.fixture
def member(now: datetime, show: Performance) -> Customer:
    """With a card for two places at each performance at the members' tariff."""
    kind = a_tariff(now, show, "cubo", "C", "5.00", conditions={"label": {"code": "cubo"}})
    customer = a_customer(now)
    a_membership(now, customer, kind, slots=2)
    return customer


def members_basket(show: Performance, customer: Customer, now: datetime, *places: str) -> Any:
    wish = Wish(places=places, price_type="cubo")
    return hold(
        performance=show.code, wish=wish, basket_id=None, language="nl", now=now, customer_id=customer.pk
    ).basket_id


@pytest.mark.scope("PR3-13")
def test_a_membership_is_for_so_many_places_at_a_performance(
    now: datetime, show: Performance, member: Customer
) -> None:
    pay(placed(members_basket(show, member, now, "0", "1"), now), now)
    third = members_basket(show, member, now, "4", "5")
    with pytest.raises(NoSlotLeft):
        placed(third, now)
    assert EntitlementUse.objects.count() == 2
    assert Order.objects.count() == 1


def test_a_slot_comes_back_with_a_cancelled_ticket_and_with_an_order_nobody_paid(
    now: datetime, show: Performance, member: Customer
) -> None:
    order = placed(members_basket(show, member, now, "0", "1"), now)
    abandonments.abandon(order_id=order.id, reason="expired", now=now)
    assert not EntitlementUse.objects.exists()
    order = placed(members_basket(show, member, now, "0", "1"), now)
    pay(order, now)
    ticket = Ticket.objects.earliest("id")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now)
    assert EntitlementUse.objects.count() == 1


def test_money_that_comes_late_takes_its_slots_again_or_goes_back(
    now: datetime, show: Performance, member: Customer
) -> None:
    first, second = placed(members_basket(show, member, now, "0", "1"), now), None
    abandonments.abandon(order_id=first.id, reason="expired", now=now)
    second = placed(members_basket(show, member, now, "4", "5"), now)
    pay(second, now)
    pay(first, now)
    first.refresh_from_db()
    assert (first.state, Refund.objects.get().amount) == (Order.State.ABANDONED, Decimal("10.00"))
    assert Ticket.objects.count() == 2


def test_a_label_has_no_slots(now: datetime, show: Performance, member: Customer) -> None:
    relation = HouseRelation.objects.create(customer=member, house=show.house, since=now)
    CustomerLabel.objects.create(relation=relation, code="cubo", source="test", valid_from=now.date())
    assert placed(members_basket(show, member, now, "0", "1", "2", "3"), now).total == Decimal("20.00")
    assert not EntitlementUse.objects.exists()


def test_who_signs_out_pays_what_anybody_pays(now: datetime, show: Performance, member: Customer) -> None:
    basket_id = members_basket(show, member, now, "0", "1")
    baskets.belong_to(basket_id=basket_id, customer_id=None, now=now)
    assert placed(basket_id, now).total == Decimal("48.00")


@pytest.mark.django_db(transaction=True)
def test_a_slot_is_used_once_however_many_press_at_the_same_moment(now: datetime) -> None:
    show = sold_online(now)
    kind = a_tariff(now, show, "cubo", "C", "5.00", conditions={"label": {"code": "cubo"}})
    customer = a_customer(now)
    a_membership(now, customer, kind, slots=2)
    Performance.objects.update(refuse_orphans=False)
    building.houses.programme_changed(show.house_id)
    found = [members_basket(show, customer, now, code) for code in ("0", "2", "4", "6", "8", "A")]

    def press(number: int) -> str:
        try:
            placed(found[number], now)
        except NoSlotLeft:
            return "refused"
        return "placed"

    assert race(press, contenders=6, threads=3) == {"placed": 2, "refused": 4}
    assert EntitlementUse.objects.count() == 2


def test_free_standing_places_are_an_order_too(now: datetime) -> None:
    show = on_sale(now, rows=0, standing=5)
    a_tariff(now, show, "free", "F", "0.00")
    order = placed(stood(show, now, free=2).basket_id, now)
    assert payments.start(order_id=order.id, return_url=lambda _order: "", now=now) == ""
    order.refresh_from_db()
    assert (order.state, Ticket.objects.count(), BUYER.email) == (Order.State.PAID, 2, order.email)
