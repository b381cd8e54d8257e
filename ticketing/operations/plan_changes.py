"""Gives a performance another version of its seating plan while its seats keep their holders.

Seats are known by their id in the plan, so tickets, holds and blocks stay where they are; what a new version takes
away must be free and without history. Maps that are open in browsers show the new hall when they are loaded again.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Contingent, OrderLine, Performance, Place, SeatingPlanVersion, Ticket
from ticketing.operations.inventory import OverCapacity, PlanMissing, VariantUnknown, insert_places, place_columns
from ticketing.operations.programme import locked_performance, performance_changed
from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.versions import Difference, difference


class OtherPlan(TicketingError):
    code = "plan_of_another_hall"
    message = _("This version belongs to another seating plan.")


class SeatsInUse(TicketingError):
    code = "seats_in_use"
    message = _("The new version drops seats that are or were taken: %(seats)s.")
    status = 409


# The index is unique per performance: all leave for negative numbers before any takes its new one.
_MAKE_ROOM = "UPDATE ticketing_place SET index = -1 - index WHERE performance_id = %s"
_RENUMBER = """
UPDATE ticketing_place SET index = row.index, code = row.code, area = row.area, rank_id = row.rank_id, kind = row.kind
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[])
  AS row(index, code, seat, area, rank_id, kind)
WHERE performance_id = %s AND ticketing_place.seat = row.seat
"""


def plan_difference(old: SeatingPlanVersion, new: SeatingPlanVersion) -> Difference:
    """Seat by seat: kept, moved, gone, new. What a person sees before saying yes."""
    return difference(CompiledPlan.from_json(old.compiled), CompiledPlan.from_json(new.compiled))


@transaction.atomic
def change_plan_version(*, performance_id: int, version_id: int, now: datetime) -> Difference:
    performance = locked_performance(performance_id)
    if performance.plan_version is None:
        raise PlanMissing
    version = SeatingPlanVersion.objects.get(pk=version_id)
    if version.plan_id != performance.plan_version.plan_id:
        raise OtherPlan
    new = _set_up(version, performance)
    changes = plan_difference(performance.plan_version, version)
    rows = dict(Place.objects.select_for_update().filter(performance=performance).values_list("seat", "code"))
    _remove_gone(performance, rows.keys() - {new.ids[index] for index in new.places}, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_MAKE_ROOM, [performance.pk])
        kept = [index for index in new.places if new.ids[index] in rows]
        cursor.execute(_RENUMBER, [*place_columns(performance, new, kept), performance.pk])
    insert_places(performance, new, [index for index in new.places if new.ids[index] not in rows])
    _translate_rules(
        performance, {code: new.codes[new.index_of[seat]] for seat, code in rows.items() if seat in new.index_of}
    )
    performance.plan_version = version
    performance.save(update_fields=["plan_version"])
    SeatingPlanVersion.objects.filter(pk=version.pk, frozen_at__isnull=True).update(frozen_at=now)
    performance_changed(performance, "plan", now=now)
    return changes


def _set_up(version: SeatingPlanVersion, performance: Performance) -> CompiledPlan:
    plan = CompiledPlan.from_json(version.compiled)
    if performance.plan_variant not in ("", *(variant.code for variant in plan.variants)):
        raise VariantUnknown(variant=performance.plan_variant)
    plan = plan.for_variant(performance.plan_variant)
    if len(plan.places) > performance.hall.licensed_capacity:
        raise OverCapacity(places=len(plan.places), ceiling=performance.hall.licensed_capacity)
    return plan


def _remove_gone(performance: Performance, seats: set[str], *, now: datetime) -> None:
    gone = Place.objects.filter(performance=performance, seat__in=seats)
    free = Q(state=Place.State.AVAILABLE) | Q(state=Place.State.HELD, held_until__lte=now)
    history = Exists(OrderLine.objects.filter(place=OuterRef("pk"))) | Exists(
        Ticket.objects.filter(place=OuterRef("pk"))
    )
    in_use = gone.filter(~free | Q(history)).order_by("index").values_list("seat", flat=True)
    if in_use:
        raise SeatsInUse(seats=", ".join(in_use))
    gone.delete()


def _translate_rules(performance: Performance, codes: dict[str, str]) -> None:
    """A contingent that names places means the same seats under their new codes."""
    for contingent in Contingent.objects.filter(performance=performance, rule__has_key="places"):
        contingent.rule["places"] = [codes[code] for code in contingent.rule["places"] if code in codes]
        contingent.save(update_fields=["rule"])
