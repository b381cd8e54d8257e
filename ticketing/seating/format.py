"""Reads and writes `parterre.seatingplan` version 1. Export of an import is the same file, value for value."""

from __future__ import annotations

from typing import Any

from ticketing.seating.checks import check_plan
from ticketing.seating.faults import Faults
from ticketing.seating.json_files import parse_json
from ticketing.seating.plan import Plan, Written
from ticketing.seating.readers import keys_of, nested

_read_plan = nested(Plan)


def load_plan(data: bytes | str) -> Plan:
    """The plan in a file; raises `PlanRefused` with every fault in it."""
    return plan_from_document(parse_json(data))


def plan_from_document(document: Any) -> Plan:
    faults = Faults()
    plan: Plan = _read_plan(document, (), faults)
    if plan is not None:
        check_plan(plan, faults)
    faults.raise_if_any()
    return plan


def dump_plan(plan: Plan) -> dict[str, Any]:
    document: dict[str, Any] = _written(plan)
    return document


def _written(value: Any) -> Any:
    if isinstance(value, Written):
        kind: Any = type(value)
        return {
            name: _written(getattr(value, name))
            for name, key in keys_of(kind).items()
            if key.required or name in value.spelled or getattr(value, name) != key.default
        }
    return [_written(entry) for entry in value] if isinstance(value, tuple) else value
