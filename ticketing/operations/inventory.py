"""Makes the places of a performance from its seating plan, and keeps some of them back.

A block takes places out of sale one by one; a contingent is a rule over places that names who may sell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import PlacesFreed
from ticketing.models import Block, Contingent, ContingentSlot, Performance, Place, Rank, SeatingPlanVersion
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.programme import PlanOfOtherHall, locked_performance, performance_changed
from ticketing.seating.compiled import CompiledPlan

BLOCKED = {Block.Kind.SOFT: Place.State.BLOCKED_SOFT, Block.Kind.HARD: Place.State.BLOCKED_HARD}


class PlacesExist(TicketingError):
    code = "places_exist"
    message = _("This performance has its places already.")
    status = 409


class PlanMissing(TicketingError):
    code = "plan_missing"
    message = _("Choose a seating plan for this performance first.")


class VariantUnknown(TicketingError):
    code = "plan_variant_unknown"
    message = _("The seating plan has no variant %(variant)s.")


class OverCapacity(TicketingError):
    code = "over_licensed_capacity"
    message = _("The plan has %(places)s places, the hall may hold %(ceiling)s.")


class RankUnknown(TicketingError):
    code = "rank_unknown"
    message = _("The house has no rank named %(ranks)s. Make it first.")


class PlacesTaken(TicketingError):
    code = "places_taken"
    message = _("These places are in a basket, reserved, sold or blocked already: %(places)s.")
    status = 409


class PlacesUnknown(TicketingError):
    code = "places_unknown"
    message = _("This performance has no places %(places)s.")
    status = 404


class StillOnSale(TicketingError):
    code = "performance_still_on_sale"
    message = _("Take the performance off sale first.")
    status = 409


class ContingentsLeft(TicketingError):
    code = "contingents_left"
    message = _("Take the contingents of this performance away first: they are rules over its places.")
    status = 409


class RuleRefused(TicketingError):
    code = "contingent_rule_refused"
    message = _("A contingent is a rule over ranks, areas or places of this performance: %(reason)s.")


# The places themselves

_INSERT = """
INSERT INTO ticketing_place (performance_id, index, code, seat, area, rank_id, kind, state, changed_xid)
SELECT %s, row.index, row.code, row.seat, row.area, row.rank_id, row.kind, 'available', 0
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[])
  AS row(index, code, seat, area, rank_id, kind)
