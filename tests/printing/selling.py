"""A paid order with its tickets, written straight into the tables: how it came about is another test's subject."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localtime

from tests.ticketing.building import a_hall, a_house, a_performance, a_price_grid, a_production, a_rank, text
from ticketing.identifiers import random_code, uuid7
from ticketing.models import Credit, House, Order, OrderLine, Performance, Performer, Place, Ticket


def a_night(now: datetime, *, house: House | None = None) -> Performance:
    """Nachtvlucht by Compagnie Zilvervos, ten days from now at 20:00, doors half an hour before."""
    house = house or a_house(now, slug="kantelaar", name="de Kantelaar")
    production = a_production(now, house, slug="nachtvlucht", title=text("Nachtvlucht"))
    Credit.objects.create(
        production=production, performer=Performer.objects.create(name="Compagnie Zilvervos", slug="zilvervos")
    )
    starts_at = localtime(now + timedelta(days=10)).replace(hour=20, minute=0)
    return a_performance(
        now,
        production,
        a_hall(now, house),
        starts_at=starts_at,
        doors_at=starts_at - timedelta(minutes=30),
        price_grid_version=a_price_grid(now, house),
    )


def a_paid_order(now: datetime, performance: Performance, *, seats: int = 2, **details: Any) -> Order:
    """Row F, seats 11 and on, at 24 euro each."""
    house = performance.house
    channel = house.channels.get(code="web")
    values: dict[str, Any] = {
        "reference": random_code(8),
        "language": "nl",
        "first_name": "Marie",
        "last_name": "Peeters",
        "email": "marie@example.org",
        "state": Order.State.PAID,
        "placed_at": now,
        "paid_at": now,
        "total": Decimal("24.00") * seats,
    }
    order = Order.objects.create(house=house, channel=channel, **(values | details))
    for number in range(11, 11 + seats):
        a_ticket(now, order, performance, number)
    return order


def a_ticket(now: datetime, order: Order, performance: Performance, number: int) -> Ticket:
    place = Place.objects.create(
        performance=performance,
        index=performance.places.count(),
        code=f"f{number}",
        seat=f"F-{number}",
        area="parterre",
        rank=a_rank(performance.house),
        state=Place.State.SOLD,
        holder=uuid7(),
    )
    line = OrderLine.objects.create(
        order=order,
        kind=OrderLine.Kind.PLACE,
        house=performance.house,
        performance=performance,
        place=place,
        gross=Decimal("24.00"),
        description={
            "title": text("Nachtvlucht"),
            "area": text("Parterre"),
            "row": {"nl": "rij F", "fr": "rang F", "en": "row F"},
            "seat": {"nl": f"stoel {number}", "fr": f"siège {number}", "en": f"seat {number}"},
            "number": str(number),
            "price_type": text("Normaal"),
        },
        created_at=now,
    )
    return Ticket.objects.create(
        line=line,
        performance=performance,
        place=place,
        serial=random_code(16),
        code=random_code(12),
        issued_at=now,
    )


def cancel(ticket: Ticket, now: datetime) -> None:
    Ticket.objects.filter(pk=ticket.pk).update(state=Ticket.State.CANCELLED, cancelled_at=now)
