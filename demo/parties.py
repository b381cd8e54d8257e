"""How a hall fills: every row cut into parties of two to four, so that nobody ever leaves one seat alone."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from ticketing.seating.compiled import CompiledPlan

Party = tuple[str, ...]


def parties(plan: CompiledPlan, random: Random) -> list[Party]:
    """Parties of neighbours, the ones with the better view more or less first."""
    found: list[tuple[float, Party]] = []
    for row in plan.rows:
        for stretch in _stretches(plan, row.places):
            found += [
                (_distance(plan, party) ** 0.6 * random.uniform(0.35, 1.6), tuple(plan.codes[index] for index in party))
                for party in _cut(stretch, random)
            ]
    return [party for _distance_, party in sorted(found)]


def standing_places(plan: CompiledPlan) -> int:
    return sum(area.count for area in plan.areas if area.kind == "standing")


def _stretches(plan: CompiledPlan, places: Iterable[int]) -> Iterable[list[int]]:
    """Seats beside each other: an aisle or a place for a wheelchair ends a stretch."""
    stretch: list[int] = []
    for index in places:
        if plan.kinds[index] == "seat" and plan.present[index]:
            stretch.append(index)
        if stretch and (plan.kinds[index] != "seat" or index in plan.gaps):
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _cut(stretch: list[int], random: Random) -> Iterable[list[int]]:
    """Parties of two, three and four; the last one takes what is left rather than leave one."""
    start = 0
    while start < len(stretch):
        left = len(stretch) - start
        size = left if left <= 4 else random.choice((2, 2, 2, 3, 4))
        if left - size == 1:
            size = 3 if left == 4 else size + 1
        yield stretch[start : start + size]
        start += size


def _distance(plan: CompiledPlan, party: list[int]) -> float:
    return sum(plan.distances[index] for index in party) / len(party) + 40
