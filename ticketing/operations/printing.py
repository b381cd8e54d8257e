"""Tickets on paper: asked for by whoever wants them, rendered once by a worker, kept until they are no longer true."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Q

from ticketing.identifiers import uuid7
from ticketing.models import Order, Ticket, TicketDocument
from ticketing.models.printing import private_storage
from ticketing.queries.printing import Readiness, RenderedTickets, TicketsVoid, rendered_tickets

RENDER_TASK = "ticketing.render_tickets"
# A worker answers in well under a second; after this long the bell is taken for lost and rung again.
BELL_IS_LOST_AFTER = timedelta(seconds=20)


def ask_for_tickets(*, order_id: UUID, now: datetime, ticket_code: str | None = None) -> RenderedTickets:
    """The tickets as a PDF when they are there; otherwise a worker is told once, whoever asks and however often.

    Raises TicketsVoid when there is nothing valid to print.
    """
    known = rendered_tickets(order_id=order_id, ticket_code=ticket_code)
    if known is not None and (known.is_ready or _is_under_way(known, now)):
        return known
    ticket_id = _ticket_to_print(order_id, ticket_code)
    if known is not None and known.readiness is Readiness.OUTDATED:
        forget_rendered_tickets(documents=Q(order=order_id, ticket=ticket_id))
    if _is_first_to_ask(order_id, ticket_id, now):
        current_app.send_task(RENDER_TASK, [str(order_id), ticket_id])
    return RenderedTickets(Readiness.ASKED, now)


_STORE = """
INSERT INTO ticketing_ticketdocument (id, order_id, ticket_id, file, asked_at, rendered_at)
VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (order_id, ticket_id) DO UPDATE SET file = EXCLUDED.file, rendered_at = EXCLUDED.rendered_at
"""


def store_rendered_tickets(*, content: bytes, order_id: UUID, ticket_id: int | None, now: datetime) -> None:
    """Keeps a document for whoever asks next, whether somebody already did or a mail is about to carry it."""
    document_id = uuid7()
    name = private_storage().save(f"tickets/{now:%Y/%m}/{document_id}.pdf", ContentFile(content))
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [document_id, order_id, ticket_id, name, now, now])


def forget_rendered_tickets(*, documents: Q) -> int:
    """Takes documents that no longer say the truth, or are no longer needed, out of the storage. Returns how many."""
    rows = list(TicketDocument.objects.filter(documents))
    for row in rows:
        row.file.delete(save=False)
    TicketDocument.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _is_under_way(known: RenderedTickets, now: datetime) -> bool:
    return known.readiness is Readiness.ASKED and now - known.asked_at < BELL_IS_LOST_AFTER


def _ticket_to_print(order_id: UUID, ticket_code: str | None) -> int | None:
    tickets = Ticket.objects.filter(line__order=order_id, state=Ticket.State.VALID, line__order__state=Order.State.PAID)
    if ticket_code is not None:
        tickets = tickets.filter(code=ticket_code)
    first = tickets.values_list("pk", flat=True).first()
    if first is None:
        raise TicketsVoid
    return None if ticket_code is None else first


# In one statement and without an exception, because this happens while somebody waits for a page: of all who ask, the
# one whose row it is rings the bell, and after a silence the first who notices rings again.
_ASK = """
INSERT INTO ticketing_ticketdocument (id, order_id, ticket_id, file, asked_at) VALUES (%s, %s, %s, '', %s)
ON CONFLICT (order_id, ticket_id) DO UPDATE SET asked_at = EXCLUDED.asked_at
WHERE ticketing_ticketdocument.rendered_at IS NULL AND ticketing_ticketdocument.asked_at <= %s
"""


def _is_first_to_ask(order_id: UUID, ticket_id: int | None, now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [uuid7(), order_id, ticket_id, now, now - BELL_IS_LOST_AFTER])
        return bool(cursor.rowcount)
