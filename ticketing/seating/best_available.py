"""The best places for a party: together without leaving a single seat, else together, else two rows, else ask."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.free_line import Free, FreeLine, Window
from ticketing.seating.orphans import orphan_refusal
from ticketing.seating.two_rows import two_rows
from ticketing.seating.wheelchairs import beside_wheelchairs


class How(StrEnum):
    TOGETHER = "together"
    LEAVING_ONE = "leaving_one"
    TWO_ROWS = "two_rows"
    SPLIT = "split"


@dataclass(frozen=True)
class Party:
    """One request: so many ordinary seats, wheelchair places and companions of those."""

    seats: int = 0
    wheelchairs: int = 0
    companions: int = 0

    @property
    def size(self) -> int:
        return self.seats + self.wheelchairs + self.companions


@dataclass(frozen=True)
class Offer:
    places: tuple[int, ...]
    how: How


class NotEnoughPlaces(TicketingError):
    code: ClassVar[str] = "not_enough_places"
    message: ClassVar[str | Promise] = _("There are not enough free places for your party.")
    status: ClassVar[int] = 409


class NeedsConsent(TicketingError):
    """The party can only sit apart; `offer` is what it would get after a yes."""

    code: ClassVar[str] = "needs_consent_to_split"
    message: ClassVar[str | Promise] = _("We found no places together. May we seat you apart?")
    status: ClassVar[int] = 409

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        super().__init__()


def best_available(
    plan: CompiledPlan, free: Free, party: Party, *, rank: str | None = None, may_split: bool = False
) -> Offer:
    """Places by index; `rank` limits to one rank, otherwise the party gets one rank, the nearest to the stage."""
    if rank is not None and rank not in plan.rank_index:
        raise NotEnoughPlaces
    ranks = range(len(plan.ranks)) if rank is None else [plan.rank_index[rank]]
    if party.wheelchairs:
        return _agreed(_with_wheelchairs(plan, free, party, ranks), may_split)
    line = FreeLine(plan, free)
    offer = _together(line, party.size, ranks) or Offer(_apart(line, party.size, ranks), How.SPLIT)
    return _agreed(_without_orphan(plan, free, offer), may_split)


def _without_orphan(plan: CompiledPlan, free: Free, offer: Offer) -> Offer:
    """Never offer what the orphan rule would refuse a moment later."""
    refusal = orphan_refusal(plan, free, offer.places)
    return Offer(refusal.suggestion, offer.how) if refusal else offer


def _with_wheelchairs(plan: CompiledPlan, free: Free, party: Party, ranks: Sequence[int]) -> Offer:
    found = beside_wheelchairs(plan, free, party.wheelchairs, party.companions, party.seats, ranks)
    if found is None:
        raise NotEnoughPlaces
    places, together = found
    return Offer(places, How.TOGETHER if together else How.SPLIT)


def _agreed(offer: Offer, may_split: bool) -> Offer:
    if offer.how is How.SPLIT and not may_split:
        raise NeedsConsent(offer)
    return offer


def _together(line: FreeLine, size: int, ranks: Sequence[int]) -> Offer | None:
    if size < 1:
        raise NotEnoughPlaces
    for how, leaving_one in ((How.TOGETHER, False), (How.LEAVING_ONE, True)):
        if window := line.best(size, ranks, leaving_one=leaving_one):
            return Offer(line.places(window), how)
    places = two_rows(line, size, ranks)
    return Offer(places, How.TWO_ROWS) if places else None


def _apart(line: FreeLine, size: int, ranks: Sequence[int]) -> tuple[int, ...]:
    """The largest groups that fit, each as near as possible to those before; nobody alone if it can be helped."""
    enough = [rank for rank in ranks if line.seats.count(rank + 1) >= size]
    ranks = enough[:1] or ranks
    free = bytearray(len(line.plan))
    for position, rank in enumerate(line.seats):
        if rank and rank - 1 in ranks:
            free[line.line.places[position]] = 1
    if sum(free) < size:
        raise NotEnoughPlaces
    chosen: list[int] = []
    while len(chosen) < size:
        left = size - len(chosen)
        window = _next_group(FreeLine(line.plan, free), left, ranks, chosen)
        places = line.places(window)
        chosen += places
        for index in places:
            free[index] = 0
    return tuple(chosen)


def _next_group(line: FreeLine, left: int, ranks: Sequence[int], chosen: list[int]) -> Window:
    runs = [end - start for rank in ranks for start, end in line.runs(rank, 1)]
    size = min(left, max(runs))
    if left - size == 1 and size > 2:
        size -= 1
    windows = [window for rank in ranks for window in line.windows(size, rank)]
    if not chosen:
        return min(windows, key=lambda window: (window.leaves_one, window))
    plan = line.plan
    middle = (sum(plan.x[i] for i in chosen) / len(chosen), sum(plan.y[i] for i in chosen) / len(chosen))

    def strangeness(window: Window) -> tuple[float, Window]:
        first = line.places(window)[0]
        return math.dist(middle, (plan.x[first], plan.y[first])), window

    return min(windows, key=strangeness)
