"""The change a confirmation link is about."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import ChangeConfirmation

_signer = Signer(salt="order-change")


class ConfirmationRefused(TicketingError):
    code = "confirmation_refused"
    message = _("This link does not work any more. Ask for a new one on the page of your order.")
    status = 404


def change_token(change_id: UUID) -> str:
    """For the mail to the address of the order, and for nowhere else."""
    return _signer.sign(change_id.hex)


def change_id_in(token: str) -> UUID:
    try:
        return UUID(hex=_signer.unsign(token))
    except (BadSignature, ValueError) as wrong:
        raise ConfirmationRefused from wrong


def asked_change(token: str, *, order_id: UUID, now: datetime) -> ChangeConfirmation:
    """For the page that asks for the last click; its tickets come with it."""
    changes = ChangeConfirmation.objects.prefetch_related("tickets__line")
    change = changes.filter(id=change_id_in(token), order=order_id, confirmed_at=None, expires_at__gt=now).first()
    if change is None:
        raise ConfirmationRefused
    return change
