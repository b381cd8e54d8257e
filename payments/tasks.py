"""Asks after payments, refunds and chargebacks nobody told us about: webhooks get lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from outbox.errors import Rejected, Unavailable
from payments.inquiries import look_at
from ticketing.operations.refunds import send_refund
from ticketing.queries.payments import paid_to_poll, payments_to_poll, refunds_to_poll

logger = logging.getLogger(__name__)

# Young payments are left to the buyer's return and the webhook, which are quicker and cost no extra call.
QUIET = timedelta(seconds=20)
BATCH = 50
# Below the interval between two rounds, so that rounds do not pile up when the provider is slow.
LONGEST_ROUND = timedelta(seconds=25)


@shared_task(name="payments.poll", ignore_result=True, acks_late=False, soft_time_limit=50, time_limit=58)
def poll_payments() -> None:
    now = timezone.now()
    _ask_after(payments_to_poll(now=now, quiet=QUIET, limit=BATCH), lambda found, at: look_at(found, now=at), now)


@shared_task(name="payments.poll_paid", ignore_result=True, acks_late=False, soft_time_limit=50, time_limit=58)
def poll_paid() -> None:
    now = timezone.now()
    _ask_after(paid_to_poll(now=now, limit=BATCH), lambda found, at: look_at(found, now=at), now)


@shared_task(name="payments.poll_refunds", ignore_result=True, acks_late=False, soft_time_limit=50, time_limit=58)
def poll_refunds() -> None:
    now = timezone.now()
    _ask_after(refunds_to_poll(now=now, limit=BATCH), lambda found, at: send_refund(refund_id=found, now=at), now)


def _ask_after(found: Iterable[UUID], ask: Callable[[UUID, datetime], None], started: datetime) -> None:
    """One that gets no answer must not keep the others from being asked; the round as a whole is bounded."""
    for subject in found:
        now = timezone.now()
        if now - started > LONGEST_ROUND:
            return
        try:
            ask(subject, now)
        except Unavailable as error:
            logger.warning("the payment provider does not answer", extra={"reason": error.reason})
        except Rejected as error:
            logger.error("the payment provider refuses to answer", extra={"reason": error.reason})
