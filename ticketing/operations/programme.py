"""Builds the programme: productions and their performances, from draft to the last night."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import PerformanceChanged, ProductionChanged
from ticketing.models import (
    Credit,
    Genre,
    Hall,
    House,
    Label,
    MediaAsset,
    Performance,
    Performer,
    PriceGridCell,
    Production,
    Season,
    SeatingPlanVersion,
)
from ticketing.models.inventory import Place
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.houses import programme_changed

# What may follow on what. A cancelled performance stays cancelled: its buyers were told.
FOLLOWS: dict[str, frozenset[str]] = {
    Performance.State.ON_SALE: frozenset({Performance.State.DRAFT, Performance.State.POSTPONED}),
    Performance.State.DRAFT: frozenset({Performance.State.ON_SALE}),
    Performance.State.POSTPONED: frozenset({Performance.State.ON_SALE, Performance.State.DRAFT}),
    Performance.State.CANCELLED: frozenset(
        {Performance.State.DRAFT, Performance.State.ON_SALE, Performance.State.POSTPONED}
    ),
}


class ProductionIncomplete(TicketingError):
    code = "production_incomplete"
    message = _("Give the production a title in every language of the house first: %(languages)s is missing.")


class HallNotInCluster(TicketingError):
    code = "hall_not_in_cluster"
    message = _("This hall belongs to a house outside the cluster.")


class PlanOfOtherHall(TicketingError):
    code = "plan_of_other_hall"
    message = _("This seating plan is of another hall.")


class StateNotAllowed(TicketingError):
    code = "performance_state_not_allowed"
    message = _("A performance that is %(state)s cannot become %(wanted)s.")
    status = 409


class NoPlaces(TicketingError):
    code = "performance_without_places"
    message = _("Make the places of this performance before it goes on sale.")


class NoPrices(TicketingError):
    code = "performance_without_prices"
    message = _("These ranks have no price yet: %(ranks)s.")


class ProductionDetails(TypedDict, total=False):
    season: Season | None
    slug: str
    title: Text
    subtitle: Text
    teaser: Text
    description: Text
    genre: Genre
    image: MediaAsset | None
    activity_class: str
    duration_minutes: int | None
    has_interval: bool
    age_from: int | None
    spoken_language: str
    surtitles: str
    access: Text


class PerformanceDetails(TypedDict, total=False):
    doors_at: datetime | None
    ends_at: datetime | None
    sales_from: datetime | None
    sales_until: datetime | None
    refuse_orphans: bool
    max_places_per_order: int | None
    note: Text


def production_changed(production: Production, *, now: datetime) -> None:
    programme_changed(production.house_id)
    record(ProductionChanged(production_id=production.pk), now=now)


def performance_changed(performance: Performance, change: str, *, now: datetime) -> None:
    programme_changed(performance.house_id)
    record(PerformanceChanged(performance_id=performance.pk, change=change), now=now)


# Productions


@transaction.atomic
def create_production(
    *, house: House, now: datetime, labels: Iterable[Label] = (), **details: Unpack[ProductionDetails]
) -> Production:
    production = Production(house=house)
    write_fields(production, details)
    production.labels.set(labels)
    production_changed(production, now=now)
    return production


@transaction.atomic
def update_production(*, production_id: int, now: datetime, **changes: Unpack[ProductionDetails]) -> Production:
    production = _locked_production(production_id)
    write_fields(production, changes)
    production_changed(production, now=now)
    return production


@transaction.atomic
def label_production(*, production_id: int, labels: Iterable[Label], now: datetime) -> Production:
    production = _locked_production(production_id)
    production.labels.set(labels)
    production_changed(production, now=now)
    return production


@transaction.atomic
def credit_performer(
    *, production_id: int, performer: Performer, role: Text = "", position: int = 0, now: datetime
) -> Credit:
    production = _locked_production(production_id)
    credit = Credit.objects.filter(production=production, performer=performer).first() or Credit(
        production=production, performer=performer
    )
    write_fields(credit, {"role": role, "position": position})
    production_changed(production, now=now)
    return credit


@transaction.atomic
def remove_credit(*, credit_id: int, now: datetime) -> None:
    credit = Credit.objects.select_related("production").get(pk=credit_id)
    credit.delete()
    production_changed(credit.production, now=now)


@transaction.atomic
def publish_production(*, production_id: int, now: datetime) -> Production:
    production = _locked_production(production_id)
    title = production.title.data if isinstance(production.title.data, dict) else {}
    missing = [language for language in production.house.languages if not title.get(language)]
    if missing:
        raise ProductionIncomplete(languages=", ".join(missing))
    production.state = Production.State.ONLINE
    production.online_at = production.online_at or now
    production.save(update_fields=["state", "online_at"])
    production_changed(production, now=now)
    return production


@transaction.atomic
def unpublish_production(*, production_id: int, now: datetime) -> Production:
    return _put_production_in(Production.State.DRAFT, production_id, now=now)


@transaction.atomic
def archive_production(*, production_id: int, now: datetime) -> Production:
    return _put_production_in(Production.State.ARCHIVED, production_id, now=now)


def _put_production_in(state: Production.State, production_id: int, *, now: datetime) -> Production:
    production = _locked_production(production_id)
    production.state = state
    production.save(update_fields=["state"])
    production_changed(production, now=now)
    return production


def _locked_production(production_id: int) -> Production:
    return Production.objects.select_for_update(of=("self",)).select_related("house").get(pk=production_id)


# Performances


@transaction.atomic
def create_performance(
    *,
    production: Production,
    hall: Hall,
    starts_at: datetime,
    now: datetime,
    plan_version: SeatingPlanVersion | None = None,
    plan_variant: str = "",
    **details: Unpack[PerformanceDetails],
) -> Performance:
    """A draft without places; `create_places`, `attach_price_grid` and `put_on_sale` make it sellable."""
    _check_hall(production.house, hall)
    if plan_version is not None and plan_version.plan.hall_id != hall.pk:
        raise PlanOfOtherHall
    performance = Performance(
        production=production, house=production.house, hall=hall, plan_version=plan_version, plan_variant=plan_variant
    )
    write_fields(performance, {"starts_at": starts_at, **details})
    performance_changed(performance, "created", now=now)
    return performance


@transaction.atomic
def update_performance(*, performance_id: int, now: datetime, **changes: Unpack[PerformanceDetails]) -> Performance:
    performance = locked_performance(performance_id)
    write_fields(performance, changes)
    performance_changed(performance, "changed", now=now)
    return performance


@transaction.atomic
def put_on_sale(*, performance_id: int, now: datetime) -> Performance:
    performance = locked_performance(performance_id)
    _check_sellable(performance)
    return _put_performance_in(Performance.State.ON_SALE, performance, now=now)


@transaction.atomic
def take_off_sale(*, performance_id: int, now: datetime) -> Performance:
    return _put_performance_in(Performance.State.DRAFT, locked_performance(performance_id), now=now)


@transaction.atomic
def postpone_performance(*, performance_id: int, now: datetime) -> Performance:
    """No new date yet: nothing is sold until `move_performance` and `put_on_sale`."""
    return _put_performance_in(Performance.State.POSTPONED, locked_performance(performance_id), now=now)


@transaction.atomic
def cancel_performance(*, performance_id: int, now: datetime) -> Performance:
    """Stops the sale for good. What was sold is given back by the operations on cancellations."""
    return _put_performance_in(Performance.State.CANCELLED, locked_performance(performance_id), now=now)


@transaction.atomic
def move_performance(
    *,
    performance_id: int,
    starts_at: datetime,
    now: datetime,
    doors_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Performance:
    """Another moment in the same hall. Doors and end keep their distance to the start unless given."""
    performance = locked_performance(performance_id)
    shift = starts_at - performance.starts_at
    doors_at = doors_at or (performance.doors_at and performance.doors_at + shift)
    ends_at = ends_at or (performance.ends_at and performance.ends_at + shift)
    write_fields(performance, {"starts_at": starts_at, "doors_at": doors_at, "ends_at": ends_at})
    performance_changed(performance, "moved", now=now)
    return performance


def locked_performance(performance_id: int) -> Performance:
    return Performance.objects.select_for_update(of=("self",)).select_related("hall", "house").get(pk=performance_id)


def _put_performance_in(state: Performance.State, performance: Performance, *, now: datetime) -> Performance:
    if performance.state == state:
        return performance
    if performance.state not in FOLLOWS[state]:
        raise StateNotAllowed(
            state=performance.get_state_display(), wanted=Performance(state=state).get_state_display()
        )
    performance.state = state
    performance.save(update_fields=["state"])
    performance_changed(performance, state.value, now=now)
    return performance


def _check_sellable(performance: Performance) -> None:
    ranks = dict(Place.objects.filter(performance=performance).values_list("rank_id", "rank__name").distinct())
    if not ranks:
        raise NoPlaces
    priced = PriceGridCell.objects.filter(version_id=performance.price_grid_version_id).values_list(
        "rank_id", flat=True
    )
    missing = [str(ranks[rank]) for rank in ranks.keys() - set(priced)]
    if missing:
        raise NoPrices(ranks=", ".join(sorted(missing)))


def _check_hall(house: House, hall: Hall) -> None:
    owner = hall.venue.house
    if owner.pk != house.pk and (owner.cluster_id is None or owner.cluster_id != house.cluster_id):
        raise HallNotInCluster
