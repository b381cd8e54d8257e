"""Lets one process at a time do a thing, by a row that runs out when its holder dies."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from outbox.models import Lease

TAKE = """
INSERT INTO outbox_lease (name, holder, taken_at, until)
VALUES (%(name)s, %(holder)s, %(now)s, %(until)s)
ON CONFLICT (name) DO UPDATE SET
    holder = excluded.holder,
    until = excluded.until,
    taken_at = CASE WHEN outbox_lease.holder = excluded.holder THEN outbox_lease.taken_at ELSE excluded.taken_at END
WHERE outbox_lease.holder = excluded.holder OR outbox_lease.until <= %(now)s
RETURNING name
"""


def take(name: str, *, holder: str, seconds: float, now: datetime) -> bool:
    """Take or renew the lease; False means somebody else has it."""
    with connection.cursor() as cursor:
        until = now + timedelta(seconds=seconds)
        cursor.execute(TAKE, {"name": name, "holder": holder, "now": now, "until": until})
        return cursor.fetchone() is not None


def give_back(name: str, *, holder: str, now: datetime) -> None:
    Lease.objects.filter(name=name, holder=holder).update(until=now)
