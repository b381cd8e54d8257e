"""Tickets on paper: asked for by whoever wants them, rendered once by a worker, kept until they are no longer true."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from celery import current_app
from django.core.files.base import ContentFile
from django.db import connection
from django.db.models import Q

from ticketing.identifiers import uuid7
from ticketing.models import Ticket, TicketDocument
from ticketing.models.printing import private_storage
from ticketing.queries.printing import Readiness, RenderedTickets, TicketsVoid, rendered_tickets

logger = logging.getLogger(__name__)

RENDER_TASK = "ticketing.render_tickets"
# A worker answers in well under a second; after this long the bell is taken for lost and rung again.
BELL_IS_LOST_AFTER = timedelta(seconds=20)
KEEP_PAPER = timedelta(days=30)
BATCH = 200


def ask_for_tickets(*, order_id: UUID, now: datetime, ticket_code: str | None = None) -> RenderedTickets:
    """The tickets as a PDF when they are there; otherwise a worker is told once, whoever asks and however often.

    Raises TicketsVoid when there is nothing valid to print.
    """
    known = rendered_tickets(order_id=order_id, ticket_code=ticket_code)
    if known is not None and (known.is_ready or _is_under_way(known, now)):
        return known
    if known is not None and known.readiness is Readiness.OUTDATED:
        forget_rendered_tickets(documents=Q(order=order_id, ticket=None))
    _ring_if_first(order_id, ticket_code, now)
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


def content_of(rendered: RenderedTickets) -> bytes | None:
    """None while it is being made, and when the storage lost it: then it is forgotten, to be made again."""
    if not rendered.is_ready:
        return None
    try:
        with private_storage().open(rendered.file) as file:
            return bytes(file.read())
    except FileNotFoundError:
        logger.warning("a rendered ticket is gone from the storage")
        TicketDocument.objects.filter(file=rendered.file).delete()
        return None


def forget_rendered_tickets(*, documents: Q) -> int:
    """Takes documents that no longer say the truth, or are no longer needed, out of the storage. Returns how many."""
    rows = list(TicketDocument.objects.filter(documents))
    for row in rows:
        row.file.delete(save=False)
    TicketDocument.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def forget_old_paper(*, now: datetime) -> int:
    """After a month a PDF is hardly asked for any more; whoever does gets it rendered again."""
    old = TicketDocument.objects.filter(rendered_at__lte=now - KEEP_PAPER).order_by("rendered_at")
    return forget_rendered_tickets(documents=Q(pk__in=list(old.values_list("pk", flat=True)[:BATCH])))


def _is_under_way(known: RenderedTickets, now: datetime) -> bool:
    return known.readiness is Readiness.ASKED and now - known.asked_at < BELL_IS_LOST_AFTER


# In one statement, because this happens while somebody waits for a page: of all who ask, the one whose row it is rings
# the bell, and after a silence the first who notices rings again.
_ASK = """
INSERT INTO ticketing_ticketdocument (id, order_id, ticket_id, file, asked_at)
SELECT %(id)s, sale.id, CASE WHEN %(code)s::text IS NULL THEN NULL ELSE ticket.id END, '', %(now)s
FROM ticketing_ticket ticket
JOIN ticketing_orderline line ON line.id = ticket.line_id
JOIN ticketing_order sale ON sale.id = line.order_id
WHERE sale.id = %(order)s AND sale.state = 'paid' AND ticket.state = 'valid'
  AND (%(code)s::text IS NULL OR ticket.code = %(code)s)
LIMIT 1
ON CONFLICT (order_id, ticket_id) DO UPDATE SET asked_at = EXCLUDED.asked_at
WHERE ticketing_ticketdocument.rendered_at IS NULL AND ticketing_ticketdocument.asked_at <= %(lost)s
RETURNING ticket_id
"""


def _ring_if_first(order_id: UUID, ticket_code: str | None, now: datetime) -> None:
    lost = now - BELL_IS_LOST_AFTER
    with connection.cursor() as cursor:
        cursor.execute(_ASK, {"id": uuid7(), "order": order_id, "code": ticket_code, "now": now, "lost": lost})
        first = cursor.fetchone()
    if first is not None:
        _ring(order_id, first[0])
    elif not _valid(order_id, ticket_code):
        raise TicketsVoid


def _valid(order_id: UUID, ticket_code: str | None) -> bool:
    """Whether nothing was inserted because somebody else had asked, and not because there is nothing to print."""
    tickets = Ticket.objects.filter(line__order=order_id, line__order__state="paid", state=Ticket.State.VALID)
    return tickets.filter(**({} if ticket_code is None else {"code": ticket_code})).exists()


def _ring(order_id: UUID, ticket_id: int | None) -> None:
    """A broker that is away costs time, not tickets: whoever polls after a while rings again."""
    try:
        current_app.send_task(RENDER_TASK, [str(order_id), ticket_id], retry=False, ignore_result=True)
    except Exception as error:
        logger.warning("bell for a rendering lost", extra={"error": type(error).__name__})
