"""The timetable of the outbox, for `CELERY_BEAT_SCHEDULE`. A sweep nobody had time for is dropped, not piled up."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

SWEEP_SECONDS = 2.0

OUTBOX_SCHEDULE: dict[str, dict[str, Any]] = {
    "outbox-sweep": {"task": "outbox.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS * 2}},
    "outbox-purge": {"task": "outbox.purge", "schedule": crontab(hour="3", minute="20")},
}
