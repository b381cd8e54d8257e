"""A beat that may be started on every machine: the one that holds the lease keeps time, the others stand by.

Rare tasks leave a mark in the database, so that a nightly task is still made when beat was restarted over its hour.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from typing import Any
from uuid import uuid4

from celery.beat import ScheduleEntry, Scheduler
from django.db import Error as DatabaseError
from django.db import connection
from django.utils import timezone

from outbox import lease
from outbox.models import Lease

logger = logging.getLogger(__name__)

LEASE_NAME = "beat"
LEASE_SECONDS = 15.0
RENEW_SECONDS = 5.0
STAND_BY_SECONDS = 2.0
# Tasks made more often than this need no mark: the next one comes soon anyway.
RARE_SECONDS = 60


class LeasedScheduler(Scheduler):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        self.leading = False
        self._renewed = float("-inf")
        super().__init__(*arguments, **options)

    def setup_schedule(self) -> None:
        self.install_default_entries(self.data)
        self.update_from_dict(self.app.conf.beat_schedule)

    def tick(self, *arguments: Any, **options: Any) -> float:
        if not self._lead():
            return STAND_BY_SECONDS
        pause: float = super().tick(*arguments, **options)
        return min(pause, RENEW_SECONDS)

    def apply_async(self, entry: ScheduleEntry, *arguments: Any, **options: Any) -> Any:
        if _is_rare(entry):
            self._mark(entry)
        return super().apply_async(entry, *arguments, **options)

    def close(self) -> None:
        if self.leading:
            self._guarded(lambda: lease.give_back(LEASE_NAME, holder=self.holder, now=timezone.now()))
        super().close()

    def _lead(self) -> bool:
        if self.leading and time.monotonic() - self._renewed < RENEW_SECONDS:
            return True
        asked = time.monotonic()
        led = self.leading
        self.leading = bool(self._guarded(self._take))
        if self.leading:
            self._renewed = asked
            if not led:
                logger.info("beat leads", extra={"holder": self.holder})
                self._guarded(self._remember)
        return self.leading

    def _take(self) -> bool:
        return lease.take(LEASE_NAME, holder=self.holder, seconds=LEASE_SECONDS, now=timezone.now())

    def _remember(self) -> None:
        """Go on from where the last leader stopped, not from when this process began to stand by."""
        marks = dict(Lease.objects.filter(name__startswith=f"{LEASE_NAME}/").values_list("name", "taken_at"))
        for name, entry in self.schedule.items():
            entry.last_run_at = marks.get(f"{LEASE_NAME}/{name}", entry.last_run_at)
        self._heap = None

    def _mark(self, entry: ScheduleEntry) -> None:
        now = timezone.now()
        mark = {"holder": self.holder, "taken_at": now, "until": now}
        self._guarded(lambda: Lease.objects.update_or_create(name=f"{LEASE_NAME}/{entry.name}", defaults=mark))

    def _guarded(self, ask: Any) -> Any:
        """Without its database beat stands by: nobody could tell whether another one leads."""
        try:
            return ask()
        except DatabaseError as error:
            logger.warning("beat cannot reach its lease", extra={"error": type(error).__name__})
            connection.close()
            return None


def _is_rare(entry: ScheduleEntry) -> bool:
    every = getattr(entry.schedule, "run_every", None)
    return every is None or every.total_seconds() >= RARE_SECONDS
