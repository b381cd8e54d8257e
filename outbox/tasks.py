"""What Celery runs. Losing any of these only costs time, so none is retried or kept by the broker."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from outbox import delivering, operations

# Below the lease: whoever hangs is stopped before another worker takes the delivery for abandoned.
SOFT_LIMIT_SECONDS = 50
HARD_LIMIT_SECONDS = 58


@shared_task(
    name="outbox.deliver",
    ignore_result=True,
    acks_late=False,
    soft_time_limit=SOFT_LIMIT_SECONDS,
    time_limit=HARD_LIMIT_SECONDS,
)
def deliver(delivery_ids: list[int]) -> None:
    delivering.deliver(delivery_ids)


@shared_task(
    name="outbox.sweep",
    ignore_result=True,
    acks_late=False,
    soft_time_limit=SOFT_LIMIT_SECONDS,
    time_limit=HARD_LIMIT_SECONDS,
)
def sweep() -> None:
    delivering.sweep()


@shared_task(name="outbox.purge", ignore_result=True, acks_late=False)
def purge() -> None:
    operations.purge(now=timezone.now())
