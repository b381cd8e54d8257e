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

# `offered` is one row per rank (and, for standing places, per price type with its count). The basket is written only
# when it is new, and brought to its end only when that moved.
_BASKET_SQL = """
basket AS (
    INSERT INTO ticketing_basket (id, house_id, channel_id, customer_id, language, state, created_at, expires_at,
                                  extensions, codes, first_name, last_name, email)
    SELECT %(basket)s, %(house)s, %(channel)s, %(customer)s, %(language)s, 'open', %(created_at)s, %(expires_at)s,
           0, '[]', '', '', ''
    WHERE EXISTS (SELECT 1 FROM taken)
    ON CONFLICT (id) DO UPDATE SET expires_at = EXCLUDED.expires_at
    WHERE ticketing_basket.expires_at <> EXCLUDED.expires_at
    RETURNING id
)
"""

_LINES_SQL = """
, lines AS (
    INSERT INTO ticketing_basketline (basket_id, kind, house_id, performance_id, place_id, price_type_id, gross,
                                      components, price_voucher_id)
    SELECT %(basket)s, 'place', %(owner)s, %(performance)s, taken.id, offered.price_type, offered.gross,
           offered.components, offered.voucher
    FROM taken JOIN offered ON offered.rank = taken.rank_id AND offered.part = taken.part
    ORDER BY taken.index
    RETURNING id, place_id
)
SELECT lines.id, taken.part, taken.id, taken.code, taken.seat, taken.area, taken.kind, taken.rank_id
FROM taken JOIN lines ON lines.place_id = taken.id ORDER BY taken.index
"""

_OFFERED_SQL = """
WITH offered AS (
    SELECT * FROM jsonb_to_recordset(%(offered)s::jsonb)
        AS o(part int, rank bigint, price_type bigint, gross numeric, components jsonb, voucher bigint, count int)
),
"""

# {which} is an equation for one seat: with a list PostgreSQL would plan the statement anew each time, which takes
# longer than running it.
_HOLD_BY_INDEX_SQL = (
    _OFFERED_SQL
    + """
taken AS (
    UPDATE ticketing_place SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    WHERE performance_id = %(performance)s AND {which} AND kind <> 'standing'
      AND (state = 'available' OR (state = 'held' AND held_until <= %(now)s)) AND rank_id = ANY(%(ranks)s)
      AND (SELECT programme_version FROM ticketing_house WHERE id = %(owner)s) = %(version)s
    RETURNING id, index, code, seat, area, kind, rank_id, 0 AS part
),
"""
    + _BASKET_SQL
    + _LINES_SQL
)

HOLD_SEAT = _HOLD_BY_INDEX_SQL.format(which="index = %(index)s")
HOLD_SEATS = _HOLD_BY_INDEX_SQL.format(which="index = ANY(%(indexes)s)")

# Standing places are all alike: whichever nobody is taking at this moment will do.
_HOLD_STANDING_SQL = (
    _OFFERED_SQL
    + """
picked AS (
    SELECT id, rank_id, index FROM ticketing_place
    WHERE performance_id = %(performance)s AND kind = 'standing' AND {free}
      AND (%(area)s::text IS NULL OR area = %(area)s) AND rank_id = ANY(%(ranks)s) AND index <> ALL(%(aside)s)
      AND (SELECT programme_version FROM ticketing_house WHERE id = %(owner)s) = %(version)s
    ORDER BY area, index LIMIT %(asked)s FOR UPDATE SKIP LOCKED
),
parts AS (
    SELECT picked.id, coalesce(
        (SELECT min(o.part) FROM (
            SELECT part, sum(count) OVER (ORDER BY part) AS upto FROM (SELECT DISTINCT part, count FROM offered) d
         ) o WHERE picked.n <= o.upto), 0) AS part
    FROM (SELECT id, row_number() OVER (ORDER BY index) AS n FROM picked) picked
),
taken AS (
    UPDATE ticketing_place p SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    FROM parts WHERE p.id = parts.id
    RETURNING p.id, p.index, p.code, p.seat, p.area, p.kind, p.rank_id, parts.part
),
"""
    + _BASKET_SQL
    + _LINES_SQL
)
HOLD_FREE = _HOLD_STANDING_SQL.format(free="state = 'available'")
HOLD_LAPSED = _HOLD_STANDING_SQL.format(free="state = 'held' AND held_until <= %(now)s")


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
            "components": [component.as_json() for component in self.offer.components],
            "voucher": self.offer.voucher_id,
            "count": self.count,
        }


def take(
    sql: str, basket: BasketContents, *, terms: SaleTerms, offered: list[Offered], now: datetime, **wanted: Any
) -> tuple[Line, ...]:
    """Run one of the holding statements; the lines it wrote, in the order of the places."""
    if not offered:
        return ()
    values = {
        "offered": json.dumps([row.row() for row in offered]),
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
        **wanted,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    offers = {(row.part, row.offer.rank_id): row.offer for row in offered}
    return tuple(_line(row[0], BasketPlace(*row[2:8]), offers[row[1], row[7]], terms=terms) for row in rows)


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
