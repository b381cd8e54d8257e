"""The whole way from an order to a stored document, for the worker that was asked and for the mail that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ticketing.models import Order, Ticket
from ticketing.operations.barcodes import key_at_work
from ticketing.operations.printing import store_rendered_tickets
from ticketing.printing.ticket_pdf import PrinterMissing, ticket_pdf
from ticketing.printing.words import ticket_sheets
from ticketing.queries.printing import rendered_tickets, valid_tickets


def render_tickets(*, order_id: UUID, now: datetime, ticket_id: int | None = None) -> bytes | None:
    """Lays out the valid tickets of an order, or one of them, in the order's language. None when there are none."""
    tickets = valid_tickets(order_id=order_id, ticket_id=ticket_id)
    return _rendered(tickets, ticket_id, now) if tickets else None


def printed_tickets(tickets: Sequence[Ticket], *, order: Order, now: datetime) -> bytes | None:
    """The document of a whole order as it is, or made and kept now; None where this machine cannot print."""
    known = rendered_tickets(order_id=order.id)
    if known is not None and known.file is not None:
        return bytes(known.file.read())
    try:
        return _rendered(tickets, None, now) if tickets else None
    except PrinterMissing:
        return None


def _rendered(tickets: Sequence[Ticket], ticket_id: int | None, now: datetime) -> bytes:
    order = tickets[0].line.order
    sheets = ticket_sheets(tickets, key=key_at_work(now=now), language=order.language)
    content = ticket_pdf(sheets, language=order.language)
    store_rendered_tickets(content=content, order_id=order.id, ticket_id=ticket_id, now=now)
    return content
