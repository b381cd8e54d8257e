"""The whole way from an order to a stored document, for the worker that was asked and for the mail that carries it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ticketing.operations.barcodes import key_at_work
from ticketing.operations.printing import content_of, store_rendered_tickets
from ticketing.printing import bell
from ticketing.printing.ticket_pdf import Layout, PrinterMissing, thermal_pdf, ticket_pdf
from ticketing.printing.words import ticket_sheets
from ticketing.queries.printing import PrintableTicket, rendered_tickets, valid_tickets


def render_tickets(*, order_id: UUID, now: datetime, ticket_id: int | None = None) -> bytes | None:
    """Lays out the valid tickets of an order, or one of them, in the order's language. None when there are none."""
    tickets = valid_tickets(order_id=order_id)
    if ticket_id is not None:
        tickets = [ticket for ticket in tickets if ticket.id == ticket_id]
    if not tickets:
        return None
    content = laid_out(tickets, now=now)
    store_rendered_tickets(content=content, order_id=order_id, ticket_id=ticket_id, now=now)
    bell.answer(order_id=order_id, ticket_code=tickets[0].code if ticket_id is not None else None)
    return content


def printed_tickets(tickets: Sequence[PrintableTicket], *, order_id: UUID, now: datetime) -> bytes | None:
    """The document of a whole order as it is, or made and kept now; None where this machine cannot print."""
    known = rendered_tickets(order_id=order_id)
    kept = content_of(known) if known else None
    if kept is not None or not tickets:
        return kept
    try:
        content = laid_out(tickets, now=now)
    except PrinterMissing:
        return None
    store_rendered_tickets(content=content, order_id=order_id, ticket_id=None, now=now)
    return content


def printed_slips(*, order_id: UUID, now: datetime) -> bytes | None:
    """The valid tickets of an order for a ticket printer, made for whoever stands at it and not kept."""
    tickets = valid_tickets(order_id=order_id)
    return laid_out(tickets, now=now, layout=thermal_pdf) if tickets else None


def laid_out(tickets: Sequence[PrintableTicket], *, now: datetime, layout: Layout = ticket_pdf) -> bytes:
    language = tickets[0].language
    sheets = ticket_sheets(tickets, key=key_at_work(now=now), language=language)
    return layout(sheets, language=language)
