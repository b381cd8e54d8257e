"""Which tickets of an order can be printed, and whether they have been.

A PDF is asked for, polled and rendered within a tenth of a second, so these questions are plain SQL: building a query
with eight joins would cost more than answering it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError


class TicketsVoid(TicketingError):
    """Cancelled, exchanged or never there: nothing that could be shown at a door."""

    code = "tickets_void"
    message = _("There is no valid ticket to print here. It may have been cancelled or exchanged.")
    status = 410


class Readiness(StrEnum):
    ASKED = "asked"  # a worker was told
    READY = "ready"
    OUTDATED = "outdated"  # a ticket in it was cancelled since


@dataclass(frozen=True)
class RenderedTickets:
    """Where asking for tickets on paper stands; `file` is a name in the private storage."""

    readiness: Readiness
    asked_at: datetime
    file: str = ""

    @property
    def is_ready(self) -> bool:
        return self.readiness is Readiness.READY


_RENDERED = """
SELECT document.asked_at, document.rendered_at, document.file, document.ticket_id, ticket.state,
  EXISTS (
    SELECT FROM ticketing_ticket gone JOIN ticketing_orderline line ON line.id = gone.line_id
    WHERE line.order_id = document.order_id AND gone.cancelled_at >= document.rendered_at
  )
FROM ticketing_ticketdocument document LEFT JOIN ticketing_ticket ticket ON ticket.id = document.ticket_id
WHERE document.order_id = %s AND ticket.code IS NOT DISTINCT FROM %s
"""


def rendered_tickets(*, order_id: UUID, ticket_code: str | None = None) -> RenderedTickets | None:
    """The document of one ticket or of the whole order, or None when nobody asked for it yet. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_RENDERED, [order_id, ticket_code])
        row = cursor.fetchone()
    if row is None:
        return None
    asked_at, rendered_at, file, ticket_id, ticket_state, has_cancelled = row
    if ticket_state == "cancelled":
        raise TicketsVoid
    if rendered_at is None:
        return RenderedTickets(Readiness.ASKED, asked_at)
    if ticket_id is None and has_cancelled:
        return RenderedTickets(Readiness.OUTDATED, asked_at)
    return RenderedTickets(Readiness.READY, asked_at, file)


@dataclass(frozen=True)
class PrintableTicket:
    """A valid ticket with what is its own; what it shares with the whole performance is asked for once, elsewhere."""

    id: int
    code: str
    serial: str
    holder: str
    order_reference: str
    language: str
    sold: Mapping[str, Any]  # the words kept with its order line
    gross: Decimal
    area: str
    seat: str
    performance_id: int
    programme_version: int


_TICKETS = """
SELECT ticket.id, ticket.code, ticket.serial, ticket.holder_name, sale.reference, sale.language, line.description::text,
  line.gross, place.area, place.seat, ticket.performance_id, house.programme_version
FROM ticketing_ticket ticket
JOIN ticketing_orderline line ON line.id = ticket.line_id
JOIN ticketing_order sale ON sale.id = line.order_id
JOIN ticketing_place place ON place.id = ticket.place_id
JOIN ticketing_performance performance ON performance.id = ticket.performance_id
JOIN ticketing_house house ON house.id = performance.house_id
WHERE line.order_id = %s AND {which}
ORDER BY performance.starts_at, ticket.id
"""


def valid_tickets(*, order_id: UUID) -> list[PrintableTicket]:
    """The tickets of an order as they are printed, one statement."""
    return _tickets("ticket.state = 'valid'", [order_id])


def tickets_of(ticket_ids: Sequence[int], *, order_id: UUID) -> list[PrintableTicket]:
    """Some tickets of an order, whatever became of them."""
    return _tickets("ticket.id = ANY(%s)", [order_id, list(ticket_ids)])


def _tickets(which: str, values: list[Any]) -> list[PrintableTicket]:
    with connection.cursor() as cursor:
        cursor.execute(_TICKETS.format(which=which), values)
        rows = cursor.fetchall()
    names = [column.name for column in fields(PrintableTicket)]
    return [PrintableTicket(**{**dict(zip(names, row, strict=True)), "sold": json.loads(row[6])}) for row in rows]
