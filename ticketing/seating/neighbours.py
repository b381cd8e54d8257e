"""Who sits beside whom: the physical order of a row, cut where the plan says that something stands between."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ticketing.seating.compiled import CompiledPlan

NOBODY = -1


@dataclass(frozen=True)
class Neighbours:
    """`left` and `right` hold a place index or NOBODY. `line` is the whole hall as one line of unbroken stretches,
    each followed by the number of places, which is nobody's index: the shape in which runs are searched fast."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    line: tuple[int, ...]

    def are_adjacent(self, one: int, other: int) -> bool:
        return self.right[one] == other or self.left[one] == other


def find_neighbours(plan: CompiledPlan) -> Neighbours:
    left, right = [NOBODY] * len(plan), [NOBODY] * len(plan)
    line: list[int] = [len(plan)]
    for stretch in _stretches(plan):
        for before, after in itertools.pairwise(stretch):
            right[before], left[after] = after, before
        line += [*stretch, len(plan)]
    return Neighbours(tuple(left), tuple(right), tuple(line))


def _stretches(plan: CompiledPlan) -> Iterator[list[int]]:
    """A seat swapped out leaves no hole (its swap stands there), one taken out of the hall does."""
    swapped_out = {seat for swap, seats in plan.swaps.items() if plan.present[swap] for seat in seats}
    for row in plan.rows:
        stretch: list[int] = []
        for index in row.places:
            if plan.present[index]:
                stretch.append(index)
                ends = index in plan.gaps
            elif index in plan.swaps:
                ends = False
            else:
                ends = index in plan.gaps or index not in swapped_out
            if ends and stretch:
                yield stretch
                stretch = []
        if stretch:
            yield stretch
