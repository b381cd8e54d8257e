"""The statements that take places and write the basket and its lines with them, and what they are given.

One statement each: whoever dies in between leaves nothing behind, and a hold costs one round trip (docs/adr/0015).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from ticketing.models import BasketLine
from ticketing.queries.baskets import BasketContents, BasketPlace, Line
from ticketing.queries.pricing import Offer
from ticketing.queries.terms import SaleTerms

_IS_FREE = "(state = 'available' OR (state = 'held' AND held_until <= %(now)s))"

# The basket is written only when it is new, and brought to its end only when that moved.
_KEEP_BASKET = """
basket AS (
    INSERT INTO ticketing_basket (id, house_id, channel_id, customer_id, language, state, created_at, expires_at,
                                  extensions, codes, first_name, last_name, email)
    SELECT %(basket)s, %(house)s, %(channel)s, %(customer)s, %(language)s, 'open', %(created_at)s, %(expires_at)s,
           0, '[]', '', '', ''
    WHERE EXISTS (SELECT 1 FROM taken)
    ON CONFLICT (id) DO UPDATE SET expires_at = EXCLUDED.expires_at
    WHERE ticketing_basket.expires_at <> EXCLUDED.expires_at
)
"""
_KEEP_LINES = """
INSERT INTO ticketing_basketline (basket_id, kind, house_id, performance_id, place_id, price_type_id, gross,
                                  components, price_voucher_id)
"""

# One seat, as nearly everybody takes them, one by one: nothing is joined, sorted or told that is known already.
HOLD_SEAT = f"""
WITH taken AS (
    UPDATE ticketing_place SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    WHERE performance_id = %(performance)s AND index = %(index)s AND kind <> 'standing' AND {_IS_FREE}
      AND rank_id = %(rank)s
      AND (SELECT programme_version FROM ticketing_house WHERE id = %(owner)s) = %(version)s
    RETURNING id
),
{_KEEP_BASKET}
{_KEEP_LINES}
SELECT %(basket)s, 'place', %(owner)s, %(performance)s, taken.id, %(price_type)s, %(gross)s, %(components)s::jsonb,
       %(voucher)s
