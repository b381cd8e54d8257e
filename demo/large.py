"""A large past for the bench: a million tickets of two hundred thousand people, written by bulk SQL.

Every trigger and constraint stays on, so the database itself vouches for the ledger groups and for one valid ticket
per place. It stands in a house of its own, in pieces of some nights each: one that was stopped goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from demo import halls
from demo.houses import GENRES
from demo.paid_at_once import PROVIDER
from demo.people import FIRST_FR, FIRST_NL, LAST_FR, LAST_NL
from ticketing.models import (
    Customer,
    Genre,
    House,
    PaymentAccount,
    Performance,
    PriceGridVersion,
    Production,
    SeatingPlanVersion,
    Ticket,
    VatRule,
)
from ticketing.money import vat_within
from ticketing.operations import houses, prices, programme, reference, seating, venues
from ticketing.seating.compiled import CompiledPlan

TICKETS = 1_000_000
CUSTOMERS = 200_000
SLUG = "bench-large"
NIGHTS_EACH = 40
PRODUCTIONS = 100
GROSS = Decimal("24.00")
RATE = Decimal("6.00")

Say = Callable[[str], None]


def load_large(
    *, tickets: int = TICKETS, customers: int = CUSTOMERS, say: Say = print, now: datetime | None = None
) -> None:
    house = _Large.found(now or timezone.now())
    house.add_customers(customers)
    say(f"{customers:,} customers")
    while (sold := house.sold()) < tickets:
        nights = min(NIGHTS_EACH, -(-(tickets - sold) // len(house.plan.places)))
        house.add_nights(nights)
        say(f"{house.sold():,} of {tickets:,} tickets")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@dataclass
class _Large:
    """The house of the large past, with what its nights need."""

    house: House
    plan: CompiledPlan
    now: datetime

    @classmethod
    def found(cls, now: datetime) -> _Large:
        house = House.objects.filter(slug=SLUG).first()
        if house is None:
            with transaction.atomic():
                house = _new_house(now)
        version = SeatingPlanVersion.objects.get(plan__hall__venue__house=house)
        return cls(house, CompiledPlan.from_json(version.compiled), now)

    def sold(self) -> int:
        return Ticket.objects.filter(performance__house=self.house).count()

    def add_customers(self, wanted: int) -> None:
        known = Customer.objects.filter(email__startswith="large-").count()
        names = {"first": [*FIRST_NL, *FIRST_FR], "last": [*LAST_NL, *LAST_FR]}
        self._run("customers", names | {"from": known + 1, "upto": wanted, "now": self.now})

    def add_nights(self, count: int) -> None:
        """So many sold-out nights with everything a sale leaves behind, in one transaction."""
        first = Performance.objects.filter(house=self.house).count()
        with transaction.atomic():
            self._run("nights", self._values() | {"first": first, "count": count})

    def _values(self) -> dict[str, Any]:
        house, plan = self.house, self.plan
        version = SeatingPlanVersion.objects.get(plan__hall__venue__house=house)
        price_type = house.price_types.get()
        vat = vat_within(GROSS, RATE)
        return {
            "house": house.pk,
            "channel": house.channels.get(kind="web").pk,
            "account": PaymentAccount.objects.get(house=house).pk,
            "hall": version.plan.hall_id,
            "version": version.pk,
            "grid": PriceGridVersion.objects.get(grid__house=house).pk,
            "price_type": price_type.pk,
            "productions": list(Production.objects.filter(house=house).order_by("pk").values_list("pk", flat=True)),
            "vat_rule": VatRule.objects.filter(country="BE", activity_class="performing_arts").latest("valid_from").pk,
            "now": self.now,
            "gross": GROSS,
            "vat": vat,
            "rate": RATE,
            "indexes": plan.places,
            "codes": [plan.codes[index] for index in plan.places],
            "seats": [plan.ids[index] for index in plan.places],
            "areas": [plan.areas[plan.area_of[index]].code for index in plan.places],
            "rows": [plan.rows[plan.row_of[index]].code for index in plan.places],
            "numbers": [plan.numbers[index] for index in plan.places],
            "ranks": [self._ranks[plan.ranks[plan.rank_of[index]].code] for index in plan.places],
            "kinds": [plan.kinds[index] for index in plan.places],
        }

    @property
    def _ranks(self) -> dict[str, int]:
        return dict(self.house.ranks.values_list("code", "pk"))

    def _run(self, script: str, values: dict[str, Any]) -> None:
        text = files("demo").joinpath("sql", f"large_{script}.sql").read_text(encoding="utf-8")
        with connection.cursor() as cursor:
            for statement in text.split(";\n"):
                if statement.strip():
                    cursor.execute(statement, values)


def _new_house(now: datetime) -> House:
    opened = now - timedelta(days=1500)
    house = houses.create_house(
        now=opened, slug=SLUG, name="Groot Archief", legal_name="Groot Archief vzw", email="archief@example.org",
        languages=["nl", "fr", "en"], is_active=True,
    )  # fmt: skip
    if not VatRule.objects.filter(country="BE", activity_class="performing_arts").exists():
        reference.add_vat_rule(country="BE", activity_class="performing_arts", rate=RATE, valid_from=date(1992, 1, 1))
    houses.open_payment_account(house=house, provider=PROVIDER, name="Vroeger", settings={})
    venue = venues.create_venue(
        house=house, now=opened, slug=SLUG, name="Archief", street="Archiefstraat 1", postcode="9870", city="Havermonde"
    )
    hall = venues.create_hall(
        venue=venue, now=opened, code="zaal", name={"nl": "Zaal", "fr": "Salle", "en": "Hall"}, licensed_capacity=1_000
    )
    document = halls.theatre()
    plan = seating.create_plan(hall=hall, name="Zaal")
    seating.store_plan_version(plan=plan, document=document, now=opened)
    _price(house, [rank["code"] for rank in document["ranks"]], now=opened)
    for number in range(1, PRODUCTIONS + 1):
        _production(house, number, now=opened)
    return house


def _price(house: House, codes: list[str], *, now: datetime) -> None:
    price_type = prices.create_price_type(
        house=house, code="normal", letter="N", name={"nl": "Normaal", "fr": "Plein tarif", "en": "Full price"},
        family="full",
    )  # fmt: skip
    cells = [
        prices.Cell(
            prices.create_rank(house=house, code=code, name={"nl": code, "fr": code, "en": code}), price_type, GROSS
        )
        for code in codes
    ]
    prices.publish_price_grid_version(grid=prices.create_price_grid(house=house, name="Archief"), cells=cells, now=now)


def _production(house: House, number: int, *, now: datetime) -> None:
    genre = Genre.objects.order_by("pk").first()
    if genre is None:
        name = GENRES["theatre"]
        genre = reference.create_genre(code="theatre", name={"nl": name.nl, "fr": name.fr, "en": name.en})
    title = f"Archiefstuk {number}"
    production = programme.create_production(
        house=house, now=now, slug=f"archiefstuk-{number}", title={"nl": title, "fr": title, "en": title}, genre=genre
    )
    programme.publish_production(production_id=production.pk, now=now)
