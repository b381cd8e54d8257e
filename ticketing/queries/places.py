"""Places in words, and which of them are free, for the rules that look at a whole hall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection

from ticketing.queries.baskets import Line
from ticketing.queries.set_aside import IS_SET_ASIDE, RULES
from ticketing.queries.terms import SaleTerms
from ticketing.seating.labels import place_name

LANGUAGES = ("nl", "fr", "en")


def descriptions(lines: Iterable[Line]) -> dict[int, dict[str, Any]]:
    """What each basket line sells, in words kept with the order: by line id, texts per language."""
    return {
        line.id: place_description(line.terms, code=line.place.code, price_type_id=line.price_type_id)
        for line in lines
        if line.terms is not None and line.place is not None
    }


def place_description(terms: SaleTerms, *, code: str, price_type_id: int | None) -> dict[str, Any]:
    index = int(code, 36)
    names = {language: place_name(terms.plan, index, language) for language in LANGUAGES}
    kind = terms.price_types[price_type_id] if price_type_id is not None else None
    return {
        "title": terms.title.data,
        "hall": terms.hall.data,
        "venue": terms.venue,
        "starts_at": terms.starts_at.isoformat(),
        "area": {language: name.area for language, name in names.items()},
        "row": {language: name.row for language, name in names.items()},
        "seat": {language: name.seat for language, name in names.items()},
        "number": names["nl"].number,
        "price_type": kind.name.data if kind else {},
    }


_FREE_SQL = f"""
WITH {RULES}
SELECT array_agg(p.index) FROM ticketing_place p WHERE p.performance_id = ANY(%(performances)s)
  AND (p.state = 'available' OR (p.state = 'held' AND p.held_until <= %(now)s)) AND NOT {IS_SET_ASIDE}
"""


def free_places(performance_id: int, *, size: int, now: datetime, channel_kind: str = "web") -> bytearray:
    """One byte per index of the plan: 1 where the place can be held now through this channel."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE_SQL, {"performances": [performance_id], "now": now, "channel": channel_kind})
        (indexes,) = cursor.fetchone()
    mask = bytearray(size)
    for index in indexes or ():
        mask[index] = 1
    return mask
