"""Places set aside go to their own sellers only until they are released; a cap gives its slots one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.queries.baskets import Line
from ticketing.queries.terms import ContingentTerms, SaleTerms


class SetAsideForOthers(TicketingError):
    code = "set_aside"
    message = _("These places are set aside. Choose another place.")
    status = 409


def set_aside(terms: SaleTerms, *, channel_kind: str, now: datetime) -> list[int]:
    """The indexes of the places that may not be sold through this kind of channel yet."""
    closed = [found for found in _active(terms, now=now) if found.leaves_out(channel_kind)]
    if not closed:
        return []
    plan = terms.plan
    return [
        index
        for index in plan.places
        if any(
            found.covers(
                rank=plan.ranks[plan.rank_of[index]].code,
                area=plan.areas[plan.area_of[index]].code,
                place=plan.codes[index],
            )
            for found in closed
        )
    ]


def respect_contingents(terms: SaleTerms, lines: Iterable[Line], *, channel_kind: str, now: datetime) -> None:
    """For a caller in a transaction that has just held these places. Raises SetAsideForOthers."""
    active = _active(terms, now=now)
    if not active:
        return
    for place in (line.place for line in lines if line.place):
        rank = terms.ranks[place.rank_id].code
        covering = [found for found in active if found.covers(rank=rank, area=place.area, place=place.code)]
        if any(found.leaves_out(channel_kind) for found in covering):
            raise SetAsideForOthers
        capped = next((found for found in covering if found.is_capped), None)
        if capped is not None:
            _take_slot(capped.id, place.id, now=now)


def _active(terms: SaleTerms, *, now: datetime) -> list[ContingentTerms]:
    return [contingent for contingent in terms.contingents if not contingent.is_released(now)]


def _take_slot(contingent_id: int, place_id: int, *, now: datetime) -> None:
    """A slot is free when it names no place, or one that its buyer let go of or whose time is over."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE ticketing_contingentslot SET place_id = %(place)s WHERE id = (
                SELECT s.id FROM ticketing_contingentslot s LEFT JOIN ticketing_place p ON p.id = s.place_id
                WHERE s.contingent_id = %(contingent)s AND (
                    s.place_id IS NULL OR p.id = %(place)s OR p.state = 'available'
                    OR (p.state = 'held' AND p.held_until <= %(now)s))
                ORDER BY s.place_id IS DISTINCT FROM %(place)s, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
            )
            """,
            {"contingent": contingent_id, "place": place_id, "now": now},
        )
        if cursor.rowcount != 1:
            raise SetAsideForOthers
