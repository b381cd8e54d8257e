"""Moving a party to other places of a performance: the way out that the orphan rule offers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import zip_longest
from uuid import UUID

from django.db import transaction

from ticketing.operations.baskets import HoldExpired
from ticketing.operations.holds import hold
from ticketing.operations.releases import drop_lines
from ticketing.operations.wishes import NothingAsked, Wish, asked_index
from ticketing.queries.baskets import Line, open_basket


@dataclass
class _Move:
    """Lines at one tariff and the places they are given up for."""

    lines: list[int] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def shift(*, basket_id: UUID, performance: str, places: Collection[str], now: datetime) -> None:
    """Afterwards the basket has just these places of the performance, in the time it had; or still what it had.

    Whoever moves keeps the tariff, at the price of now. Raises NothingAsked, HoldExpired and what `hold` raises.
    """
    wanted = set(places)
    if not wanted:
        raise NothingAsked
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        if basket.has_expired(now):
            raise HoldExpired
        mine = {line.place.code: line for line in basket.place_lines if line.place and _is_at(line, performance)}
        leaving = [mine[code] for code in sorted(mine.keys() - wanted, key=asked_index)]
        new = sorted(wanted - mine.keys(), key=asked_index)
        for price_type, move in _moves(leaving, new).items():
            if not move.places:
                drop_lines(basket, move.lines)
                continue
            hold(
                performance=performance,
                wish=Wish(places=tuple(move.places), price_type=price_type),
                basket_id=basket_id,
                language=basket.language,
                channel_kind=basket.channel_kind,
                leaving=move.lines,
                now=now,
            )


def _is_at(line: Line, performance: str) -> bool:
    return line.terms is not None and line.terms.code == performance


def _moves(leaving: Sequence[Line], new: Sequence[str]) -> dict[str | None, _Move]:
    """By tariff, in the order of the hall; a place nobody left for has the first tariff on offer."""
    moves: dict[str | None, _Move] = {}
    for line, place in zip_longest(leaving, new):
        move = moves.setdefault(_tariff_of(line), _Move())
        if line is not None:
            move.lines.append(line.id)
        if place is not None:
            move.places.append(place)
    return moves


def _tariff_of(line: Line | None) -> str | None:
    if line is None or line.terms is None or line.price_type_id is None:
        return None
    return line.terms.price_types[line.price_type_id].code
