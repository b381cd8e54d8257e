"""The houses that are measured: a hall of 10,000 seats, a theatre, standing rooms, agendas of 100 and of 1,000."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from demo import halls
from ticketing.models import (
    ApiKey,
    Genre,
    House,
    PaymentAccount,
    Performance,
    PriceGridVersion,
    Production,
    SeatingPlanVersion,
    VatRule,
)
from ticketing.operations import api_keys, houses, inventory, prices, programme, reference, seating, venues
from ticketing.operations.prices import Cell

MAIN = "bench"
AGENDAS = {"bench-100": 100, "bench-1000": 1000}


def words(text: str) -> dict[str, str]:
    return {"nl": text, "fr": text, "en": text}


class BenchHouse:
    """One house with what selling needs; performances are made as they are asked for."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.now = timezone.now()

    @classmethod
    def found(cls, slug: str) -> BenchHouse:
        now = timezone.now()
        house = House.objects.filter(slug=slug).first()
        if house is None:
            house = houses.create_house(
                now=now, slug=slug, name="Bench", legal_name="Bench vzw", email="bench@example.org",
                languages=["nl", "fr", "en"], cancel_until_hours=24,
            )  # fmt: skip
            if not VatRule.objects.filter(country="BE", activity_class="performing_arts").exists():
                reference.add_vat_rule(
                    country="BE", activity_class="performing_arts", rate=Decimal("6"), valid_from=date(2020, 1, 1)
                )
            PaymentAccount.objects.create(house=house, provider="mollie", name="Bench")
        return cls(house)

    @property
    def venue(self) -> Any:
        return self.house.venues.first() or venues.create_venue(
            house=self.house, now=self.now, slug="bench", name="Bench", street="Straat 1", postcode="9000", city="Gent"
        )

    def plan(self, name: str, document: dict[str, Any]) -> SeatingPlanVersion:
        """Stored once per name; the ranks it names are made with it."""
        kept = SeatingPlanVersion.objects.filter(plan__name=name, plan__hall__venue=self.venue).first()
        if kept is not None:
            return kept
        code = f"h{self.venue.halls.count() + 1}"
        hall = venues.create_hall(venue=self.venue, now=self.now, code=code, name=words(name), licensed_capacity=25_000)
        for rank in document["ranks"]:
            if not self.house.ranks.filter(code=rank["code"]).exists():
                tone = 1 + self.house.ranks.count() % 4
                prices.create_rank(house=self.house, code=rank["code"], name=words(rank["code"]), tone=tone)
        version = seating.store_plan_version(
            plan=seating.create_plan(hall=hall, name=name), document=document, now=self.now
        )
        self._publish_grid()
        return version

    def _publish_grid(self) -> None:
        kind = self.house.price_types.first() or prices.create_price_type(
            house=self.house, code="normal", letter="N", name=words("Normaal"), family="full"
        )
        youth = self.house.price_types.filter(code="youth").first() or prices.create_price_type(
            house=self.house, code="youth", letter="J", name=words("Jong"), family="reduced"
        )
        grid = self.house.price_grids.first() or prices.create_price_grid(house=self.house, name="Bench")
        cells = [
            Cell(rank, of, Decimal("28.00") / step)
            for rank in self.house.ranks.all()
            for step, of in ((1, kind), (2, youth))
        ]
        prices.publish_price_grid_version(grid=grid, cells=cells, now=self.now)

    @property
    def grid(self) -> PriceGridVersion:
        return PriceGridVersion.objects.filter(grid__house=self.house).latest("number")

    def production(self, slug: str) -> Production:
        kept = self.house.productions.filter(slug=slug).first()
        if kept is not None:
            return kept
        genre = Genre.objects.first() or reference.create_genre(code="theatre", name=words("Theater"))
        made = programme.create_production(
            house=self.house, now=self.now, slug=slug, title=words(slug.title()), genre=genre,
            teaser=words("Zeven dansers, een zwerm."),
        )  # fmt: skip
        return programme.publish_production(production_id=made.pk, now=self.now)

    def performance(self, version: SeatingPlanVersion, slug: str, days: float = 20) -> Performance:
        """A fresh one on sale, nothing held."""
        made = programme.create_performance(
            production=self.production(slug), hall=version.plan.hall, plan_version=version, now=self.now,
            starts_at=self.now + timedelta(days=days),
        )  # fmt: skip
        inventory.create_places(performance_id=made.pk, now=self.now)
        prices.attach_price_grid(performances=[made], version=self.grid, now=self.now)
        programme.put_on_sale(performance_id=made.pk, now=self.now)
        Performance.objects.filter(pk=made.pk).update(refuse_orphans=False, max_places_per_order=20)
        houses.programme_changed(self.house.pk)
        return Performance.objects.select_related("production").get(pk=made.pk)

    def standing(self, capacity: int, slug: str = "standing") -> Performance:
        document = halls.standing_room(words("Staanplaatsen"), capacity)
        return self.performance(self.plan(f"standing {capacity}", document), slug)

    def theatre(self, slug: str = "theatre") -> Performance:
        return self.performance(self.plan("theatre", halls.theatre()), slug)

    def large_hall(self, slug: str = "large") -> Performance:
        return self.performance(self.plan("large", halls.large_hall()), slug)

    def hall_of_one_rank(self, slug: str) -> Performance:
        """As large, and the statement that holds one seat holds any other."""
        return self.performance(self.plan("one rank", halls.large_hall(ranks=1)), slug)


def fresh_standing(capacity: int) -> Iterator[Performance]:
    house = BenchHouse.found(MAIN)
    number = 0
    while True:
        number += 1
        yield house.standing(capacity, slug=f"standing-{datetime.now():%H%M%S}-{number}")  # noqa: DTZ005 - only a name


def agenda(slug: str, performances: int) -> None:
    """A house with so many coming performances, twenty to a production."""
    bench = BenchHouse.found(slug)
    missing = performances - bench.house.performances.count()
    if missing <= 0:
        return
    version = bench.plan("small", halls.standing_room(words("Zaal"), 30))
    for number in range(missing):
        bench.performance(version, f"show-{number // 20}", days=2 + number / 4)


def scan_key() -> str:
    house = BenchHouse.found(MAIN).house
    ApiKey.objects.filter(house=house, name="bench").update(revoked_at=timezone.now())
    return api_keys.issue_api_key(house=house, name="bench", scopes=["read", "sell", "scan"], now=timezone.now()).secret
