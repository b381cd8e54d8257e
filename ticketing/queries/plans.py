"""Compiled seating plans, kept in the process: a plan version that a performance uses is frozen for ever."""

from __future__ import annotations

from functools import lru_cache

from ticketing.models import Performance, SeatingPlanVersion
from ticketing.seating.compiled import CompiledPlan


@lru_cache(maxsize=128)
def compiled_plan(version_id: int) -> CompiledPlan:
    return CompiledPlan.from_json(SeatingPlanVersion.objects.values_list("compiled", flat=True).get(id=version_id))


@lru_cache(maxsize=512)
def plan_of(version_id: int, variant: str) -> CompiledPlan:
    return compiled_plan(version_id).for_variant(variant)


def plan_of_performance(performance: Performance) -> CompiledPlan | None:
    if performance.plan_version_id is None:
        return None
    return plan_of(performance.plan_version_id, performance.plan_variant)
