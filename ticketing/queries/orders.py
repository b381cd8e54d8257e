"""An order as its buyer sees it: what was bought, the tickets, where the money stands and what may still be changed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from i18nfield.strings import LazyI18nString

from ticketing.models import GiftCard, Order, OrderLine, Payment, Ticket
from ticketing.money import ZERO
from ticketing.order_links import LinkedOrder
from ticketing.queries.cancelling import cancel_deadline

OPEN_ORDERS = (Order.State.PREPARING, Order.State.AWAITING_PAYMENT)
OPEN_LEGS = (Payment.State.CREATED, Payment.State.OPEN, Payment.State.PENDING)


@dataclass(frozen=True)
class BoughtLine:
    id: int
    kind: str
    gross: Decimal
    description: dict[str, Any]
    performance_id: int | None


@dataclass(frozen=True)
class BoughtPerformance:
    id: int
    production_id: int
    code: str
    state: str
    starts_at: datetime
    doors_at: datetime | None
    ends_at: datetime | None
    cancel_until_hours: int | None
    title: LazyI18nString
    hall: LazyI18nString
    venue: str
    street: str
    postcode: str
    city: str


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
class Leg:
    """A payment with what goes back, or went back, of it."""

    means: str
    state: str
    amount: Decimal
    checkout_url: str
    refunded: Decimal


@dataclass(frozen=True)
class OrderPage:
    """`tickets` in the order of their lines; `performances` by id, the first to come first."""

    order: Order | LinkedOrder
    lines: tuple[BoughtLine, ...]
    tickets: tuple[BoughtTicket, ...]
    performances: dict[int, BoughtPerformance]
    legs: tuple[Leg, ...]
    gift_cards: tuple[GiftCard, ...]

    @property
    def is_open(self) -> bool:
        return self.order.state in OPEN_ORDERS

    @property
    def open_leg(self) -> Leg | None:
        """The payment the buyer can still finish, or whose answer is awaited."""
        open_legs = [leg for leg in self.legs if leg.means == Payment.Means.PROVIDER and leg.state in OPEN_LEGS]
        return open_legs[-1] if open_legs and self.is_open else None

    @property
    def refunded(self) -> Decimal:
        return sum((leg.refunded for leg in self.legs), ZERO)

    def cancellable(self, now: datetime) -> tuple[BoughtTicket, ...]:
        return tuple(
            ticket for ticket in self.tickets if ticket.is_valid and ticket.deadline and now <= ticket.deadline
        )


_BOUGHT = """
SELECT l.id, l.kind, l.gross, l.description::text, l.performance_id,
       t.id, t.code, t.serial, t.state,
       p.id, p.production_id, p.code, p.state, p.starts_at, p.doors_at, p.ends_at, h.cancel_until_hours,
       pr.title, ha.name, v.name, v.street, v.postcode, v.city
FROM ticketing_orderline l
LEFT JOIN ticketing_ticket t ON t.line_id = l.id
LEFT JOIN ticketing_performance p ON p.id = l.performance_id
LEFT JOIN ticketing_production pr ON pr.id = p.production_id
LEFT JOIN ticketing_house h ON h.id = p.house_id
LEFT JOIN ticketing_hall ha ON ha.id = p.hall_id
LEFT JOIN ticketing_venue v ON v.id = ha.venue_id
WHERE l.order_id = %s
ORDER BY l.id, t.id
"""
_LEGS = """
SELECT p.means, p.state, p.amount, p.checkout_url, coalesce(sum(r.amount), 0)
FROM ticketing_payment p
LEFT JOIN ticketing_refund r ON r.payment_id = p.id AND r.state <> 'failed'
WHERE p.order_id = %s
GROUP BY p.id
ORDER BY p.created_at, p.id
"""


def order_page(order: Order | LinkedOrder) -> OrderPage:
    """Two statements, three for an order with gift cards, whatever its size."""
    with connection.cursor() as cursor:
        cursor.execute(_BOUGHT, [order.id])
        rows = cursor.fetchall()
        cursor.execute(_LEGS, [order.id])
        legs = tuple(Leg(*row) for row in cursor.fetchall())
    lines = {row[0]: row for row in rows}
    found = {row[9]: _performance(row) for row in rows if row[9] is not None}
    is_paid = order.state == Order.State.PAID
    has_cards = is_paid and any(row[1] == OrderLine.Kind.GIFT_CARD for row in rows)
    return OrderPage(
        order=order,
        lines=tuple(_line(row) for row in lines.values()),
        tickets=tuple(_ticket(row, found[row[9]]) for row in rows if is_paid and row[5] is not None),
        performances=dict(sorted(found.items(), key=lambda item: (item[1].starts_at, item[0]))),
        legs=legs,
        gift_cards=tuple(_gift_cards(order.id)) if has_cards else (),
    )


def _line(row: tuple[Any, ...]) -> BoughtLine:
    return BoughtLine(*(*row[:3], json.loads(row[3]), row[4]))


def _performance(row: tuple[Any, ...]) -> BoughtPerformance:
    title, hall = LazyI18nString(row[17]), LazyI18nString(row[18])
    return BoughtPerformance(*(*row[9:17], title, hall, *row[19:]))


def _ticket(row: tuple[Any, ...], performance: BoughtPerformance) -> BoughtTicket:
    return BoughtTicket(
        id=row[5],
        code=row[6],
        serial=row[7],
        line_id=row[0],
        is_valid=row[8] == Ticket.State.VALID,
        performance_id=performance.id,
        deadline=cancel_deadline(
            state=performance.state,
            starts_at=performance.starts_at,
            until_hours=performance.cancel_until_hours,
        ),
    )


def _gift_cards(order_id: UUID) -> Iterable[GiftCard]:
    """Those that were not given back."""
    return GiftCard.objects.filter(line__order_id=order_id, line__replaced_by__isnull=True).order_by("id")


def order_of_basket(basket_id: UUID) -> Order | None:
    """The last order made of a basket, for a buyer who comes back to it."""
    return Order.objects.select_related("house").filter(basket_id=basket_id).order_by("-placed_at", "-id").first()


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
