"""One mail per occasion, however often the outbox tells of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ticketing.mails.letters import Envelope, Letter, compose, post
from ticketing.operations.mails import register_mail
from ticketing.queries.mails import is_registered


def send_once(envelope: Envelope, write: Callable[[], Letter | None], *, now: datetime) -> None:
    """`write` is only called when the occasion is new and the mail is going to leave; it may find nothing left to say.

    Registered after the mail server took it: a crash in between repeats the mail, with the same Message-ID, rather than
    losing it. The mails of a loaded past are registered and never sent.
    """
    if is_registered(envelope.occasion):
        return
    order = envelope.order
    is_historical = order is not None and order.is_historical
    if not is_historical:
        letter = write()
        if letter is None:
            return
        post(compose(envelope, letter))
    register_mail(
        key=envelope.occasion,
        template=envelope.template,
        house_id=envelope.house.pk,
        language=envelope.language,
        recipient=envelope.to,
        now=now,
        order_id=order.pk if order else None,
        is_historical=is_historical,
    )
