"""An order as its buyer sees it: what was bought, the tickets, where the money stands and what may still be changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from ticketing.models import GiftCard, Order, OrderLine, Payment, Performance, Refund, Ticket
from ticketing.money import ZERO
from ticketing.queries.cancelling import cancel_deadline

OPEN_ORDERS = (Order.State.PREPARING, Order.State.AWAITING_PAYMENT)
OPEN_LEGS = (Payment.State.CREATED, Payment.State.OPEN, Payment.State.PENDING)


@dataclass(frozen=True)
class BoughtTicket:
    id: int
    code: str
    serial: str
    line_id: int
    is_valid: bool
    performance_id: int
    deadline: datetime | None


@dataclass(frozen=True)
class OrderPage:
    """`tickets` in the order of their lines; `performances` by id."""

    order: Order
    lines: tuple[OrderLine, ...]
    tickets: tuple[BoughtTicket, ...]
    performances: dict[int, Performance]
    legs: tuple[Payment, ...]
    gift_cards: tuple[GiftCard, ...]

    @property
    def is_open(self) -> bool:
        return self.order.state in OPEN_ORDERS

    @property
    def open_leg(self) -> Payment | None:
        """The payment the buyer can still finish, or whose answer is awaited."""
        open_legs = [leg for leg in self.legs if leg.means == Payment.Means.PROVIDER and leg.state in OPEN_LEGS]
        return open_legs[-1] if open_legs and self.is_open else None

    @property
    def refunded(self) -> Decimal:
        refunds = [refund for leg in self.legs for refund in leg.refunds.all()]
        return sum((refund.amount for refund in refunds if refund.state != Refund.State.FAILED), ZERO)

    def cancellable(self, now: datetime) -> tuple[BoughtTicket, ...]:
        return tuple(
            ticket for ticket in self.tickets if ticket.is_valid and ticket.deadline and now <= ticket.deadline
        )


def order_page(order: Order) -> OrderPage:
    """Four statements, five for an order with gift cards, whatever its size."""
    lines = tuple(order.lines.all())
    tickets = tuple(_tickets(order)) if order.state == Order.State.PAID else ()
    ids = {line.performance_id for line in lines if line.performance_id}
    performances = Performance.objects.select_related("production", "hall__venue", "house").in_bulk(ids) if ids else {}
    has_cards = any(line.kind == OrderLine.Kind.GIFT_CARD for line in lines) and order.state == Order.State.PAID
    return OrderPage(
        order=order,
        lines=lines,
        tickets=tuple(_bought(ticket, performances) for ticket in tickets),
        performances=performances,
        legs=tuple(order.payments.prefetch_related("refunds").order_by("created_at", "id")),
        gift_cards=tuple(GiftCard.objects.filter(line__order=order).order_by("id")) if has_cards else (),
    )


def _tickets(order: Order) -> Iterable[Ticket]:
    return Ticket.objects.filter(line__order=order).order_by("line_id", "id")


def _bought(ticket: Ticket, performances: dict[int, Performance]) -> BoughtTicket:
    performance = performances[ticket.performance_id]
    return BoughtTicket(
        id=ticket.id,
        code=ticket.code,
        serial=ticket.serial,
        line_id=ticket.line_id,
        is_valid=ticket.state == Ticket.State.VALID,
        performance_id=ticket.performance_id,
        deadline=cancel_deadline(performance.house, performance),
    )


def order_of_basket(basket_id: UUID) -> Order | None:
    """The last order made of a basket, for a buyer who comes back to it."""
    return Order.objects.select_related("house").filter(basket_id=basket_id).order_by("-placed_at").first()


def open_payment_of(order_id: UUID) -> UUID | None:
    """The payment to ask the provider about when its buyer comes back."""
    legs = Payment.objects.filter(order_id=order_id, means=Payment.Means.PROVIDER, state__in=OPEN_LEGS)
    found: UUID | None = legs.exclude(provider_id="").order_by("-created_at").values_list("id", flat=True).first()
    return found


def orders_of_customer(customer_id: int) -> list[dict[str, Any]]:
    """Every paid order of an account, newest first, with what it was for; two statements."""
    orders = (
        Order.objects.filter(customer_id=customer_id, state=Order.State.PAID)
        .select_related("house")
        .prefetch_related("lines")
        .order_by("-placed_at")[:200]
    )
    return [{"order": order, "lines": list(order.lines.all())} for order in orders]
