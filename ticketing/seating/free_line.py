"""The free places of a hall as one line of bytes, in which runs of seats are found at the speed of a regex.

One reading of "free", "neighbour" and "left alone" for the orphan rule and for best available.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from ticketing.seating.compiled import CompiledPlan

# Wheelchair and companion places are offered as a pair only; a table sold whole is not sold by the seat.
ORDINARY = ("seat", "table")
# A seat with restricted view counts as this many seats further from the stage.
RESTRICTED_VIEW_COSTS = 6

_TO_FULL_BYTE = bytes([0]) + b"\xff" * 255

Free = bytes | bytearray


@dataclass(frozen=True)
class Line:
    """What never changes of a plan's line: the place at each position, its rank (0 = no ordinary seat), costs."""

    places: tuple[int, ...]
    ranks: bytes
    ranks_number: int
    costs_before: tuple[float, ...]
    position_of: dict[int, int]


@lru_cache(maxsize=64)
def line_of(plan: CompiledPlan) -> Line:
    places = plan.neighbours.line
    nobody = len(plan)
    ranks = bytes(
        0 if index == nobody or not _is_ordinary(plan, index) else plan.rank_of[index] + 1 for index in places
    )
    costs, total = [0.0], 0.0
    for index in places:
        total += 0 if index == nobody else _cost(plan, index)
        costs.append(total)
    positions = {index: position for position, index in enumerate(places) if index != nobody}
    return Line(places, ranks, int.from_bytes(ranks), tuple(costs), positions)


def _is_ordinary(plan: CompiledPlan, index: int) -> bool:
    return plan.kinds[index] in ORDINARY and plan.areas[plan.area_of[index]].bookable != "whole"


def _cost(plan: CompiledPlan, index: int) -> float:
    restricted = "restricted_view" in plan.attrs.get(index, ())
    return plan.distances[index] + restricted * RESTRICTED_VIEW_COSTS * plan.pitch


@dataclass(frozen=True, order=True)
class Window:
    """Neighbouring free seats of one rank: `size` positions of the line from `start`."""

    cost: float
    start: int
    size: int
    leaves_one: bool


class FreeLine:
    """`free` has one byte per place of the plan: 1 free, 0 not (sold, held, blocked, out of this channel)."""

    def __init__(self, plan: CompiledPlan, free: Free) -> None:
        self.plan = plan
        self.line = line_of(plan)
        padded = bytes(free).translate(_TO_FULL_BYTE) + b"\x00"
        self._free = bytes(itemgetter(*self.line.places)(padded)) if len(self.line.places) > 1 else b"\x00"
        both = int.from_bytes(self._free) & self.line.ranks_number
        self.seats = both.to_bytes(len(self._free))

    def runs(self, rank: int, least: int) -> Iterator[tuple[int, int]]:
        """Stretches of at least so many free seats of this rank side by side, as positions from … to (excluded)."""
        for match in re.finditer(rb"\x%02x{%d,}" % (rank + 1, least), self.seats):
            yield match.span()

    def is_closed(self, position: int, rank: int) -> bool:
        """Nobody can join from this side: aisle, wall or a taken seat of the same rank. Other ranks count as free."""
        index = self.line.places[position]
        return index == len(self.plan) or (self.plan.rank_of[index] == rank and not self._free[position])

    def windows(self, size: int, rank: int) -> Iterator[Window]:
        costs = self.line.costs_before
        for start, end in self.runs(rank, size):
            alone = self._offsets_leaving_one(start, end, size, rank)
            for at in range(start, end - size + 1):
                yield Window(costs[at + size] - costs[at], at, size, at in alone)

    def best(self, size: int, ranks: Sequence[int], *, leaving_one: bool) -> Window | None:
        """The window nearest the focal point; with `leaving_one` those count that leave a single seat."""
        found: tuple[float, int] | None = None
        costs = self.line.costs_before
        for rank in ranks:
            for start, end in self.runs(rank, size):
                alone = () if leaving_one else self._offsets_leaving_one(start, end, size, rank)
                for at in range(start, end - size + 1):
                    cost = costs[at + size] - costs[at]
                    if (found is None or cost < found[0]) and at not in alone:
                        found = (cost, at)
        return Window(*found, size, leaving_one) if found else None

    def _offsets_leaving_one(self, start: int, end: int, size: int, rank: int) -> set[int]:
        left, right = start + 1, end - size - 1
        alone = set()
        if left + size <= end and self.is_closed(start - 1, rank):
            alone.add(left)
        if right >= start and self.is_closed(end, rank):
            alone.add(right)
        return alone

    def places(self, window: Window) -> tuple[int, ...]:
        return self.line.places[window.start : window.start + window.size]
