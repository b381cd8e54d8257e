"""A buyer at the pay button, and what must be true of every order at every moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from tests.ticketing.paying import BUYER
from ticketing.models import LedgerEntry, Order, Payment, Performance, Place, Refund, Ticket
from ticketing.operations import orders, payments
from ticketing.operations.holds import Wish, hold

RETURN = "https://shop.example/return"


def hold_places(performance: Performance, now: datetime, *places: str, basket_id: UUID | None = None) -> UUID:
    wish = Wish(places=places)
    return hold(performance=performance.code, wish=wish, basket_id=basket_id, language="nl", now=now).basket_id


def place_order(performance: Performance, now: datetime, *places: str) -> Order:
    basket_id = hold_places(performance, now, *places)
    return orders.place_order(basket_id=basket_id, contact=BUYER, now=now).order


def go_to_pay(order: Order, now: datetime) -> str:
    """Presses the pay button; the provider's id of the payment."""
    payments.start(order_id=order.id, return_url=lambda placed: RETURN, now=now)
    return leg_of(order).provider_id


def leg_of(order: Order) -> Payment:
    return Payment.objects.get(order=order, means=Payment.Means.PROVIDER)


def state_of(order: Order) -> str:
    return Order.objects.get(id=order.id).state


def places_of(order: Order) -> list[str]:
    return [line.place.state for line in order.lines.select_related("place") if line.place]


def live_tickets(order: Order) -> int:
    return Ticket.objects.filter(line__order=order, cancelled_at=None).count()


def assert_all_is_well() -> None:
    """Never paid without tickets, never tickets without payment, and the books balance."""
    for order in Order.objects.prefetch_related("lines__place", "payments__refunds"):
        _assert_order_is_well(order)
    assert (LedgerEntry.objects.aggregate(total=Sum("amount"))["total"] or 0) == 0


def _assert_order_is_well(order: Order) -> None:
    received = sum((leg.amount for leg in order.payments.all() if leg.state == Payment.State.PAID), Decimal(0))
    going_back = sum(
        (refund.amount for leg in order.payments.all() for refund in leg.refunds.all() if _counts(refund)), Decimal(0)
    )
    tickets = Ticket.objects.filter(line__order=order).count()
    if order.state == Order.State.PAID:
        assert tickets == len(order.lines.all())
        assert received >= order.total
        assert {line.place.state for line in order.lines.all() if line.place} == {Place.State.SOLD}
    else:
        assert tickets == 0
        assert received == going_back


def _counts(refund: Refund) -> bool:
    return refund.state != Refund.State.FAILED
