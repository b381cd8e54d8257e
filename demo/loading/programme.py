"""Productions with their performances: written, given places and prices, and put on sale."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.utils.text import slugify

from demo.content import Production as ProductionContent
from demo.houses import BY_SLUG
from demo.loading.foundation import opened_at, words
from demo.loading.steps import Loading, Progress
from demo.programme import PRODUCTIONS
from demo.roles import name_and_role
from demo.schedule import Slot, season
from ticketing.models import (
    Genre,
    Hall,
    House,
    Label,
    Performer,
    PriceGridVersion,
    Production,
    SeatingPlanVersion,
)
from ticketing.operations import inventory, prices, programme, reference

ACTIVITY_CLASSES = {"film": "cinema", "classical": "concert", "jazz": "concert", "pop": "concert", "club": "concert"}
ANNOUNCED_DAYS = 21


def load_programme(loading: Loading, progress: Progress) -> None:
    """The productions that play first come first, so that the shop is worth a look within seconds."""
    slots: dict[str, list[Slot]] = {}
    for slot in season(PRODUCTIONS, today=loading.today):
        slots.setdefault(slot.production.slug, []).append(slot)
    known = set(Production.objects.values_list("slug", flat=True))
    ordered = sorted(slots.values(), key=lambda nights: _first_to_come(nights, loading.now))
    for number, nights in enumerate(ordered, 1):
        if nights[0].production.slug not in known:
            with transaction.atomic():
                _load_production(nights[0].production, nights, loading)
        progress.tell(f"{number} of {len(ordered)} productions")


def _first_to_come(nights: list[Slot], now: datetime) -> tuple[bool, datetime]:
    coming = [night.starts_at for night in nights if night.starts_at > now]
    return (not coming, min(coming or [night.starts_at for night in nights]))


def _load_production(content: ProductionContent, nights: list[Slot], loading: Loading) -> None:
    now = opened_at(loading)
    house = _house(content.house)
    production = programme.create_production(
        house=house,
        now=now,
        labels=Label.objects.filter(house=house, code__in=content.labels),
        season=house.seasons.first(),
        slug=content.slug,
        title=words(content.title),
        subtitle=words(content.subtitle) if content.subtitle else "",
        teaser=words(content.teaser),
        description=words(content.description),
        genre=Genre.objects.get(code=content.genre),
        activity_class=ACTIVITY_CLASSES.get(content.genre, "performing_arts"),
        duration_minutes=content.minutes,
        has_interval=content.interval,
        age_from=content.age,
        spoken_language=content.language,
        surtitles=", ".join(content.surtitles),
        access=words(BY_SLUG[content.house].access),
    )
    for position, credit in enumerate(content.performers):
        name, role = name_and_role(credit)
        programme.credit_performer(
            production_id=production.pk, performer=_performer(name), role=words(role) if role else "",
            position=position, now=now,
        )  # fmt: skip
    programme.publish_production(production_id=production.pk, now=now)
    for night in nights:
        _load_performance(production, night, loading)


def _load_performance(production: Production, night: Slot, loading: Loading) -> None:
    now = opened_at(loading)
    house = BY_SLUG[night.production.house]
    hall = _hall(production.house_id, night.production.hall)
    is_announced = night.night.closed == "announced"
    performance = programme.create_performance(
        production=production,
        hall=hall,
        starts_at=night.starts_at,
        now=now,
        plan_version=_plan_version(hall.pk),
        doors_at=night.starts_at - timedelta(minutes=house.doors_minutes),
        ends_at=night.ends_at,
        sales_from=loading.now + timedelta(days=ANNOUNCED_DAYS) if is_announced else now,
    )
    inventory.create_places(performance_id=performance.pk, now=now)
    version = _grid_version(production.house_id, night.production.grid)
    prices.attach_price_grid(performances=[performance], version=version, now=now)
    programme.put_on_sale(performance_id=performance.pk, now=now)
    if night.night.closed == "cancelled":
        programme.cancel_performance(performance_id=performance.pk, now=loading.now - timedelta(days=3))


@cache
def _house(slug: str) -> House:
    return House.objects.get(slug=slug)


@cache
def _hall(house_id: int, code: str) -> Hall:
    return Hall.objects.select_related("venue__house").get(venue__house_id=house_id, code=code)


@cache
def _plan_version(hall_id: int) -> SeatingPlanVersion:
    return SeatingPlanVersion.objects.select_related("plan").get(plan__hall_id=hall_id)


@cache
def _grid_version(house_id: int, name: str) -> PriceGridVersion:
    return PriceGridVersion.objects.select_related("grid").get(grid__house_id=house_id, grid__name=name)


def _performer(name: str) -> Performer:
    slug = slugify(name)
    return Performer.objects.filter(slug=slug).first() or reference.create_performer(name=name, slug=slug)
