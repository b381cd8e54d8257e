"""Lets people in, once each. The database decides who was first: one accepted scan per ticket is a constraint.

A door without network decides alone from its list and tells us later. Then the earlier moment counts, whichever was
told first, and the other one is marked as a conflict: somebody was let in on a ticket already used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ticketing.barcodes import BarcodeRefused, looks_like_barcode
from ticketing.errors import TicketingError
from ticketing.models import ApiKey, Scan, Ticket
from ticketing.queries.barcodes import read_barcode
from ticketing.queries.scans import EarlierScan, KnownTicket, Reading, find_reading

Result = Scan.Result
_NOT_TYPED = re.compile(r"[\s.\-]")
LONGEST_TEXT = 500
LONGEST_GATE = 40
LONGEST_AWAY = timedelta(days=7)


class KeyMayNotScan(TicketingError):
    code = "key_may_not_scan"
    message = _("This key does not open a door.")
    status = 403


class NonceReused(TicketingError):
    code = "nonce_reused"
    message = _("This reading has the number of another reading.")
    status = 409


@dataclass(frozen=True)
class ScanOutcome:
    """`first_*` say when and where the ticket was used before; `ticket` is empty for unknown and forged ones."""

    result: str
    nonce: UUID
    scanned_at: datetime
    ticket: KnownTicket | None = None
    first_used_at: datetime | None = None
    first_gate: str = ""
    is_conflict: bool = False


@dataclass(frozen=True)
class OfflineReading:
    """What a door read without network; `shown` is the result it gave the visitor."""

    payload_or_code: str
    nonce: UUID
    scanned_at: datetime
    shown: str
    gate: str = ""


@dataclass(frozen=True)
class _Asked:
    """One reading on its way: what was held before the scanner, and what a door without network said to it."""

    by: str
    value: str | None
    is_forged: bool
    performance: str
    api_key: ApiKey
    gate: str
    nonce: UUID
    scanned_at: datetime
    now: datetime
    was_offline: bool
    shown: str | None

    @property
    def let_in(self) -> bool:
        return self.shown == Result.ACCEPTED

    def find(self) -> Reading:
        return find_reading(
            by=self.by, value=self.value, nonce=self.nonce, performance=self.performance, api_key=self.api_key
        )


def scan(
    *,
    payload_or_code: str,
    performance: str,
    api_key: ApiKey,
    nonce: UUID,
    now: datetime,
    gate: str = "",
    scanned_at: datetime | None = None,
    was_offline: bool = False,
    shown: str | None = None,
) -> ScanOutcome:
    """The same nonce gives the same answer again. `scanned_at` and `shown` only count for a door without network."""
    if ApiKey.Scope.SCAN not in api_key.scopes:
        raise KeyMayNotScan
    by, value, is_forged = _understood(payload_or_code)
    asked = _Asked(
        by=by,
        value=value,
        is_forged=is_forged,
        performance=performance,
        api_key=api_key,
        gate=gate.replace("\0", "")[:LONGEST_GATE],
        nonce=nonce,
        scanned_at=_credible(scanned_at, now) if was_offline and scanned_at else now,
        now=now,
        was_offline=was_offline,
        shown=(shown or Result.ACCEPTED) if was_offline else None,
    )
    with transaction.atomic():
        outcome = _once(asked) or _once(asked)
    # Refused twice by the constraints means that both a nonce and a ticket moved under us; the next try settles it.
    if outcome is None:
        raise NonceReused
    return outcome


def upload_scans(
    *, readings: Iterable[OfflineReading], performance: str, api_key: ApiKey, now: datetime
) -> list[ScanOutcome]:
    """What a door did without network, in the order it did it; each reading stands by itself."""
    return [
        scan(
            payload_or_code=reading.payload_or_code,
            performance=performance,
            api_key=api_key,
            nonce=reading.nonce,
            now=now,
            gate=reading.gate,
            scanned_at=reading.scanned_at,
            was_offline=True,
            shown=reading.shown,
        )
        for reading in sorted(readings, key=lambda reading: reading.scanned_at)
    ]


def _credible(scanned_at: datetime, now: datetime) -> datetime:
    """The clock of a phone that is years off may not make its readings the first."""
    return scanned_at if now - LONGEST_AWAY <= scanned_at <= now else now


def _understood(text: str) -> tuple[str, str | None, bool]:
    """By which column to look, for what, and whether the square was forged."""
    text = text.strip()[:LONGEST_TEXT]
    if looks_like_barcode(text):
        try:
            return "serial", read_barcode(text).serial, False
        except BarcodeRefused:
            return "serial", None, True
    typed = _NOT_TYPED.sub("", text).upper()
    return "code", typed if typed.isascii() and typed.isalnum() else None, False


def _once(asked: _Asked) -> ScanOutcome | None:
    """None when somebody was faster between looking and writing."""
    reading = asked.find()
    if reading.same is not None:
        return _told_before(asked, reading, reading.same)
    if asked.was_offline and _was_first(asked, reading):
        _take_back(reading.accepted, scan_by=asked)
        reading = replace(reading, accepted=None)
    outcome = _judged(asked, reading)
    return outcome if _written(asked, reading, outcome) else None


def _told_before(asked: _Asked, reading: Reading, same: EarlierScan) -> ScanOutcome:
    ticket = reading.ticket if same.ticket_id is not None else None
    is_ours = same.api_key_id == asked.api_key.pk and same.ticket_id == (ticket.id if ticket else None)
    if not is_ours:
        raise NonceReused
    first = reading.accepted if same.result == Result.ALREADY_USED else None
    return ScanOutcome(
        result=same.result,
        nonce=asked.nonce,
        scanned_at=same.scanned_at,
        ticket=ticket,
        first_used_at=first.scanned_at if first else None,
        first_gate=first.gate if first else "",
        is_conflict=same.is_conflict,
    )


def _judged(asked: _Asked, reading: Reading) -> ScanOutcome:
    result = _result(asked, reading)
    if asked.was_offline and not asked.let_in and result == Result.ACCEPTED:
        # Nobody went in on this reading, so it may not use the ticket up.
        result = Result(asked.shown) if asked.shown in Result.values else Result.UNKNOWN
    first = reading.accepted if result == Result.ALREADY_USED else None
    return ScanOutcome(
        result=result,
        nonce=asked.nonce,
        scanned_at=asked.scanned_at,
        ticket=reading.ticket if result not in (Result.UNKNOWN, Result.FORGED) else None,
        first_used_at=first.scanned_at if first else None,
        first_gate=first.gate if first else "",
        is_conflict=asked.was_offline and asked.let_in and result != Result.ACCEPTED,
    )


def _result(asked: _Asked, reading: Reading) -> Result:
    if asked.is_forged:
        return Result.FORGED
    ticket = reading.ticket
    if ticket is None or not ticket.is_of_cluster:
        return Result.UNKNOWN
    if ticket.performance_id != reading.performance_id:
        return Result.WRONG_PERFORMANCE
    if ticket.state == Ticket.State.CANCELLED:
        return Result.REFUNDED
    return Result.ALREADY_USED if reading.accepted else Result.ACCEPTED


_INSERT = """
INSERT INTO ticketing_scan (ticket_id, performance_id, api_key_id, gate, nonce, result, scanned_at, received_at,
                            was_offline, is_conflict)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING RETURNING id
"""


def _written(asked: _Asked, reading: Reading, outcome: ScanOutcome) -> bool:
    ticket = outcome.ticket
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                ticket.id if ticket else None,
                reading.performance_id,
                asked.api_key.pk,
                asked.gate,
                asked.nonce,
                outcome.result,
                asked.scanned_at,
                asked.now,
                asked.was_offline,
                outcome.is_conflict,
            ],
        )
        return cursor.fetchone() is not None


def _was_first(asked: _Asked, reading: Reading) -> bool:
    ticket, accepted = reading.ticket, reading.accepted
    return (
        asked.let_in
        and ticket is not None
        and ticket.performance_id == reading.performance_id
        and ticket.state == Ticket.State.VALID
        and accepted is not None
        and asked.scanned_at < accepted.scanned_at
    )


def _take_back(later: EarlierScan | None, *, scan_by: _Asked) -> None:
    """The scan told first was the second to happen: two people went in, and the report must name the second."""
    if later is not None:
        still = Scan.objects.filter(pk=later.id, result=Result.ACCEPTED, scanned_at__gt=scan_by.scanned_at)
        still.update(result=Result.ALREADY_USED, is_conflict=True)
