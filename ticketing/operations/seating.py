"""Stores seating plans in numbered versions: each is checked and made ready for sale when it is stored."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from ticketing.models import Hall, SeatingPlan, SeatingPlanVersion
from ticketing.operations.fields import write_fields
from ticketing.seating.compiled import compile_plan
from ticketing.seating.format import dump_plan, plan_from_document
from ticketing.seating.json_files import parse_json
from ticketing.seating.plan import FORMAT
from ticketing.seating.pretix_layout import import_pretix


@transaction.atomic
def create_plan(*, hall: Hall, name: str) -> SeatingPlan:
    plan = SeatingPlan()
    write_fields(plan, {"hall": hall, "name": name})
    return plan


@transaction.atomic
def store_plan_version(*, plan: SeatingPlan, document: dict[str, Any], now: datetime) -> SeatingPlanVersion:
    """`document` is in our own format; raises `PlanRefused` with every fault in it. The same plan is stored once."""
    compiled = compile_plan(plan_from_document(document))
    checksum = hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    locked = SeatingPlan.objects.select_for_update().get(pk=plan.pk)
    last = locked.versions.order_by("-number").first()
    if last is not None and last.checksum == checksum:
        return last
    number = last.number + 1 if last is not None else 1
    return SeatingPlanVersion.objects.create(
        plan=locked,
        number=number,
        document=document,
        compiled=compiled.to_json(),
        checksum=checksum,
        place_count=len(compiled.places),
        created_at=now,
    )


def import_plan_file(
    *, plan: SeatingPlan, data: bytes, now: datetime, ids_from_uuid: bool = False
) -> SeatingPlanVersion:
    """A file in our own format, or a pretix layout; raises `PlanRefused` with every fault in it and stores nothing."""
    document = parse_json(data)
    if not (isinstance(document, dict) and document.get("format") == FORMAT):
        document = dump_plan(import_pretix(document, ids_from_uuid=ids_from_uuid).plan)
    return store_plan_version(plan=plan, document=document, now=now)
