"""The statements that take places and write the basket and its lines with them, and what they are given.

One statement each: whoever dies in between leaves nothing behind, and a hold costs one round trip (docs/adr/0015).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from ticketing.models import BasketLine
from ticketing.queries.baskets import BasketContents, BasketPlace, Line
from ticketing.queries.pricing import Offer
from ticketing.queries.terms import SaleTerms

# The house's programme as it is now: nothing is taken under terms that are no longer the house's, and every answer
# says which they are.
_HOUSE = """
WITH house AS MATERIALIZED (SELECT programme_version AS version FROM ticketing_house WHERE id = %(owner)s),
"""

# One row per rank and, for standing places, per price type with its count. A list in JSON costs PostgreSQL more than
# the hold itself, so the usual single row goes as it is.
_ONE_OFFER = """
offered AS (
    SELECT %(part)s::int AS part, %(rank)s::bigint AS rank, %(price_type)s::bigint AS price_type,
           %(gross)s::numeric AS gross, %(components)s::jsonb AS components, %(voucher)s::bigint AS voucher
),
"""
_OFFERS = """
offered AS (
    SELECT * FROM jsonb_to_recordset(%(offered)s::jsonb)
        AS o(part int, rank bigint, price_type bigint, gross numeric, components jsonb, voucher bigint, count int)
),
"""

_IS_FREE = "(state = 'available' OR (state = 'held' AND held_until <= %(now)s))"
_IS_FOR_SALE = "rank_id = ANY(%(ranks)s) AND (SELECT version FROM house) = %(version)s"

# {which} is an equation for one seat: with a list PostgreSQL would plan the statement anew each time, which takes
# longer than running it.
_TAKE_SEATS = f"""
taken AS (
    UPDATE ticketing_place SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    WHERE performance_id = %(performance)s AND {{which}} AND kind <> 'standing' AND {_IS_FREE} AND {_IS_FOR_SALE}
    RETURNING id, index, code, seat, area, kind, rank_id, 0 AS part
),
"""

# Standing places are all alike: whichever nobody is taking at this moment will do. Those whose hold is over are looked
# for only when too few are left that nobody has touched.
_PICK_STANDING = f"""
fresh AS (
    SELECT id, rank_id, index FROM ticketing_place
    WHERE performance_id = %(performance)s AND kind = 'standing' AND state = 'available'
      AND (%(area)s::text IS NULL OR area = %(area)s) AND index <> ALL(%(aside)s) AND {_IS_FOR_SALE}
    ORDER BY area, index LIMIT %(asked)s FOR UPDATE SKIP LOCKED
),
lapsed AS (
    SELECT id, rank_id, index FROM ticketing_place
    WHERE performance_id = %(performance)s AND kind = 'standing' AND state = 'held' AND held_until <= %(now)s
      AND (%(area)s::text IS NULL OR area = %(area)s) AND index <> ALL(%(aside)s) AND {_IS_FOR_SALE}
    ORDER BY area, index LIMIT %(asked)s - (SELECT count(*) FROM fresh) FOR UPDATE SKIP LOCKED
),
picked AS (SELECT id, index FROM fresh UNION ALL SELECT id, index FROM lapsed),
"""
_ALL_OF_ONE_PART = "parts AS (SELECT id, %(part)s::int AS part FROM picked),"
_IN_PARTS = """
parts AS (
    SELECT picked.id, coalesce(
        (SELECT min(o.part) FROM (
            SELECT part, sum(count) OVER (ORDER BY part) AS upto FROM (SELECT DISTINCT part, count FROM offered) d
         ) o WHERE picked.n <= o.upto), 0) AS part
    FROM (SELECT id, row_number() OVER (ORDER BY index) AS n FROM picked) picked
),
"""
_TAKE_STANDING = """
taken AS (
    UPDATE ticketing_place p SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    FROM parts WHERE p.id = parts.id
    RETURNING p.id, p.index, p.code, p.seat, p.area, p.kind, p.rank_id, parts.part
),
"""

# The basket is written only when it is new, and brought to its end only when that moved.
_KEEP = """
basket AS (
    INSERT INTO ticketing_basket (id, house_id, channel_id, customer_id, language, state, created_at, expires_at,
                                  extensions, codes, first_name, last_name, email)
    SELECT %(basket)s, %(house)s, %(channel)s, %(customer)s, %(language)s, 'open', %(created_at)s, %(expires_at)s,
           0, '[]', '', '', ''
    WHERE EXISTS (SELECT 1 FROM taken)
    ON CONFLICT (id) DO UPDATE SET expires_at = EXCLUDED.expires_at
    WHERE ticketing_basket.expires_at <> EXCLUDED.expires_at
),
lines AS (
    INSERT INTO ticketing_basketline (basket_id, kind, house_id, performance_id, place_id, price_type_id, gross,
                                      components, price_voucher_id)
    SELECT %(basket)s, 'place', %(owner)s, %(performance)s, taken.id, offered.price_type, offered.gross,
           offered.components, offered.voucher
    FROM taken JOIN offered ON offered.rank = taken.rank_id AND offered.part = taken.part
    {in_order}
    RETURNING id, place_id
)
SELECT house.version, lines.id, taken.part, taken.id, taken.code, taken.seat, taken.area, taken.kind, taken.rank_id
FROM house LEFT JOIN (taken JOIN lines ON lines.place_id = taken.id) ON true {in_order}
"""
_KEEP_ONE = _KEEP.format(in_order="")
_KEEP_ALL = _KEEP.format(in_order="ORDER BY taken.index")

HOLD_SEAT = _HOUSE + _ONE_OFFER + _TAKE_SEATS.format(which="index = %(index)s") + _KEEP_ONE
HOLD_SEATS = _HOUSE + _OFFERS + _TAKE_SEATS.format(which="index = ANY(%(indexes)s)") + _KEEP_ALL
HOLD_STANDING = _HOUSE + _ONE_OFFER + _PICK_STANDING + _ALL_OF_ONE_PART + _TAKE_STANDING + _KEEP_ALL
HOLD_STANDING_IN_PARTS = _HOUSE + _OFFERS + _PICK_STANDING + _IN_PARTS + _TAKE_STANDING + _KEEP_ALL
ONE_OFFER = frozenset({HOLD_SEAT, HOLD_STANDING})


class ProgrammeMoved(Exception):
    """Nothing was taken: the terms that were sold under are no longer those of the house."""


@dataclass(frozen=True)
class Offered:
    """An offer for a rank, as the statement sees it: for standing places several parts, each with its count."""

    offer: Offer
    part: int = 0
    count: int = 0

    def row(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "rank": self.offer.rank_id,
            "price_type": self.offer.price_type.id,
            "gross": str(self.offer.gross),
            "components": self.components(),
            "voucher": self.offer.voucher_id,
            "count": self.count,
        }

    def alone(self) -> dict[str, Any]:
        return self.row() | {"components": json.dumps(self.components())}

    def components(self) -> list[dict[str, Any]]:
        return [component.as_json() for component in self.offer.components]


def take(
    sql: str, basket: BasketContents, *, terms: SaleTerms, offered: list[Offered], now: datetime, **wanted: Any
) -> tuple[Line, ...]:
    """Run one of the holding statements; the lines it wrote, in the order of the places. Raises ProgrammeMoved."""
    if not offered:
        return ()
    values = {
        "ranks": [row.offer.rank_id for row in offered],
        "basket": basket.id,
        "house": basket.house_id,
        "owner": terms.house.id,
        "channel": basket.channel_id,
        "customer": basket.customer_id,
        "language": basket.language,
        "created_at": basket.created_at,
        "expires_at": basket.expires_at,
        "performance": terms.performance_id,
        "version": terms.programme_version,
        "now": now,
        **(offered[0].alone() if sql in ONE_OFFER else {"offered": json.dumps([row.row() for row in offered])}),
        **wanted,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    if rows[0][0] != terms.programme_version:
        raise ProgrammeMoved
    offers = {(row.part, row.offer.rank_id): row.offer for row in offered}
    return tuple(
        _line(line_id, BasketPlace(*place), offers[part, place[-1]], terms=terms)
        for _version, line_id, part, *place in rows
        if line_id is not None
    )


def _line(line_id: int, place: BasketPlace, offer: Offer, *, terms: SaleTerms) -> Line:
    return Line(
        id=line_id,
        kind=BasketLine.Kind.PLACE,
        house_id=terms.house.id,
        gross=offer.gross,
        components=[component.as_json() for component in offer.components],
        price_type_id=offer.price_type.id,
        price_voucher_id=offer.voucher_id,
        terms=terms,
        place=place,
    )