"""


@transaction.atomic
def create_places(*, performance_id: int, now: datetime) -> int:
    """One row per place of the plan and its variant; from here on the plan version never changes. Returns how many."""
    performance = locked_performance(performance_id)
    if Place.objects.filter(performance=performance).exists():
        raise PlacesExist
    if performance.plan_version_id is None:
        raise PlanMissing
    version = SeatingPlanVersion.objects.get(pk=performance.plan_version_id)
    plan = CompiledPlan.from_json(version.compiled)
    if performance.plan_variant not in ("", *(variant.code for variant in plan.variants)):
        raise VariantUnknown(variant=performance.plan_variant)
    plan = plan.for_variant(performance.plan_variant)
    places = plan.places
    if len(places) > performance.hall.licensed_capacity:
        raise OverCapacity(places=len(places), ceiling=performance.hall.licensed_capacity)
    insert_places(performance, plan, places)
    SeatingPlanVersion.objects.filter(pk=version.pk, frozen_at__isnull=True).update(frozen_at=now)
    performance_changed(performance, "places", now=now)
    return len(places)


@transaction.atomic
def remove_places(*, performance_id: int, now: datetime) -> None:
    """Takes untouched places away again, for another plan or variant."""
    performance = locked_performance(performance_id)
    if performance.state == Performance.State.ON_SALE:
        raise StillOnSale
    if performance.contingents.exists():
        raise ContingentsLeft
    # Locked, so that nobody takes a place between this look and its going.
    places = list(Place.objects.select_for_update().filter(performance=performance).order_by("index"))
    taken = [place.code for place in places if not _is_free(place, now)]
    if taken or performance.lines.exists() or performance.tickets.exists():
        raise PlacesTaken(places=", ".join(taken[:10]) or "…")
    Place.objects.filter(performance=performance).delete()
    performance_changed(performance, "places", now=now)


@transaction.atomic
def choose_plan(
    *, performance_id: int, plan_version: SeatingPlanVersion | None, plan_variant: str, now: datetime
) -> Performance:
    """Another plan or variant, while no place was made of the one before."""
    performance = locked_performance(performance_id)
    if Place.objects.filter(performance=performance).exists():
        raise PlacesExist
    if plan_version is not None and plan_version.plan.hall_id != performance.hall_id:
        raise PlanOfOtherHall
    write_fields(performance, {"plan_version": plan_version, "plan_variant": plan_variant})
    performance_changed(performance, "plan", now=now)
    return performance


def insert_places(performance: Performance, plan: CompiledPlan, places: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [performance.pk, *place_columns(performance, plan, places)])


def place_columns(performance: Performance, plan: CompiledPlan, places: list[int]) -> tuple[list[Any], ...]:
    """Index, code, seat, area, rank and kind of these places, as the inventory keeps them."""
    ranks = dict(Rank.objects.filter(house_id=performance.house_id).values_list("code", "pk"))
    wanted = [plan.ranks[plan.rank_of[index]].code for index in places]
    unknown = set(wanted) - ranks.keys()
    if unknown:
        raise RankUnknown(ranks=", ".join(sorted(unknown)))
    return (
        places,
        [plan.codes[index] for index in places],
        [plan.ids[index] for index in places],
        [plan.areas[plan.area_of[index]].code for index in places],
        [ranks[code] for code in wanted],
        [plan.kinds[index] for index in places],
    )


# Blocks


@transaction.atomic
def place_block(
    *,
    performance_id: int,
    places: Collection[str],
    kind: str,
    owner: str,
    now: datetime,
    reason: str = "",
    release_at: datetime | None = None,
) -> Block:
    """Keeps the places with these codes back; refused as a whole when one of them is not free."""
    performance = locked_performance(performance_id)
    block = Block(performance=performance, created_at=now)
    write_fields(block, {"kind": kind, "owner": owner, "reason": reason, "release_at": release_at})
    _take(performance_id, places, block, now=now)
    performance_changed(performance, "blocked", now=now)
    return block


@transaction.atomic
def release_block(*, block_id: int, now: datetime, places: Collection[str] | None = None) -> int:
    """Back on sale: all places of the block, or those with the given codes. A block without places is gone."""
    block = Block.objects.select_for_update(of=("self",)).select_related("performance").get(pk=block_id)
    chosen = Place.objects.filter(block=block)
    if places is not None:
        chosen = chosen.filter(code__in=places)
    freed = chosen.filter(state=BLOCKED[Block.Kind(block.kind)]).update(state=Place.State.AVAILABLE, block=None)
    if not Place.objects.filter(block=block).exists():
        block.delete()
    if freed:
        record(PlacesFreed(performance_id=block.performance_id, count=freed), now=now)
    performance_changed(block.performance, "released", now=now)
    return freed


@transaction.atomic
def move_block(*, block_id: int, places: Collection[str], now: datetime) -> Block:
    """The block keeps its owner, reason and release time and now holds exactly these places."""
    block = Block.objects.select_for_update(of=("self",)).select_related("performance").get(pk=block_id)
    held = set(Place.objects.filter(block=block).values_list("code", flat=True))
    freed = Place.objects.filter(block=block).exclude(code__in=places)
    count = freed.update(state=Place.State.AVAILABLE, block=None)
    _take(block.performance_id, set(places) - held, block, now=now)
    if count:
        record(PlacesFreed(performance_id=block.performance_id, count=count), now=now)
    performance_changed(block.performance, "blocked", now=now)
    return block


@transaction.atomic
def release_due_blocks(*, now: datetime) -> int:
    """Soft blocks whose time has come; returns how many places came back on sale."""
    due = Block.objects.filter(kind=Block.Kind.SOFT, release_at__lte=now).order_by("pk")
    return sum(release_block(block_id=block.pk, now=now) for block in due.select_for_update(skip_locked=True))


def _take(performance_id: int, codes: Collection[str], block: Block, *, now: datetime) -> None:
    rows = Place.objects.select_for_update(of=("self",)).filter(performance_id=performance_id, code__in=codes)
    found = list(rows.order_by("index"))
    missing = set(codes) - {place.code for place in found}
    if missing:
        raise PlacesUnknown(places=", ".join(sorted(missing)))
    taken = [place.code for place in found if not _is_free(place, now)]
    if taken:
        raise PlacesTaken(places=", ".join(taken))
    Place.objects.filter(pk__in=[place.pk for place in found]).update(
        state=BLOCKED[Block.Kind(block.kind)], block=block, held_until=None, holder=None
    )


def _is_free(place: Place, now: datetime) -> bool:
    if place.state == Place.State.HELD:
        return place.held_until is not None and place.held_until <= now
    return place.state == Place.State.AVAILABLE


# Contingents


@transaction.atomic
def create_contingent(
    *,
    performance_id: int,
    name: Text,
    channels: Iterable[str],
    now: datetime,
    rule: Mapping[str, list[str]] | None = None,
    cap: int | None = None,
    release_at: datetime | None = None,
) -> Contingent:
    performance = locked_performance(performance_id)
    _check_rule(performance, rule or {})
    contingent = Contingent(performance=performance)
    values: dict[str, Any] = {"name": name, "rule": rule or {}, "channels": list(channels), "cap": cap}
    write_fields(contingent, {**values, "release_at": release_at})
    ContingentSlot.objects.bulk_create(ContingentSlot(contingent=contingent) for _slot in range(cap or 0))
    _show_again(performance)
    performance_changed(performance, "contingents", now=now)
    return contingent


@transaction.atomic
def release_contingent(*, contingent_id: int, now: datetime) -> Contingent:
    """Everybody may sell the rest from now on."""
    contingent = _locked_contingent(contingent_id)
    write_fields(contingent, {"release_at": now})
    _show_again(contingent.performance)
    performance_changed(contingent.performance, "contingents", now=now)
    return contingent


@transaction.atomic
def remove_contingent(*, contingent_id: int, now: datetime) -> None:
    contingent = _locked_contingent(contingent_id)
    contingent.delete()
    _show_again(contingent.performance)
    performance_changed(contingent.performance, "contingents", now=now)


def _show_again(performance: Performance) -> None:
    """A rule changes what screens show without touching a place: stamp them all, so that everybody hears of it."""
    Place.objects.filter(performance=performance).update(changed_xid=0)


def _locked_contingent(contingent_id: int) -> Contingent:
    rows = Contingent.objects.select_for_update(of=("self",)).select_related("performance")
    return rows.get(pk=contingent_id)


def _check_rule(performance: Performance, rule: Mapping[str, list[str]]) -> None:
    columns = {"ranks": "rank__code", "areas": "area", "places": "code"}
    for key, wanted in rule.items():
        if key not in columns:
            raise RuleRefused(reason=key)
        known = Place.objects.filter(performance=performance, **{f"{columns[key]}__in": wanted})
        missing = set(wanted) - set(known.values_list(columns[key], flat=True).distinct())
        if missing:
            raise RuleRefused(reason=", ".join(sorted(missing)))
