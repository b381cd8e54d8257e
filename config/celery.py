"""The worker and its timetable. What must not be lost goes through the outbox, never straight to a task."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

app = Celery("parterre")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
