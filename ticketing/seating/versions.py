"""What a new version of a plan does to the seats of the old one, seat by seat."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ticketing.seating.compiled import CompiledPlan

# Less than this many plan units is redrawing, not moving.
STILL = 0.5


@dataclass(frozen=True)
class Moved:
    seat_id: str
    changes: tuple[str, ...]  # of: position, area, row, number, rank, kind


@dataclass(frozen=True)
class Difference:
    kept: tuple[str, ...]
    moved: tuple[Moved, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]


def difference(old: CompiledPlan, new: CompiledPlan) -> Difference:
    kept, moved, gone = [], [], []
    for before, seat_id in enumerate(old.ids):
        after = new.index_of.get(seat_id)
        if after is None:
            gone.append(seat_id)
        elif changes := _changes(old, before, new, after):
            moved.append(Moved(seat_id, changes))
        else:
            kept.append(seat_id)
    added = tuple(seat_id for seat_id in new.ids if seat_id not in old.index_of)
    return Difference(tuple(kept), tuple(moved), tuple(gone), added)


def _changes(old: CompiledPlan, before: int, new: CompiledPlan, after: int) -> tuple[str, ...]:
    is_standing = old.kinds[before] == new.kinds[after] == "standing"
    distance = math.dist((old.x[before], old.y[before]), (new.x[after], new.y[after]))
    found = {
        "position": distance > STILL and not is_standing,
        "area": old.areas[old.area_of[before]].code != new.areas[new.area_of[after]].code,
        "row": _row_code(old, before) != _row_code(new, after),
        "number": old.numbers[before] != new.numbers[after],
        "rank": old.ranks[old.rank_of[before]].code != new.ranks[new.rank_of[after]].code,
        "kind": old.kinds[before] != new.kinds[after],
    }
    return tuple(name for name, changed in found.items() if changed)


def _row_code(plan: CompiledPlan, index: int) -> str:
    row = plan.row_of[index]
    return plan.rows[row].code if row >= 0 else ""
