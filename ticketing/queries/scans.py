"""What a door needs to know: whose ticket is this, was it used, how many are inside, and the list it takes along.

A reading is looked up in one statement. Nothing here names a person.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from i18nfield.strings import LazyI18nString

from ticketing.models import ApiKey, Performance, Scan, Ticket
from ticketing.queries.barcodes import key_ring
from ticketing.queries.terms import PerformanceNotFound


@dataclass(frozen=True)
class Seat:
    """Where the holder sits, in words per language as it was sold, and what the door should check."""

    area: Mapping[str, str]
    row: Mapping[str, str]
    seat: Mapping[str, str]
    price_type: Mapping[str, str]
    needs_proof: bool

    def in_words(self, language: str) -> str:
        return ", ".join(part for words in (self.area, self.row, self.seat) if (part := words.get(language, "")))


@dataclass(frozen=True)
class KnownTicket:
    id: int
    state: str
    performance_id: int
    is_of_cluster: bool
    title: LazyI18nString
    starts_at: datetime
    seat: Seat


@dataclass(frozen=True)
class EarlierScan:
    id: int
    api_key_id: int | None
    ticket_id: int | None
    result: str
    scanned_at: datetime
    gate: str
    is_conflict: bool


@dataclass(frozen=True)
class Reading:
    """`accepted` let the holder in; `same` has the nonce of this reading, so it was sent before."""

    performance_id: int
    ticket: KnownTicket | None
    accepted: EarlierScan | None
    same: EarlierScan | None


_SCAN = "{0}.id, {0}.api_key_id, {0}.ticket_id, {0}.result, {0}.scanned_at, {0}.gate, {0}.is_conflict"
_SQL = f"""
SELECT d.id, t.id, t.state, t.performance_id, p.house_id = d.house_id OR h.cluster_id = dh.cluster_id,
       m.title, p.starts_at, l.description,
       EXISTS (SELECT FROM ticketing_pricecondition c WHERE c.price_type_id = l.price_type_id AND c.kind = 'proof'),
       {_SCAN.format("a")},
       {_SCAN.format("n")}
FROM ticketing_performance d
JOIN ticketing_house dh ON dh.id = d.house_id
LEFT JOIN ticketing_ticket t ON t.{{column}} = %s
LEFT JOIN ticketing_performance p ON p.id = t.performance_id
LEFT JOIN ticketing_house h ON h.id = p.house_id
LEFT JOIN ticketing_production m ON m.id = p.production_id
LEFT JOIN ticketing_orderline l ON l.id = t.line_id
LEFT JOIN ticketing_scan a ON a.ticket_id = t.id AND a.result = 'accepted'
LEFT JOIN ticketing_scan n ON n.nonce = %s
WHERE d.code = %s AND d.house_id = %s AND (%s::bigint IS NULL OR d.id = %s)
"""
_BY = {"serial": _SQL.format(column="serial"), "code": _SQL.format(column="code")}


def find_reading(*, by: str, value: str | None, nonce: UUID, performance: str, api_key: ApiKey) -> Reading:
    """`by` is "serial" (from a verified square) or "code" (typed). Another house's door is PerformanceNotFound."""
    parameters = [value, nonce, performance, api_key.house_id, api_key.performance_id, api_key.performance_id]
    with connection.cursor() as cursor:
        cursor.execute(_BY[by], parameters)
        row = cursor.fetchone()
    if row is None:
        raise PerformanceNotFound
    return Reading(
        performance_id=row[0],
        ticket=_ticket(row[1:9]) if row[1] is not None else None,
        accepted=EarlierScan(*row[9:16]) if row[9] is not None else None,
        same=EarlierScan(*row[16:23]) if row[16] is not None else None,
    )


def _ticket(row: tuple[Any, ...]) -> KnownTicket:
    ticket_id, state, performance_id, is_of_cluster, title, starts_at, description, needs_proof = row
    return KnownTicket(
        id=ticket_id,
        state=state,
        performance_id=performance_id,
        is_of_cluster=bool(is_of_cluster),
        title=LazyI18nString(title),
        starts_at=starts_at,
        seat=_seat(description, needs_proof),
    )


def _seat(description: Any, needs_proof: bool) -> Seat:
    words = json.loads(description) if isinstance(description, str) else description
    return Seat(
        area=words.get("area") or {},
        row=words.get("row") or {},
        seat=words.get("seat") or {},
        price_type=words.get("price_type") or {},
        needs_proof=needs_proof,
    )


# Which door


@dataclass(frozen=True)
class DoorPerformance:
    code: str
    title: LazyI18nString
    hall: LazyI18nString
    starts_at: datetime
    doors_at: datetime | None


AT_THE_DOOR = timedelta(hours=16)


