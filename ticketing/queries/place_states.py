"""Which places are free: all of them for a first look, what changed for every look after that, and counts.

A "since" token is the oldest transaction still running at the moment of the answer, plus the time: everything older
was visible then, so nothing is skipped by commit order, and a hold that ran out without a write is told as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

FREE, TAKEN = "f", "t"
_TOKEN = re.compile(r"(\d{1,19})\.(\d{1,12})")


@dataclass(frozen=True)
class PlaceStates:
    """`states` maps short place codes to f (free) or t (taken); `since` asks for what comes after."""

    since: str
    states: dict[str, str]


@dataclass(frozen=True)
class HallStates:
    """One letter per place of the performance, in plan order, standing places included: f, t, or m for mine."""

    since: str
    letters: str


_IS_FREE = "(state = 'available' OR (state = 'held' AND held_until <= %(now)s))"

_ALL_SQL = f"""
SELECT string_agg(CASE WHEN {_IS_FREE} THEN 'f' WHEN holder = %(basket)s THEN 'm' ELSE 't' END, '' ORDER BY index),
       pg_snapshot_xmin(pg_current_snapshot())::text
FROM ticketing_place WHERE performance_id = %(performance)s
"""

_BETWEEN_SQL = f"""
SELECT code, CASE WHEN {_IS_FREE} THEN 'f' WHEN holder = %(basket)s THEN 'm' ELSE 't' END
FROM ticketing_place WHERE performance_id = %(performance)s AND index BETWEEN %(first)s AND %(last)s ORDER BY index
"""

_DELTA_SQL = f"""
WITH show AS (SELECT id FROM ticketing_performance WHERE code = %(code)s)
SELECT pg_snapshot_xmin(pg_current_snapshot())::text, (SELECT id FROM show) IS NOT NULL, (
    SELECT json_agg(json_build_array(code, {_IS_FREE})) FROM ticketing_place
    WHERE performance_id = (SELECT id FROM show) AND kind <> 'standing'
      AND (changed_xid >= %(xid)s OR (state = 'held' AND held_until > %(then)s AND held_until <= %(now)s))
)
"""

_FREE_SQL = f"""
SELECT performance_id, count(*) FILTER (WHERE {_IS_FREE}) FROM ticketing_place
WHERE performance_id = ANY(%(performances)s) GROUP BY performance_id
"""


def hall_states(performance_id: int, *, now: datetime, basket_id: UUID | None = None) -> HallStates:
    """Every place of a performance; those in this basket are told from the others."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL_SQL, {"performance": performance_id, "now": now, "basket": basket_id})
        letters, xmin = cursor.fetchone()
    return HallStates(_token(xmin, now), letters or "")


def states_between(
    performance_id: int, *, first: int, last: int, now: datetime, basket_id: UUID | None = None
) -> dict[str, str]:
    """A stretch of the plan, one row of seats say: place code to letter, without reading the rest of the hall."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BETWEEN_SQL,
            {"performance": performance_id, "first": first, "last": last, "now": now, "basket": basket_id},
        )
        return dict(cursor.fetchall())


def changed_states(performance: str, *, since: str, now: datetime) -> PlaceStates | None:
    """What changed since a token, by the performance's code; None when there is no such performance."""
    xid, then = _parsed(since)
    with connection.cursor() as cursor:
        cursor.execute(_DELTA_SQL, {"code": performance, "xid": xid, "then": then, "now": now})
        xmin, is_known, changed = cursor.fetchone()
    if not is_known:
        return None
    return PlaceStates(_token(xmin, now), {code: FREE if free else TAKEN for code, free in changed or ()})


def free_counts(performance_ids: Iterable[int], *, now: datetime) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_FREE_SQL, {"performances": list(performance_ids), "now": now})
        return dict(cursor.fetchall())


def _token(xmin: str, now: datetime) -> str:
    return f"{xmin}.{int(now.timestamp())}"


def _parsed(since: str) -> tuple[int, datetime]:
    """An unreadable token asks for everything, which is right, only longer."""
    match = _TOKEN.fullmatch(since)
    if match is None:
        return 0, datetime.fromtimestamp(0, UTC)
    return min(int(match[1]), 2**63 - 1), datetime.fromtimestamp(min(int(match[2]), 2**33), UTC)
