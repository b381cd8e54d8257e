"""A buyer at the pay button, and what must be true of every order at every moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from tests.ticketing.paying import BUYER
from ticketing.models import LedgerEntry, Order, OrderLine, Payment, Performance, Place, Ticket
from ticketing.operations import orders, payments
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish

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
    """Never paid without tickets, never tickets without payment, no place sold twice, and the books balance."""
    for order in Order.objects.prefetch_related("lines", "payments__refunds"):
        _assert_order_is_well(order)
    live = Ticket.objects.filter(cancelled_at=None)
    assert sorted(live.values_list("place_id", flat=True)) == sorted(
        Place.objects.filter(state=Place.State.SOLD).values_list("id", flat=True)
    )
    assert (LedgerEntry.objects.aggregate(total=Sum("amount"))["total"] or 0) == 0


def _assert_order_is_well(order: Order) -> None:
    legs = order.payments.all()
    received = sum((leg.amount for leg in legs if leg.state == Payment.State.PAID), Decimal(0))
    refunds = [refund for leg in legs for refund in leg.refunds.all()]
    going_back = sum((refund.amount for refund in refunds), Decimal(0))
    tickets = Ticket.objects.filter(line__order=order).count()
    if order.state == Order.State.PAID:
        assert tickets == sum(line.kind == OrderLine.Kind.PLACE for line in order.lines.all())
        assert received - going_back == sum((line.gross for line in order.lines.all()), Decimal(0))
    else:
        assert tickets == 0
        assert received == going_back
