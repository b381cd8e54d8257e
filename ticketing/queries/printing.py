"""Which tickets of an order can be printed, and whether they have been."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Credit, Ticket, TicketDocument


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
    """Where asking for tickets on paper stands."""

    readiness: Readiness
    asked_at: datetime
    file: FieldFile | None = None

    @property
    def is_ready(self) -> bool:
        return self.readiness is Readiness.READY


def rendered_tickets(*, order_id: UUID, ticket_code: str | None = None) -> RenderedTickets | None:
    """The document of one ticket or of the whole order, or None when nobody asked for it yet. One statement."""
    cancelled_since = Ticket.objects.filter(line__order=order_id, cancelled_at__gte=OuterRef("rendered_at"))
    wanted = Q(ticket=None) if ticket_code is None else Q(ticket__code=ticket_code)
    document = (
        TicketDocument.objects.filter(wanted, order=order_id)
        .select_related("ticket")
        .annotate(is_outdated=Exists(cancelled_since))
        .first()
    )
    if document is None:
        return None
    if document.ticket is not None and document.ticket.state == Ticket.State.CANCELLED:
        raise TicketsVoid
    if document.rendered_at is None:
        return RenderedTickets(Readiness.ASKED, document.asked_at)
    if document.ticket is None and document.is_outdated:
        return RenderedTickets(Readiness.OUTDATED, document.asked_at)
    return RenderedTickets(Readiness.READY, document.asked_at, document.file)


def valid_tickets(*, order_id: UUID, ticket_id: int | None = None) -> list[Ticket]:
    """With everything their sheets say, in one statement."""
    tickets = Ticket.objects.filter(line__order=order_id, state=Ticket.State.VALID)
    if ticket_id is not None:
        tickets = tickets.filter(pk=ticket_id)
    performers = Credit.objects.filter(production=OuterRef("performance__production"))
    return list(
        tickets.select_related(
            "line__order", "place", "performance__production__genre", "performance__hall__venue", "performance__house"
        )
        .annotate(performers=ArraySubquery(performers.values("performer__name")))
        .order_by("performance__starts_at", "id")
    )
