"""The timetable of the kernel's own tasks; settings put every timetable together."""

from __future__ import annotations

from typing import Any

from celery.schedules import crontab

KERNEL_SCHEDULE: dict[str, dict[str, Any]] = {
    "ticketing-tidy": {"task": "ticketing.tidy", "schedule": 20.0, "options": {"expires": 15}},
    "ticketing-tidy-nightly": {"task": "ticketing.tidy_nightly", "schedule": crontab(hour="3", minute="50")},
}
