"""Settings of the processes the crash test starts and kills: ordinary, with a real broker and less patience."""

from config.settings.test import *
from config.settings.test import REDIS_URL

CELERY_BROKER_URL = f"{REDIS_URL}/0"
CELERY_IMPORTS = ("tests.outbox.crash_site",)
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_DELAY = 0.5

# Longer than a busy machine ever stops a process for, shorter than the test.
OUTBOX_LEASE_SECONDS = 5
OUTBOX_FIRST_PAUSE_SECONDS = 0.2
OUTBOX_TURN_SECONDS = 5
