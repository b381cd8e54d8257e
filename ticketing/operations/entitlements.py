"""Memberships at work: every place at a member's tariff takes one of its slots for that performance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Entitlement, EntitlementUse, OrderLine, PriceType
from ticketing.operations.fields import write_fields
from ticketing.queries.customers import entitled
from ticketing.queries.pricing import Period
from ticketing.queries.terms import SaleTerms


class NoSlotLeft(TicketingError):
    code = "membership_used"
    message = _("Your right to “%(tariff)s” is used up for this performance. Choose another tariff for some places.")
    status = 409


@transaction.atomic
def grant(
    *,
    customer_id: int,
    price_type: PriceType,
    source: str,
    valid_from: date,
    slots: int = 1,
    valid_until: date | None = None,
) -> Entitlement:
    """From one day on, or until a last one, somebody may have so many places of each performance at this tariff."""
    right = Entitlement()
    values = {"customer_id": customer_id, "price_type": price_type, "source": source, "slots": slots}
    write_fields(right, {**values, "valid_from": valid_from, "valid_until": valid_until})
    return right


@transaction.atomic
def end(*, entitlement_id: int, last_day: date) -> Entitlement:
    """Judged on the day of the performance: what was booked for later nights stays booked."""
    right = Entitlement.objects.select_for_update().get(pk=entitlement_id)
    write_fields(right, {"valid_until": last_day})
    return right


def take_slots(
    lines: Sequence[OrderLine], *, terms: Mapping[int, SaleTerms], customer_id: int | None, now: datetime
) -> None:
    """For the transaction that places an order. A label has no slots: whoever has it may take as many as allowed."""
    wanted: defaultdict[tuple[int, int], list[OrderLine]] = defaultdict(list)
    for line in lines:
        if line.performance_id is not None and line.price_type_id is not None and _needs_right(line, terms):
            wanted[line.performance_id, line.price_type_id].append(line)
    if not wanted:
        return
    brought = entitled(customer_id) if customer_id else None
    for (performance_id, price_type_id), sold in wanted.items():
        found = terms[performance_id]
        kind, day = found.price_types[price_type_id], timezone.localdate(found.starts_at)
        label = str((kind.condition("label") or {}).get("code"))
        if brought is not None and brought.has_label(found.house.id, label, day=day):
            continue
        free = _free_slots(customer_id, price_type_id=price_type_id, terms=found) if customer_id else []
        if len(free) < len(sold):
            raise NoSlotLeft(tariff=str(kind.name))
        EntitlementUse.objects.bulk_create(
            [
                EntitlementUse(entitlement_id=right, performance_id=performance_id, slot=slot, line=line)
                for (right, slot), line in zip(free, sold, strict=False)
            ]
        )


def give_back_slots(*, line_ids: Sequence[int]) -> None:
    EntitlementUse.objects.filter(line_id__in=line_ids).delete()


def _needs_right(line: OrderLine, terms: Mapping[int, SaleTerms]) -> bool:
    assert line.performance_id is not None and line.price_type_id is not None
    return terms[line.performance_id].price_types[line.price_type_id].condition("label") is not None


def _free_slots(customer_id: int, *, price_type_id: int, terms: SaleTerms) -> list[tuple[int, int]]:
    """Locked, so that two orders at once cannot count the same slot as theirs."""
    day = timezone.localdate(terms.starts_at)
    rights = Entitlement.objects.select_for_update(no_key=True).filter(
        customer_id=customer_id, price_type_id=price_type_id
    )
    slots = [
        (right.pk, slot)
        for right in rights.order_by("id")
        if Period(right.valid_from, right.valid_until).covers(day)
        for slot in range(1, right.slots + 1)
    ]
    used = EntitlementUse.objects.filter(
        performance_id=terms.performance_id, entitlement_id__in={right for right, _slot in slots}
    )
    taken = set(used.values_list("entitlement_id", "slot"))
    return [slot for slot in slots if slot not in taken]
