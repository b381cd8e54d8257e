"""Seats wheelchair users with their companions and the rest of the party: one request, exempt from the orphan rule."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.free_line import Free, FreeLine

# Anchors tried: wheelchair places are few, and the best offer lies near one of the best of them.
MOST_ANCHORS = 24
# A party counts as together when nobody sits further than this many seats from the nearest of its others.
TOGETHER_WITHIN = 3.0

XY = tuple[float, float]


def beside_wheelchairs(
    plan: CompiledPlan, free: Free, wheelchairs: int, companions: int, seats: int, ranks: Sequence[int]
) -> tuple[tuple[int, ...], bool] | None:
    """The places and whether they are together; None when there are not enough."""
    open_places = [
        i for i, kind in enumerate(plan.kinds) if kind == "wheelchair" and free[i] and plan.rank_of[i] in ranks
    ]
    open_places.sort(key=lambda index: (plan.distances[index], index))
    if len(open_places) < wheelchairs:
        return None
    offers = []
    for anchor in open_places[:MOST_ANCHORS]:
        near = sorted(open_places, key=lambda index: (_between(plan, anchor, index), index))[:wheelchairs]
        places = _with_others(plan, free, near, companions, seats, ranks)
        if places:
            offers.append((not _is_together(plan, places), _spread(plan, places), anchor, places))
    if not offers:
        return None
    apart, _spread_out, _anchor, places = min(offers)
    return places, not apart


def _with_others(
    plan: CompiledPlan, free: Free, near: list[int], companions: int, seats: int, ranks: Sequence[int]
) -> tuple[int, ...] | None:
    """Companion seats of these wheelchair places first; whoever remains gets ordinary seats beside them."""
    beside = [i for w in near for i in _companions_of(plan, w) if free[i]]
    taken = list(dict.fromkeys(beside))[:companions]
    chosen = [*near, *taken]
    rest = companions - len(taken) + seats
    others = _ordinary_near(plan, free, chosen, rest, ranks) if rest else ()
    return None if others is None else (*chosen, *others)


def _companions_of(plan: CompiledPlan, wheelchair: int) -> Sequence[int]:
    """Those the plan names, else the companion seats directly beside."""
    if wheelchair in plan.companions:
        return plan.companions[wheelchair]
    sides = (plan.neighbours.left[wheelchair], plan.neighbours.right[wheelchair])
    return [index for index in sides if index >= 0 and plan.kinds[index] == "companion"]


def _ordinary_near(
    plan: CompiledPlan, free: Free, chosen: list[int], count: int, ranks: Sequence[int]
) -> tuple[int, ...] | None:
    line = FreeLine(plan, free)
    middle = (sum(plan.x[i] for i in chosen) / len(chosen), sum(plan.y[i] for i in chosen) / len(chosen))
    windows = [
        (math.dist(middle, _middle(plan, places)), places)
        for rank in ranks
        for window in line.windows(count, rank)
        for places in (line.places(window),)
    ]
    if windows:
        return min(windows)[1]
    singles = [i for p, i in enumerate(line.line.places) if line.seats[p] and line.seats[p] - 1 in ranks]
    singles.sort(key=lambda i: (math.dist(middle, (plan.x[i], plan.y[i])), i))
    return tuple(singles[:count]) if len(singles) >= count else None


def _middle(plan: CompiledPlan, places: Sequence[int]) -> XY:
    return (plan.x[places[0]] + plan.x[places[-1]]) / 2, (plan.y[places[0]] + plan.y[places[-1]]) / 2


def _between(plan: CompiledPlan, one: int, other: int) -> float:
    return math.dist((plan.x[one], plan.y[one]), (plan.x[other], plan.y[other]))


def _is_together(plan: CompiledPlan, places: Sequence[int]) -> bool:
    """Everybody can be reached from everybody in steps of a few seats."""
    reach = TOGETHER_WITHIN * plan.pitch
    reached, waiting = {places[0]}, [places[0]]
    while waiting:
        here = waiting.pop()
        close = [i for i in places if i not in reached and _between(plan, here, i) <= reach]
        reached.update(close)
        waiting += close
    return len(reached) == len(places)


def _spread(plan: CompiledPlan, places: Sequence[int]) -> float:
    """How far from each other, then how far from the stage."""
    middle = (sum(plan.x[i] for i in places) / len(places), sum(plan.y[i] for i in places) / len(places))
    apart = sum(math.dist(middle, (plan.x[i], plan.y[i])) for i in places)
    return apart + 0.25 * sum(plan.distances[i] for i in places)
