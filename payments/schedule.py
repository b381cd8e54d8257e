"""The timetable of the payments, for `CELERY_BEAT_SCHEDULE`."""

from __future__ import annotations

from typing import Any

POLL_SECONDS = 30.0
REFUND_POLL_SECONDS = 600.0
PAID_POLL_SECONDS = 300.0

PAYMENTS_SCHEDULE: dict[str, dict[str, Any]] = {
    "payments-poll-refunds": {"task": "payments.poll_refunds", "schedule": REFUND_POLL_SECONDS},
    "payments-poll-paid": {"task": "payments.poll_paid", "schedule": PAID_POLL_SECONDS, "options": {"expires": 60.0}},
    "payments-poll": {"task": "payments.poll", "schedule": POLL_SECONDS, "options": {"expires": POLL_SECONDS}},
}