def doors_tonight(api_key: ApiKey, *, now: datetime) -> list[DoorPerformance]:
    """What this key may scan around now, the soonest first."""
    rows = Performance.objects.filter(
        house_id=api_key.house_id, starts_at__gte=now - AT_THE_DOOR, starts_at__lte=now + AT_THE_DOOR
    ).exclude(state__in=[Performance.State.DRAFT, Performance.State.POSTPONED])
    if api_key.performance_id is not None:
        rows = Performance.objects.filter(pk=api_key.performance_id)
    rows = rows.select_related("production", "hall").order_by("starts_at", "pk")[:50]
    return [DoorPerformance(p.code, p.production.title, p.hall.name, p.starts_at, p.doors_at) for p in rows]


def _performance_of(code: str, api_key: ApiKey) -> Performance:
    rows = Performance.objects.filter(code=code, house_id=api_key.house_id)
    if api_key.performance_id is not None:
        rows = rows.filter(pk=api_key.performance_id)
    found = rows.select_related("production", "hall").first()
    if found is None:
        raise PerformanceNotFound
    return found


# How full


@dataclass(frozen=True)
class DoorCounts:
    valid: int
    inside: int
    refused: int
    conflicts: int


_COUNTS = """
SELECT (SELECT count(*) FROM ticketing_ticket WHERE performance_id = %(id)s AND state = 'valid'),
       count(*) FILTER (WHERE result = 'accepted'),
       count(*) FILTER (WHERE result <> 'accepted' AND NOT is_conflict),
       count(*) FILTER (WHERE is_conflict)
FROM ticketing_scan WHERE performance_id = %(id)s
"""


def door_counts(*, performance: str, api_key: ApiKey) -> DoorCounts:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"id": _performance_of(performance, api_key).pk})
        return DoorCounts(*cursor.fetchone())


@dataclass(frozen=True)
class Conflict:
    """Somebody was let in though the ticket had been used, or was no longer good."""

    seat: Seat
    result: str
    scanned_at: datetime
    gate: str
    first_used_at: datetime | None
    first_gate: str


_CONFLICTS = """
SELECT l.description, s.result, s.scanned_at, s.gate, a.scanned_at, coalesce(a.gate, '')
FROM ticketing_scan s
JOIN ticketing_ticket t ON t.id = s.ticket_id
JOIN ticketing_orderline l ON l.id = t.line_id
LEFT JOIN ticketing_scan a ON a.ticket_id = s.ticket_id AND a.result = 'accepted'
WHERE s.performance_id = %s AND s.is_conflict
ORDER BY s.scanned_at DESC, s.id DESC LIMIT 100
"""


def door_conflicts(*, performance: str, api_key: ApiKey) -> list[Conflict]:
    with connection.cursor() as cursor:
        cursor.execute(_CONFLICTS, [_performance_of(performance, api_key).pk])
        rows = cursor.fetchall()
    return [Conflict(_seat(row[0], False), *row[1:]) for row in rows]


# The list a door takes along


def code_hash(*, performance: str, code: str) -> str:
    """A typed code on the list: a lost phone shows nobody a code that works."""
    return hashlib.sha256(f"{performance}:{code}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class ListedTicket:
    serial: str
    code_hash: str
    state: str
    used_at: datetime | None
    used_gate: str
    seat: Seat


@dataclass(frozen=True)
class DoorList:
    performance: DoorPerformance
    made_at: datetime
    keys: Mapping[int, bytes]
    tickets: tuple[ListedTicket, ...]


_LIST = """
SELECT t.serial, t.code, t.state, a.scanned_at, coalesce(a.gate, ''), l.description,
       EXISTS (SELECT FROM ticketing_pricecondition c WHERE c.price_type_id = l.price_type_id AND c.kind = 'proof')
FROM ticketing_ticket t
JOIN ticketing_orderline l ON l.id = t.line_id
LEFT JOIN ticketing_scan a ON a.ticket_id = t.id AND a.result = 'accepted'
WHERE t.performance_id = %s
ORDER BY t.id
"""


def door_list(*, performance: str, api_key: ApiKey, now: datetime) -> DoorList:
    """Serials, hashes of typed codes and states of one performance, with the keys that verify a square."""
    found = _performance_of(performance, api_key)
    with connection.cursor() as cursor:
        cursor.execute(_LIST, [found.pk])
        rows = cursor.fetchall()
    return DoorList(
        performance=DoorPerformance(
            found.code, found.production.title, found.hall.name, found.starts_at, found.doors_at
        ),
        made_at=now,
        keys={key.key_id: key.point for key in key_ring().keys.values()},
        tickets=tuple(
            ListedTicket(serial, code_hash(performance=found.code, code=code), state, used, gate, _seat(words, proof))
            for serial, code, state, used, gate, words, proof in rows
        ),
    )


def list_version(*, performance: str, api_key: ApiKey) -> str:
    """Changes whenever the list would: asked often, so that the list itself travels seldom."""
    pk = _performance_of(performance, api_key).pk
    tickets = Ticket.objects.filter(performance_id=pk)
    last_scan = Scan.objects.filter(performance_id=pk).order_by("-pk").values_list("pk", flat=True).first()
    parts = (tickets.count(), tickets.filter(state=Ticket.State.VALID).count(), last_scan, sorted(key_ring().keys))
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:20]
