"""Which places are free: all of them for a first look, what changed for every look after that, and counts.

A "since" token is the oldest transaction still running at the moment of the answer, plus the time: everything older
was visible then, so nothing is skipped by commit order, and a hold that ran out without a write is told as well.
What is set aside for other channels than the one that asks reads as taken until it is released.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from ticketing.queries.set_aside import IS_SET_ASIDE, RULES

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


WEB = "web"
_IS_FREE = f"""(p.state = 'available' OR (p.state = 'held' AND p.held_until <= %(now)s)) AND NOT {IS_SET_ASIDE}"""

_ALL_SQL = f"""
WITH {RULES}
SELECT string_agg(CASE WHEN {_IS_FREE} THEN 'f' WHEN p.holder = %(basket)s THEN 'm' ELSE 't' END, '' ORDER BY p.index),
       pg_snapshot_xmin(pg_current_snapshot())::text
FROM ticketing_place p WHERE p.performance_id = %(performance)s
"""

_BETWEEN_SQL = f"""
WITH {RULES}
SELECT p.code, CASE WHEN {_IS_FREE} THEN 'f' WHEN p.holder = %(basket)s THEN 'm' ELSE 't' END
FROM ticketing_place p
WHERE p.performance_id = %(performance)s AND p.index BETWEEN %(first)s AND %(last)s ORDER BY p.index
"""

# A contingent whose time has just come frees places without writing them, as a hold does that ran out.
_DELTA_SQL = f"""
WITH show AS (SELECT id FROM ticketing_performance WHERE code = %(code)s AND state <> 'draft'),
{RULES.replace("ANY(%(performances)s)", "(SELECT id FROM show)")},
released AS MATERIALIZED (
    SELECT count(*) > 0 AS lately FROM ticketing_contingent
    WHERE performance_id = (SELECT id FROM show) AND release_at > %(then)s AND release_at <= %(now)s
)
SELECT pg_snapshot_xmin(pg_current_snapshot())::text, (SELECT id FROM show) IS NOT NULL, (
    SELECT json_agg(json_build_array(p.code, {_IS_FREE})) FROM (
        SELECT * FROM ticketing_place
        WHERE performance_id = (SELECT id FROM show) AND kind <> 'standing'
          AND ((changed_xid >= %(xid)s AND changed_xid > 0)
               OR (state = 'held' AND held_until > %(then)s AND held_until <= %(now)s))
        UNION ALL
        SELECT * FROM ticketing_place
        WHERE (SELECT lately FROM released) AND performance_id = (SELECT id FROM show) AND kind <> 'standing'
    ) p
)
"""

_FREE_SQL = f"""
WITH {RULES}
SELECT p.performance_id, count(*) FILTER (WHERE {_IS_FREE}) FROM ticketing_place p
WHERE p.performance_id = ANY(%(performances)s) GROUP BY p.performance_id
"""

# Places for wheelchairs and those who come along are no places to everybody else.
_ORDINARY_FREE_SQL = _FREE_SQL.replace("GROUP BY", "AND p.kind NOT IN ('wheelchair', 'companion') GROUP BY")


def hall_states(performance_id: int, *, now: datetime, basket_id: UUID | None = None) -> HallStates:
    """Every place of a performance; those in this basket are told from the others."""
    values = _of(performance_id, now) | {"basket": basket_id}
    with connection.cursor() as cursor:
        cursor.execute(_ALL_SQL, values)
        letters, xmin = cursor.fetchone()
    return HallStates(_token(xmin, now), letters or "")


def states_between(
    performance_id: int, *, first: int, last: int, now: datetime, basket_id: UUID | None = None
) -> dict[str, str]:
    """A stretch of the plan, one row of seats say: place code to letter, without reading the rest of the hall."""
    values = _of(performance_id, now) | {"first": first, "last": last, "basket": basket_id}
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN_SQL, values)
        return dict(cursor.fetchall())


def changed_states(performance: str, *, since: str, now: datetime, channel_kind: str = WEB) -> PlaceStates | None:
    """What changed since a token, by the performance's code; None when there is no such performance."""
    xid, then = _parsed(since)
    with connection.cursor() as cursor:
        cursor.execute(_DELTA_SQL, {"code": performance, "xid": xid, "then": then, "now": now, "channel": channel_kind})
        xmin, is_known, changed = cursor.fetchone()
    if not is_known:
        return None
    return PlaceStates(_token(xmin, now), {code: FREE if free else TAKEN for code, free in changed or ()})


def free_counts(performance_ids: Iterable[int], *, now: datetime, channel_kind: str = WEB) -> dict[int, int]:
    """How many places anybody may still have through a channel: in the shop unless it is said."""
    with connection.cursor() as cursor:
        cursor.execute(_FREE_SQL, {"performances": list(performance_ids), "now": now, "channel": channel_kind})
        return dict(cursor.fetchall())


def ordinary_free_counts(performance_ids: Iterable[int], *, now: datetime) -> dict[int, int]:
    """As free_counts in the shop, for people without a wheelchair."""
    with connection.cursor() as cursor:
        cursor.execute(_ORDINARY_FREE_SQL, {"performances": list(performance_ids), "now": now, "channel": WEB})
        return dict(cursor.fetchall())


def _of(performance_id: int, now: datetime) -> dict[str, Any]:
    return {"performance": performance_id, "performances": [performance_id], "now": now, "channel": WEB}


def _token(xmin: str, now: datetime) -> str:
    return f"{xmin}.{int(now.timestamp())}"


def _parsed(since: str) -> tuple[int, datetime]:
    """An unreadable token asks for everything, which is right, only longer."""
    match = _TOKEN.fullmatch(since)
    if match is None:
        return 0, datetime.fromtimestamp(0, UTC)
    return min(int(match[1]), 2**63 - 1), datetime.fromtimestamp(min(int(match[2]), 2**33), UTC)
