"""Builds what the tests of the kernel stand on, one plain thing each, by the operations operators use."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ticketing.identifiers import random_code
from ticketing.models import (
    Genre,
    Hall,
    House,
    Order,
    OrderLine,
    Performance,
    Place,
    PriceGridVersion,
    PriceType,
    Production,
    Rank,
    SeatingPlan,
    SeatingPlanVersion,
    Ticket,
    VatRule,
    Venue,
)
from ticketing.operations import api_keys, houses, inventory, prices, programme, reference, seating, venues
from ticketing.operations.api_keys import IssuedKey
from ticketing.operations.barcodes import barcode_of
from ticketing.operations.prices import Cell
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.places import place_description
from ticketing.seating.compiled import compile_plan
from ticketing.seating.format import plan_from_document


def text(words: str) -> dict[str, str]:
    return {"nl": words, "fr": f"{words} (fr)", "en": f"{words} (en)"}


def a_house(now: datetime, slug: str = "zomerhof", **details: Any) -> House:
    values: dict[str, Any] = {"name": "Zomerhof", "legal_name": "Zomerhof vzw", "email": f"tickets@{slug}.example"}
    return houses.create_house(now=now, slug=slug, **(values | details))


def a_venue(now: datetime, house: House) -> Venue:
    return venues.create_venue(
        house=house, now=now, slug="zaal", name="Zomerhof", street="Hofstraat 1", postcode="9000", city="Gent"
    )


def a_hall(now: datetime, house: House, *, licensed_capacity: int = 500) -> Hall:
    venue = house.venues.first() or a_venue(now, house)
    return venues.create_hall(
        venue=venue, now=now, code=f"zaal-{venue.halls.count()}", name=text("Zaal"), licensed_capacity=licensed_capacity
    )


def a_genre() -> Genre:
    return Genre.objects.filter(code="theatre").first() or reference.create_genre(code="theatre", name=text("Theater"))


def a_production(now: datetime, house: House, slug: str = "de-meeuw", **details: Any) -> Production:
    values: dict[str, Any] = {"title": text("De meeuw"), "genre": a_genre()}
    production = programme.create_production(house=house, now=now, slug=slug, **(values | details))
    return programme.publish_production(production_id=production.pk, now=now)


def a_performance(now: datetime, production: Production, hall: Hall, **details: Any) -> Performance:
    starts_at = details.pop("starts_at", now + timedelta(days=10))
    return programme.create_performance(production=production, hall=hall, starts_at=starts_at, now=now, **details)


def a_rank(house: House, code: str = "rank-1") -> Rank:
    return house.ranks.filter(code=code).first() or prices.create_rank(house=house, code=code, name=text("Rang I"))


def a_price_type(house: House, code: str = "full", letter: str = "N", **details: Any) -> PriceType:
    values: dict[str, Any] = {"name": text("Normaal"), "family": "full"}
    return house.price_types.filter(code=code).first() or prices.create_price_type(
        house=house, code=code, letter=letter, **(values | details)
    )


def a_price_grid(now: datetime, house: House, *cells: Cell) -> PriceGridVersion:
    """By default one rank at 24 euro, one price type."""
    grid = prices.create_price_grid(house=house, name="Theater")
    wanted = cells or (Cell(a_rank(house), a_price_type(house), Decimal("24.00")),)
    return prices.publish_price_grid_version(grid=grid, cells=wanted, now=now)


def a_seat(number: int, *, row: str = "A", **details: Any) -> dict[str, Any]:
    return {"id": f"P-{row}-{number}", "n": str(number), "x": number * 26, "y": 0, "rank": "rank-1", **details}


def a_plan_document(*, rows: int = 2, seats: int = 10, standing: int = 0) -> dict[str, Any]:
    """A stalls of `rows` × `seats` numbered seats of rank-1, and a standing area when asked for."""
    codes = "ABCDEFGHJKLMNPQRSTUVWXYZ"[:rows]
    stalls = {
        "code": "P",
        "name": text("Parterre"),
        "kind": "seated",
        "rows": [
            {
                "code": code,
                "position": {"x": 0, "y": 30 * depth},
                "seats": [a_seat(number, row=code) for number in range(1, seats + 1)],
            }
            for depth, code in enumerate(codes)
        ],
    }
    floor = {"code": "S", "name": text("Staanplaatsen"), "kind": "standing", "rank": "rank-1", "capacity": standing}
    return {
        "format": "parterre.seatingplan",
        "version": 1,
        "name": text("Zaal"),
        "ranks": [{"code": "rank-1", "name": text("Rang I")}],
        "areas": ([stalls] if rows else []) + ([floor] if standing else []),
    }


def with_a_wheelchair(document: dict[str, Any]) -> dict[str, Any]:
    """The first two seats are for a wheelchair and who comes along."""
    first, second = document["areas"][0]["rows"][0]["seats"][:2]
    first |= {"kind": "wheelchair"}
    second |= {"kind": "companion", "companion_of": [first["id"]]}
    return document


def a_plan_version(now: datetime, hall: Hall, document: dict[str, Any] | None = None) -> SeatingPlanVersion:
    document = document or a_plan_document()
    plan = SeatingPlan.objects.create(hall=hall, name="Zaal")
    compiled = compile_plan(plan_from_document(document))
    return SeatingPlanVersion.objects.create(
        plan=plan,
        number=1,
        document=document,
        compiled=compiled.to_json(),
        checksum=hashlib.sha256(repr(document).encode()).hexdigest(),
        place_count=len(compiled),
        created_at=now,
    )


def a_next_version(now: datetime, performance: Performance, *seats: dict[str, Any]) -> SeatingPlanVersion:
    """The plan of a performance again, one row of these seats."""
    document = a_plan_document(rows=1)
    document["areas"][0]["rows"][0]["seats"] = list(seats)
    assert performance.plan_version is not None
    return seating.store_plan_version(plan=performance.plan_version.plan, document=document, now=now)


def a_vat_rule(country: str = "BE", activity_class: str = "performing_arts", rate: str = "6.00") -> VatRule:
    known = VatRule.objects.filter(country=country, activity_class=activity_class).first()
    return known or reference.add_vat_rule(
        country=country, activity_class=activity_class, rate=Decimal(rate), valid_from=date(2020, 1, 1)
    )


def on_sale(
    now: datetime, house: House | None = None, *, document: dict[str, Any] | None = None, **plan: int
) -> Performance:
    """A performance in ten days, on sale, with 2 × 10 seats at 24 euro unless a document or `plan` says otherwise."""
    house = house or a_house(now)
    a_vat_rule(house.country)
    hall = a_hall(now, house)
    version = a_plan_version(now, hall, document or a_plan_document(**plan))
    grid = a_price_grid(now, house)
    slug = f"de-meeuw-{house.productions.count()}"
    performance = a_performance(now, a_production(now, house, slug), hall, plan_version=version)
    inventory.create_places(performance_id=performance.pk, now=now)
    prices.attach_price_grid(performances=[performance], version=grid, now=now)
    return programme.put_on_sale(performance_id=performance.pk, now=now)


def a_ticket(now: datetime, performance: Performance, place: str = "0") -> Ticket:
    """A paid place, written row by row: for tests that begin where the sale has ended."""
    seat = Place.objects.get(performance=performance, code=place)
    order = Order.objects.create(
        reference=random_code(8),
        house=performance.house,
        channel=performance.house.channels.get(code="web"),
        state=Order.State.PAID,
        language="nl",
        first_name="Noor",
        last_name="Peeters",
        email="noor@example.org",
        total=Decimal("24.00"),
        placed_at=now,
        paid_at=now,
    )
    price_type = a_price_type(performance.house)
    description = place_description(sale_terms(performance.code), code=place, price_type_id=price_type.pk)
    line = OrderLine.objects.create(
        order=order,
        kind=OrderLine.Kind.PLACE,
        house=performance.house,
        performance=performance,
        place=seat,
        price_type=price_type,
        family="full",
        gross=Decimal("24.00"),
        description=description,
        created_at=now,
    )
    Place.objects.filter(pk=seat.pk).update(state=Place.State.SOLD, holder=order.pk, held_until=None)
    return Ticket.objects.create(
        line=line,
        performance=performance,
        place=seat,
        serial=random_code(16),
        code=random_code(12),
        issued_at=now,
        holder_name="Noor Peeters",
    )


def a_door_key(now: datetime, house: House, performance: Performance | None = None) -> IssuedKey:
    return api_keys.issue_api_key(house=house, name="Deur", scopes=["scan"], now=now, performance=performance)


def square_of(now: datetime, ticket: Ticket) -> str:
    """What the QR code of a ticket says."""
    return barcode_of(performance=ticket.performance.code, serial=ticket.serial, now=now)
