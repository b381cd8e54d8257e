"""The worker's application. What must not be lost goes through the outbox, never straight to a task."""

from __future__ import annotations

import gc
import os
import warnings
from typing import Any

from celery import Celery
from celery.exceptions import SecurityWarning
from celery.signals import setup_logging, task_postrun, worker_init
from django.db import connections

import config.request_names  # noqa: F401 - connects its signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

# On one machine, root may run it: tasks are JSON, so a broker cannot make it run anything that is not ours.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("parterre")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A connection of its own for every task would cost more than most tasks; Celery has no newer name for this.
app.conf["CELERY_DB_REUSE_MAX"] = 1_000_000
app.autodiscover_tasks()


@setup_logging.connect
def _log_like_the_web(**_: Any) -> None:
    """Celery would otherwise replace the log by its own; Django's stands already when the settings are read."""


@task_postrun.connect
def _leave_broken_connections(**_: Any) -> None:
    """A connection that failed is not used again: the database may have been restarted."""
    for connection in connections.all(initialized_only=True):
        if connection.errors_occurred:
            connection.close_if_unusable_or_obsolete()


@worker_init.connect
def _share_memory(**_: Any) -> None:
    """What is loaded now is shared by the processes of the pool as long as no collector writes to it."""
    gc.collect()
    gc.freeze()
