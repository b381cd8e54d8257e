"""The orphan rule: no choice may leave a single seat that nobody will buy, if the same party fits elsewhere.

One function for map, API and desk. Taken is whatever is not free (held seats too); a neighbour of another rank counts
as free; wheelchair parties and staff are exempt.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.free_line import Free, FreeLine, Window
from ticketing.seating.neighbours import NOBODY


@dataclass(frozen=True)
class OrphanRefusal:
    """`orphans` would stay alone; `suggestion` is the nearest choice for the same party that leaves none."""

    orphans: tuple[int, ...]
    suggestion: tuple[int, ...]


def orphans_left(plan: CompiledPlan, free: Free, chosen: Collection[int]) -> tuple[int, ...]:
    """Free seats that this choice leaves alone. The chosen may be marked free or not: they count as taken."""
    mine = set(chosen)
    beside = {side[index] for index in mine for side in (plan.neighbours.left, plan.neighbours.right)} - {NOBODY}
    return tuple(sorted(index for index in beside - mine if _is_left_alone(plan, free, mine, index)))


def _is_left_alone(plan: CompiledPlan, free: Free, mine: Collection[int], index: int) -> bool:
    if not free[index] or plan.kinds[index] not in ("seat", "table"):
        return False
    return all(
        _is_closed(plan, free, mine, side[index], plan.rank_of[index])
        for side in (plan.neighbours.left, plan.neighbours.right)
    )


def _is_closed(plan: CompiledPlan, free: Free, mine: Collection[int], beside: int, rank: int) -> bool:
    return beside == NOBODY or (plan.rank_of[beside] == rank and (beside in mine or not free[beside]))


def orphan_refusal(
    plan: CompiledPlan, free: Free, chosen: Collection[int], *, staff: bool = False
) -> OrphanRefusal | None:
    """None when the choice may stand: it leaves nobody alone, is exempt, or the party fits nowhere better."""
    if staff or any(plan.kinds[index] == "wheelchair" for index in chosen):
        return None
    orphans = orphans_left(plan, free, chosen)
    if not orphans:
        return None
    suggestion = _shifted(plan, free, chosen, orphans)
    return OrphanRefusal(orphans, suggestion) if suggestion else None


def _shifted(
    plan: CompiledPlan, free: Free, chosen: Collection[int], orphans: tuple[int, ...]
) -> tuple[int, ...] | None:
    """Moves one group after the other, each time the one that helps most, until nobody is left alone."""
    groups = _groups(plan, chosen)
    while orphans:
        moves = [_move(plan, free, groups, group) for group in groups if _touches(plan, group, orphans)]
        best = min(
            (move for move in moves if move), key=lambda move: (len(move.orphans), move.strangeness), default=None
        )
        if best is None or len(best.orphans) >= len(orphans):
            return None
        groups, orphans = best.groups, best.orphans
    return tuple(sorted(index for group in groups for index in group))


@dataclass(frozen=True)
class _Move:
    groups: list[tuple[int, ...]]
    orphans: tuple[int, ...]
    strangeness: tuple[bool, float]


def _move(plan: CompiledPlan, free: Free, groups: list[tuple[int, ...]], guilty: tuple[int, ...]) -> _Move | None:
    others = [index for group in groups if group is not guilty for index in group]
    found = _nearest_without_orphan(plan, free, guilty, others)
    if found is None:
        return None
    places, strangeness = found
    moved = [places if group is guilty else group for group in groups]
    return _Move(moved, orphans_left(plan, free, [*others, *places]), strangeness)


def _groups(plan: CompiledPlan, chosen: Iterable[int]) -> list[tuple[int, ...]]:
    """The choice as groups of neighbours of one rank, in physical order."""
    waiting = set(chosen)
    groups = []
    for index in sorted(waiting):
        if index not in waiting:
            continue
        first = index
        while (left := plan.neighbours.left[first]) in waiting and plan.rank_of[left] == plan.rank_of[index]:
            first = left
        group = [first]
        while (right := plan.neighbours.right[group[-1]]) in waiting and plan.rank_of[right] == plan.rank_of[index]:
            group.append(right)
        waiting -= set(group)
        groups.append(tuple(group))
    return groups


def _touches(plan: CompiledPlan, group: tuple[int, ...], orphans: tuple[int, ...]) -> bool:
    return plan.neighbours.left[group[0]] in orphans or plan.neighbours.right[group[-1]] in orphans


def _nearest_without_orphan(
    plan: CompiledPlan, free: Free, group: tuple[int, ...], others: Collection[int]
) -> tuple[tuple[int, ...], tuple[bool, float]] | None:
    mask = bytearray(free)
    for index in group:
        mask[index] = 1
    for index in others:
        mask[index] = 0
    line = FreeLine(plan, mask)
    here = line.line.position_of.get(group[0])
    if here is None:
        return None
    cost = sum(plan.distances[index] for index in group)
    reach = _apart(plan, group, others) + plan.pitch / 2

    def strangeness(window: Window) -> tuple[bool, float]:
        """One seat aside in the same row first, then whatever lies as near the stage."""
        away = abs(window.start - here)
        return (False, away) if away <= len(group) else (True, abs(window.cost - cost))

    windows = [w for w in line.windows(len(group), plan.rank_of[group[0]]) if not w.leaves_one]
    if others:
        windows = [w for w in windows if _apart(plan, line.places(w), others) <= reach]
    found = min(windows, key=strangeness, default=None)
    return (line.places(found), strangeness(found)) if found else None


def _apart(plan: CompiledPlan, group: Sequence[int], others: Collection[int]) -> float:
    """How far a group sits from the nearest of its party: the rule must not drive a party further apart."""
    ends = (group[0], group[-1])
    return min((math.dist((plan.x[a], plan.y[a]), (plan.x[b], plan.y[b])) for a in ends for b in others), default=0)
