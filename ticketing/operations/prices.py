"""Sets what things cost: ranks, price types, grids in versions that never change, exceptions and fees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import (
    Fee,
    House,
    Performance,
    PerformancePriceGrid,
    PriceCondition,
    PriceGrid,
    PriceGridCell,
    PriceGridVersion,
    PriceOverride,
    PriceType,
    Rank,
    SalesChannel,
)
from ticketing.money import is_money
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.houses import programme_changed
from ticketing.operations.programme import performance_changed

MOST_COUNTED = 400  # places; nobody's basket has more


class GridIsEmpty(TicketingError):
    code = "price_grid_empty"
    message = _("A price grid needs at least one price.")


class PriceNotAllowed(TicketingError):
    code = "price_not_allowed"
    message = _("Prices are amounts from 0 to 9,999.99 with two decimals: %(price)s is not.")


class ConditionRefused(TicketingError):
    """`kind` is the condition, `value` what was asked of it."""

    code = "condition_refused"
    message = _("The condition “%(kind)s” cannot be %(value)s.")


class OfOtherHouse(TicketingError):
    code = "of_other_house"
    message = _("%(what)s belongs to another house.")


class Cell(NamedTuple):
    rank: Rank
    price_type: PriceType
    price: Decimal


class FeeDetails(TypedDict, total=False):
    name: Text
    amount: Decimal
    activity_class: str
    channel_kinds: list[str]
    families: list[str]
    is_active: bool


# Ranks and price types


@transaction.atomic
def create_rank(*, house: House, code: str, name: Text, tone: int = 1, position: int = 0) -> Rank:
    rank = Rank()
    write_fields(rank, {"house": house, "code": code, "name": name, "tone": tone, "position": position})
    return rank


@transaction.atomic
def update_rank(*, rank_id: int, name: Text, tone: int, position: int) -> Rank:
    rank = Rank.objects.select_for_update().get(pk=rank_id)
    write_fields(rank, {"name": name, "tone": tone, "position": position})
    programme_changed(rank.house_id)
    return rank


@transaction.atomic
def create_price_type(
    *,
    house: House,
    code: str,
    letter: str,
    name: Text,
    family: str,
    explanation: Text = "",
    position: int = 0,
    conditions: Mapping[str, Mapping[str, Any]] | None = None,
) -> PriceType:
    """`conditions` by kind, in the shapes `PriceCondition` lists: {"maximum": {"count": 2}, "proof": {}}."""
    price_type = PriceType()
    values = {"house": house, "code": code, "letter": letter, "name": name, "family": family}
    write_fields(price_type, {**values, "explanation": explanation, "position": position})
    _write_conditions(price_type, conditions or {})
    programme_changed(house.pk)
    return price_type


@transaction.atomic
def update_price_type(
    *, price_type_id: int, letter: str, name: Text, family: str, explanation: Text, position: int
) -> PriceType:
    price_type = PriceType.objects.select_for_update().get(pk=price_type_id)
    values = {"letter": letter, "name": name, "family": family, "explanation": explanation, "position": position}
    write_fields(price_type, values)
    programme_changed(price_type.house_id)
    return price_type


@transaction.atomic
def set_conditions(*, price_type_id: int, conditions: Mapping[str, Mapping[str, Any]]) -> PriceType:
    price_type = PriceType.objects.select_for_update().get(pk=price_type_id)
    price_type.conditions.exclude(kind__in=conditions).delete()
    _write_conditions(price_type, conditions)
    programme_changed(price_type.house_id)
    return price_type


def _write_conditions(price_type: PriceType, conditions: Mapping[str, Mapping[str, Any]]) -> None:
    existing = {condition.kind: condition for condition in price_type.conditions.all()}
    for kind, value in conditions.items():
        if not is_condition(kind, value):
            raise ConditionRefused(kind=kind, value=dict(value) if isinstance(value, Mapping) else value)
        condition = existing.get(kind) or PriceCondition(price_type=price_type, kind=kind)
        write_fields(condition, {"value": value})


def is_condition(kind: str, value: Any) -> bool:
    """Whether `value` has the shape that `PriceCondition` lists for this kind: a sale must be able to trust it."""
    if not isinstance(value, Mapping):
        return False
    match kind:
        case "minimum" | "maximum":
            count = value.get("count")
            return value.keys() == {"count"} and type(count) is int and 1 <= count <= MOST_COUNTED
        case "channel":
            kinds = value.get("kinds")
            known = SalesChannel.Kind.values
            return value.keys() == {"kinds"} and isinstance(kinds, list) and all(one in known for one in kinds)
        case "label":
            return value.keys() == {"code"} and isinstance(value["code"], str) and bool(value["code"])
        case "period":
            return value.keys() <= {"from", "until"} and all(_is_moment(moment) for moment in value.values())
        case "code" | "proof":
            return not value
    return False


def _is_moment(text: Any) -> bool:
    """With its zone, so that it can be compared."""
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


@transaction.atomic
def archive_price_type(*, price_type_id: int, is_archived: bool = True) -> PriceType:
    """Out of daily lists and never out of reports."""
    price_type = PriceType.objects.select_for_update().get(pk=price_type_id)
    write_fields(price_type, {"is_archived": is_archived})
    programme_changed(price_type.house_id)
    return price_type


# Grids


@transaction.atomic
def create_price_grid(*, house: House, name: str) -> PriceGrid:
    grid = PriceGrid()
    write_fields(grid, {"house": house, "name": name})
    return grid


@transaction.atomic
def archive_price_grid(*, grid_id: int, is_archived: bool = True) -> PriceGrid:
    grid = PriceGrid.objects.select_for_update().get(pk=grid_id)
    write_fields(grid, {"is_archived": is_archived})
    return grid


@transaction.atomic
def publish_price_grid_version(*, grid: PriceGrid, cells: Iterable[Cell], now: datetime) -> PriceGridVersion:
    """`cells` are (rank, price type, price). Performances get the new version by `attach_price_grid`."""
    cells = [Cell(*cell) for cell in cells]
    if not cells:
        raise GridIsEmpty
    locked = PriceGrid.objects.select_for_update().get(pk=grid.pk)
    for cell in cells:
        _check_cell(locked, cell)
    last = locked.versions.aggregate(last=Max("number"))["last"] or 0
    version = PriceGridVersion.objects.create(grid=locked, number=last + 1, created_at=now)
    PriceGridCell.objects.bulk_create(
        PriceGridCell(version=version, rank=cell.rank, price_type=cell.price_type, price=cell.price) for cell in cells
    )
    return version


def _check_cell(grid: PriceGrid, cell: Cell) -> None:
    for row in (cell.rank, cell.price_type):
        if row.house_id != grid.house_id:
            raise OfOtherHouse(what=str(row))
    _check_price(cell.price)


def _check_price(price: Decimal) -> None:
    if not is_money(price) or not 0 <= price < 10_000:
        raise PriceNotAllowed(price=price)


@transaction.atomic
def attach_price_grid(*, performances: Iterable[Performance], version: PriceGridVersion, now: datetime) -> None:
    """New sales cost this from now on; what is held or sold keeps its price. The history keeps the old version."""
    ids = sorted(performance.pk for performance in performances)
    locked = list(Performance.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    for performance in locked:
        if performance.house_id != version.grid.house_id:
            raise OfOtherHouse(what=str(version.grid))
    changed = [performance for performance in locked if performance.price_grid_version_id != version.pk]
    PerformancePriceGrid.objects.bulk_create(
        PerformancePriceGrid(performance=performance, version=version, valid_from=now) for performance in changed
    )
    Performance.objects.filter(pk__in=[performance.pk for performance in changed]).update(price_grid_version=version)
    for performance in changed:
        performance_changed(performance, "prices", now=now)


@transaction.atomic
def override_price(
    *,
    performance: Performance,
    rank: Rank,
    price_type: PriceType,
    price: Decimal,
    now: datetime,
    channel_kind: str = "",
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> PriceOverride:
    """An exception to the grid; an earlier one for the same cell and channel ends where this one begins."""
    _check_price(price)
    start = valid_from or now
    cell = {"performance": performance, "rank": rank, "price_type": price_type, "channel_kind": channel_kind}
    PriceOverride.objects.filter(**cell, valid_from__lt=start, valid_until__isnull=True).update(valid_until=start)
    override = PriceOverride()
    write_fields(override, {**cell, "price": price, "valid_from": start, "valid_until": valid_until})
    performance_changed(performance, "prices", now=now)
    return override


@transaction.atomic
def end_override(*, override_id: int, now: datetime) -> PriceOverride:
    override = PriceOverride.objects.select_for_update(of=("self",)).select_related("performance").get(pk=override_id)
    write_fields(override, {"valid_until": now})
    performance_changed(override.performance, "prices", now=now)
    return override


# Fees


@transaction.atomic
def create_fee(*, house: House, **details: Unpack[FeeDetails]) -> Fee:
    fee = Fee(house=house)
    write_fields(fee, details)
    programme_changed(house.pk)
    return fee


@transaction.atomic
def update_fee(*, fee_id: int, **changes: Unpack[FeeDetails]) -> Fee:
    fee = Fee.objects.select_for_update().get(pk=fee_id)
    write_fields(fee, changes)
    programme_changed(fee.house_id)
    return fee
