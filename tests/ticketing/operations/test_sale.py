"""The whole sale by operations alone: hold, order, pay, cancel."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import a_payment_account, paid_order
from ticketing.models import LedgerEntry, Order, Payment, Place, Refund, Ticket
from ticketing.operations import abandonments, baskets, cancellations, orders, payments
from ticketing.operations.contacts import Contact
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import Held, hold
from ticketing.operations.wishes import Wish
from ticketing.ports import ProviderPayment, ProviderState

pytestmark = pytest.mark.django_db


def held(performance: Any, now: datetime, *places: str) -> Held:
    return hold(performance=performance.code, wish=Wish(places=places), basket_id=None, language="nl", now=now)


def test_a_place_is_held_once(now: datetime) -> None:
    performance = on_sale(now)
    held(performance, now, "0", "1")
    with pytest.raises(PlacesTaken) as refused:
        held(performance, now, "1", "2")
    assert refused.value.codes == ("1",)
    assert Place.objects.get(performance=performance, code="2").state == Place.State.AVAILABLE


def test_a_hold_is_over_without_anybody_tidying(now: datetime) -> None:
    performance = on_sale(now)
    held(performance, now, "0")
    assert held(performance, now + timedelta(minutes=16), "0").codes == ("0",)


def test_standing_places_are_alike_until_they_are_gone(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=3)
    wish = Wish(standing={"full": 2})
    first = hold(performance=performance.code, wish=wish, basket_id=None, language="nl", now=now)
    assert [line.gross for line in first.lines] == [Decimal("24.00"), Decimal("24.00")]
    with pytest.raises(PlacesTaken) as refused:
        hold(performance=performance.code, wish=wish, basket_id=None, language="nl", now=now)
    assert refused.value.left == 1


def test_paying_sells_the_places_and_issues_the_tickets(now: datetime) -> None:
    performance = on_sale(now)
    order = paid_order(performance, now, "0", "1")
    assert order.state == Order.State.PAID
    assert Ticket.objects.filter(line__order=order).count() == 2
    assert set(Place.objects.filter(code__in=["0", "1"]).values_list("state", flat=True)) == {Place.State.SOLD}
    assert LedgerEntry.objects.aggregate(total=Sum("amount"))["total"] == 0


def test_cancelling_frees_the_place_and_gives_the_money_back(now: datetime) -> None:
    house = a_house(now, cancel_until_hours=24)
    performance = on_sale(now, house)
    order = paid_order(performance, now, "0", "1")
    ticket = Ticket.objects.filter(line__order=order).earliest("id")
    assert cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now) == Decimal("24.00")
    assert Place.objects.get(id=ticket.place_id).state == Place.State.AVAILABLE
    assert list(Refund.objects.values_list("amount", flat=True)) == [Decimal("24.00")]
    assert LedgerEntry.objects.aggregate(total=Sum("amount"))["total"] == 0


def test_money_that_comes_after_the_places_are_gone_goes_back_in_full(now: datetime) -> None:
    performance = on_sale(now)
    account = a_payment_account(performance.house)
    first = held(performance, now, "0", "1")
    contact = Contact("an@example.org", "An", "Peeters")
    placed = orders.place_order(basket_id=first.basket_id, contact=contact, now=now)
    leg = Payment.objects.get(order=placed.order)
    Payment.objects.filter(id=leg.id).update(provider_id="tr_late", state=Payment.State.OPEN)
    later = now + timedelta(hours=1)
    abandonments.abandon(order_id=placed.order.id, reason="expired", now=later)
    held(performance, later, "1")
    paid = ProviderPayment(provider_id="tr_late", state=ProviderState.PAID, amount=Decimal("48.00"))
    payments.apply_provider_state(provider=account.provider, provider_id="tr_late", state=paid, now=later)
    placed.order.refresh_from_db()
    assert placed.order.state == Order.State.ABANDONED
    assert Refund.objects.get().amount == Decimal("48.00")
    assert Ticket.objects.count() == 0
    assert LedgerEntry.objects.aggregate(total=Sum("amount"))["total"] == 0


def test_money_that_comes_late_gets_its_places_back_when_they_are_free(now: datetime) -> None:
    performance = on_sale(now)
    account = a_payment_account(performance.house)
    placed = orders.place_order(
        basket_id=held(performance, now, "0", "1").basket_id,
        contact=Contact("an@example.org", "An", "Peeters"),
        now=now,
    )
    Payment.objects.filter(order=placed.order).update(provider_id="tr_late", state=Payment.State.OPEN)
    later = now + timedelta(hours=1)
    abandonments.abandon(order_id=placed.order.id, reason="expired", now=later)
    paid = ProviderPayment(provider_id="tr_late", state=ProviderState.PAID, amount=Decimal("48.00"))
    payments.apply_provider_state(provider=account.provider, provider_id="tr_late", state=paid, now=later)
    placed.order.refresh_from_db()
    assert placed.order.state == Order.State.PAID
    assert Ticket.objects.count() == 2


def test_more_time_twice(now: datetime) -> None:
    performance = on_sale(now)
    basket_id = held(performance, now, "0").basket_id
    baskets.extend(basket_id=basket_id, now=now)
    assert baskets.extend(basket_id=basket_id, now=now) == now + timedelta(minutes=35)
    with pytest.raises(baskets.NoMoreTime):
        baskets.extend(basket_id=basket_id, now=now)
