"""Seats a party in two rows behind each other, as evenly as it can."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.free_line import FreeLine, Window

# Behind each other means that the middles of both groups lie at most so many seats apart.
FARTHEST_APART = 2.5
# Tries even halves first, then this many steps less even: nobody wants nine in front and one behind.
STEPS_FROM_EVEN = 2

XY = tuple[float, float]
Pair = tuple[Window, Window]


def two_rows(line: FreeLine, size: int, ranks: Sequence[int]) -> tuple[int, ...] | None:
    for front, back in _splits(size):
        for leaving_one in (False, True):
            found = _best_pair(line, front, back, ranks, leaving_one)
            if found:
                return line.places(found[0]) + line.places(found[1])
    return None


def _splits(size: int) -> Iterator[tuple[int, int]]:
    for step in range(STEPS_FROM_EVEN + 1):
        more, fewer = size - size // 2 + step, size // 2 - step
        if fewer >= (2 if size > 3 else 1):
            yield more, fewer
            if more != fewer:
                yield fewer, more


def _best_pair(line: FreeLine, front: int, back: int, ranks: Sequence[int], leaving_one: bool) -> Pair | None:
    best: tuple[float, Pair] | None = None
    for rank in ranks:
        fronts = _by_row(line, front, rank, leaving_one)
        backs = fronts if front == back else _by_row(line, back, rank, leaving_one)
        pairs = [(a, b) for a, b in _following_rows(line.plan) if a in fronts and b in backs]
        pairs.sort(key=lambda rows: fronts[rows[0]][0].cost + backs[rows[1]][0].cost)
        for a, b in pairs:
            if best and fronts[a][0].cost + backs[b][0].cost >= best[0]:
                break
            best = _best_of_rows(line, fronts[a], backs[b], best)
    return best[1] if best else None


def _best_of_rows(
    line: FreeLine, fronts: list[Window], backs: list[Window], best: tuple[float, Pair] | None
) -> tuple[float, Pair] | None:
    reach = FARTHEST_APART * line.plan.pitch
    middles = [(window, _middle(line, window)) for window in backs]
    for front in fronts:
        if best and front.cost + backs[0].cost >= best[0]:
            break
        at = _middle(line, front)
        for back, middle in middles:
            cost = front.cost + back.cost
            if best and cost >= best[0]:
                break
            apart = math.dist(at, middle)
            if apart <= reach and (not best or cost + apart < best[0]):
                best = (cost + apart, (front, back))
    return best


def _by_row(line: FreeLine, size: int, rank: int, leaving_one: bool) -> dict[int, list[Window]]:
    """The windows of each row, the best first."""
    rows: dict[int, list[Window]] = {}
    for window in line.windows(size, rank):
        if leaving_one or not window.leaves_one:
            rows.setdefault(line.plan.row_of[line.line.places[window.start]], []).append(window)
    for windows in rows.values():
        windows.sort()
    return rows


@lru_cache(maxsize=64)
def _following_rows(plan: CompiledPlan) -> tuple[tuple[int, int], ...]:
    return tuple(
        (first, second)
        for first, second in pairwise(range(len(plan.rows)))
        if plan.rows[first].area == plan.rows[second].area
    )


def _middle(line: FreeLine, window: Window) -> XY:
    """Halfway the first and the last seat: exact enough, and asked for thousands of windows."""
    first, last = line.line.places[window.start], line.line.places[window.start + window.size - 1]
    plan = line.plan
    return (plan.x[first] + plan.x[last]) / 2, (plan.y[first] + plan.y[last]) / 2
