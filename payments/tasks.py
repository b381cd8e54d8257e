"""Asks after payments nobody told us about: webhooks get lost."""

from __future__ import annotations

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from outbox.errors import Rejected, Unavailable
from ticketing.operations.payments import sync
from ticketing.queries.payments import payments_to_poll

logger = logging.getLogger(__name__)

# Young payments are left to the buyer's return and the webhook, which are quicker and cost no extra call.
QUIET = timedelta(seconds=20)
BATCH = 50
# Below the interval between two rounds, so that rounds do not pile up when the provider is slow.
LONGEST_ROUND = timedelta(seconds=25)


@shared_task(name="payments.poll", ignore_result=True, acks_late=False, soft_time_limit=50, time_limit=58)
def poll_open_payments() -> None:
    started = timezone.now()
    for payment_id in payments_to_poll(now=started, quiet=QUIET, limit=BATCH):
        now = timezone.now()
        if now - started > LONGEST_ROUND:
            return
        try:
            sync(payment_id=payment_id, now=now)
        except Unavailable as error:
            logger.warning("polling stopped, the provider does not answer", extra={"reason": error.reason})
            return
        except Rejected as error:
            logger.error("payment without answer from the provider", extra={"reason": error.reason})