FROM taken RETURNING id, place_id
"""

# Several places: the programme of the house as it is now goes with the answer, and what is offered is a list, one row
# per rank and, for standing places, per price type with its count.
_HOUSE = """
WITH house AS MATERIALIZED (SELECT programme_version AS version FROM ticketing_house WHERE id = %(owner)s),
offered AS (
    SELECT * FROM jsonb_to_recordset(%(offered)s::jsonb)
        AS o(part int, rank bigint, price_type bigint, gross numeric, components jsonb, voucher bigint, count int)
),
"""
_IS_FOR_SALE = "rank_id = ANY(%(ranks)s) AND (SELECT version FROM house) = %(version)s"
_KEEP = f"""
{_KEEP_BASKET},
lines AS (
    {_KEEP_LINES}
    SELECT %(basket)s, 'place', %(owner)s, %(performance)s, taken.id, offered.price_type, offered.gross,
           offered.components, offered.voucher
    FROM taken JOIN offered ON offered.rank = taken.rank_id AND offered.part = taken.part
    ORDER BY taken.index
    RETURNING id, place_id
)
SELECT house.version, lines.id, lines.place_id, taken.index, taken.rank_id, taken.part
FROM house LEFT JOIN (taken JOIN lines ON lines.place_id = taken.id) ON true ORDER BY taken.index
"""

HOLD_SEATS = f"""
{_HOUSE}
taken AS (
    UPDATE ticketing_place SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    WHERE performance_id = %(performance)s AND index = ANY(%(indexes)s) AND kind <> 'standing' AND {_IS_FREE}
      AND {_IS_FOR_SALE}
    RETURNING id, index, rank_id, 0 AS part
),
{_KEEP}
"""

# Standing places are all alike: whichever nobody is taking at this moment will do. Those whose hold is over are looked
# for only when too few are left that nobody has touched.
_IS_WANTED = f"""
performance_id = %(performance)s AND kind = 'standing' AND (%(area)s::text IS NULL OR area = %(area)s)
AND index <> ALL(%(aside)s) AND {_IS_FOR_SALE}
"""
HOLD_STANDING = f"""
{_HOUSE}
fresh AS (
    SELECT id, index FROM ticketing_place WHERE {_IS_WANTED} AND state = 'available'
    ORDER BY area, index LIMIT %(asked)s FOR UPDATE SKIP LOCKED
),
lapsed AS (
    SELECT id, index FROM ticketing_place WHERE {_IS_WANTED} AND state = 'held' AND held_until <= %(now)s
    ORDER BY area, index LIMIT %(asked)s - (SELECT count(*) FROM fresh) FOR UPDATE SKIP LOCKED
),
picked AS (
    SELECT id, row_number() OVER (ORDER BY index) AS n FROM (SELECT * FROM fresh UNION ALL SELECT * FROM lapsed) wanted
),
parts AS (
    SELECT part, sum(count) OVER (ORDER BY part) AS upto FROM (SELECT DISTINCT part, count FROM offered) different
),
taken AS (
    UPDATE ticketing_place p SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    FROM picked WHERE p.id = picked.id
    RETURNING p.id, p.index, p.rank_id, (SELECT min(parts.part) FROM parts WHERE picked.n <= parts.upto) AS part
),
{_KEEP}
"""


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

    def components(self) -> list[dict[str, Any]]:
        return [component.as_json() for component in self.offer.components]


def take_seat(basket: BasketContents, *, terms: SaleTerms, offer: Offer, index: int, now: datetime) -> tuple[Line, ...]:
    """One seat of the rank it is offered for; nothing when it is taken, or when the programme has moved."""
    values = {
        **_values(basket, terms=terms, now=now),
        "index": index,
        "rank": offer.rank_id,
        "price_type": offer.price_type.id,
        "gross": offer.gross,
        "components": json.dumps(Offered(offer).components()),
        "voucher": offer.voucher_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(HOLD_SEAT, values)
        row = cursor.fetchone()
    return (_line(row[0], offer, terms=terms, place_id=row[1], index=index),) if row else ()


def take(
    sql: str, basket: BasketContents, *, terms: SaleTerms, offered: Sequence[Offered], now: datetime, **wanted: Any
) -> tuple[Line, ...]:
    """Several places; the lines written for those that were had, in their order. Raises ProgrammeMoved."""
    values = {
        **_values(basket, terms=terms, now=now),
        "offered": json.dumps([row.row() for row in offered]),
        "ranks": sorted({row.offer.rank_id for row in offered}),
        **wanted,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    if rows[0][0] != terms.programme_version:
        raise ProgrammeMoved
    offers = {(row.part, row.offer.rank_id): row.offer for row in offered}
    return tuple(
        _line(line_id, offers[part, rank_id], terms=terms, place_id=place_id, index=index)
        for _version, line_id, place_id, index, rank_id, part in rows
        if line_id is not None
    )


def _values(basket: BasketContents, *, terms: SaleTerms, now: datetime) -> dict[str, Any]:
    return {
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
    }


def _line(line_id: int, offer: Offer, *, terms: SaleTerms, place_id: int, index: int) -> Line:
    plan = terms.plan
    place = BasketPlace(
        id=place_id,
        code=plan.codes[index],
        area=plan.areas[plan.area_of[index]].code,
        kind=plan.kinds[index],
        rank_id=offer.rank_id,
    )
    return Line(
        id=line_id,
        kind=BasketLine.Kind.PLACE,
        house_id=terms.house.id,
        gross=offer.gross,
        components=Offered(offer).components(),
        price_type_id=offer.price_type.id,
        price_voucher_id=offer.voucher_id,
        terms=terms,
        place=place,
    )
