"""The timetable of the payments, for `CELERY_BEAT_SCHEDULE`."""

from __future__ import annotations

from typing import Any

POLL_SECONDS = 30.0

PAYMENTS_SCHEDULE: dict[str, dict[str, Any]] = {
    "payments-poll": {"task": "payments.poll", "schedule": POLL_SECONDS, "options": {"expires": POLL_SECONDS}},
}
