"""The worker's application. What must not be lost goes through the outbox, never straight to a task."""

from __future__ import annotations

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

import config.request_names  # noqa: F401 - connects its signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("parterre")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_like_the_web(**_: Any) -> None:
    """Celery would otherwise replace the log by its own; Django's stands already when the settings are read."""
