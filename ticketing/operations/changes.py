"""Changing an order through its link: asked by whoever has the link, done by whoever reads the order's mail."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import ChangeConfirmationAsked
from ticketing.models import ChangeConfirmation, Order, Ticket
from ticketing.operations.cancellations import NothingToCancel, cancel_tickets, check_term
from ticketing.queries.changes import ConfirmationRefused, change_id_in

CONFIRMATION_LASTS = timedelta(hours=1)
MOST_QUESTIONS = 5


class AskedTooOften(TicketingError):
    """A stranger with the link must not be able to fill somebody's mail box."""

    code = "asked_too_often"
    message = _("We have sent several links to the address of this order. Use the latest, or try again in an hour.")
    status = 429


class AlreadyConfirmed(TicketingError):
    code = "already_confirmed"
    message = _("This change has been confirmed already.")
    status = 409


def ask_cancellation(*, order_id: UUID, ticket_ids: Collection[int], now: datetime) -> UUID:
    """Nothing changes yet: a link goes to the address of the order. Refused when cancelling would be refused too."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(id=order_id)
        tickets = list(
            Ticket.objects.select_related("line__performance", "line__house").filter(
                line__order=order, id__in=set(ticket_ids), state=Ticket.State.VALID
            )
        )
        if not tickets or len(tickets) != len(set(ticket_ids)):
            raise NothingToCancel
        check_term(tickets, now=now)
        if order.change_confirmations.filter(asked_at__gt=now - CONFIRMATION_LASTS).count() >= MOST_QUESTIONS:
            raise AskedTooOften
        change = ChangeConfirmation.objects.create(order=order, asked_at=now, expires_at=now + CONFIRMATION_LASTS)
        change.tickets.set(tickets)
        record(ChangeConfirmationAsked(order_id=order.id, change_id=change.id), now=now)
    return change.id


def confirm_cancellation(*, token: str, order_id: UUID, now: datetime) -> Decimal:
    """Cancels what was asked for and returns what goes back. Works once; a replay is refused."""
    with transaction.atomic():
        changes = ChangeConfirmation.objects.select_for_update().filter(order=order_id)
        change = changes.filter(id=change_id_in(token)).first()
        if change is None or change.expires_at <= now:
            raise ConfirmationRefused
        if change.confirmed_at is not None:
            raise AlreadyConfirmed
        ChangeConfirmation.objects.filter(id=change.id).update(confirmed_at=now)
        tickets = change.tickets.values_list("id", flat=True)
        return cancel_tickets(order_id=order_id, ticket_ids=list(tickets), now=now)
