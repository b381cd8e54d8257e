"""The whole way from an order to a stored document, for the worker that was asked and for the mail that carries it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ticketing.operations.barcodes import key_at_work
from ticketing.operations.printing import store_rendered_tickets
from ticketing.printing.ticket_pdf import ticket_pdf
from ticketing.printing.words import ticket_sheets
from ticketing.queries.printing import valid_tickets


def render_tickets(*, order_id: UUID, now: datetime, ticket_id: int | None = None) -> bytes | None:
    """Lays out the valid tickets of an order, or one of them, in the order's language. None when there are none."""
    tickets = valid_tickets(order_id=order_id, ticket_id=ticket_id)
    if not tickets:
        return None
    language = tickets[0].line.order.language
    content = ticket_pdf(ticket_sheets(tickets, key=key_at_work(now=now), language=language), language=language)
    store_rendered_tickets(content=content, order_id=order_id, ticket_id=ticket_id, now=now)
    return content
