"""What the crash test kills: processes that record facts, and subscribers that write down what they heard.

Each recorded number counts on from its stream's row, under that row's lock, as an operation would; some transactions
are rolled back after recording. `python -m tests.outbox.crash_site SEED COUNT` records COUNT facts.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import django
from django.db import connection, transaction
from django.utils import timezone

from outbox.errors import Unavailable
from outbox.facts import Fact
from outbox.subscribing import subscriber

STREAMS = 40
SCHEMA = """
CREATE TABLE crash_stream (stream int PRIMARY KEY, last int NOT NULL DEFAULT 0);
CREATE TABLE crash_committed (token uuid PRIMARY KEY, stream int NOT NULL, number int NOT NULL);
CREATE TABLE crash_heard (
    position bigserial PRIMARY KEY, subscriber text NOT NULL,
    stream int NOT NULL, number int NOT NULL, token uuid NOT NULL
);
"""
DROP = "DROP TABLE IF EXISTS crash_stream, crash_committed, crash_heard"


@dataclass(frozen=True)
class SomethingHappened(Fact):
    place: int
    number: int
    token: UUID

    @property
    def stream(self) -> str:
        return f"place:{self.place}"


@subscriber(SomethingHappened)
def steady(fact: SomethingHappened, *, now: datetime) -> None:
    if random.random() < 0.07:
        time.sleep(0.04)  # the other side is slow: whoever else took this delivery would be quicker
    _write_down("steady", fact)


@subscriber(SomethingHappened)
def moody(fact: SomethingHappened, *, now: datetime) -> None:
    if random.random() < 0.02:
        raise Unavailable("in a mood")
    _write_down("moody", fact)


def _write_down(name: str, fact: SomethingHappened) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO crash_heard (subscriber, stream, number, token) VALUES (%s, %s, %s, %s)",
            [name, fact.place, fact.number, fact.token],
        )


def record_many(seed: int, count: int) -> None:
    chance = random.Random(seed)
    committed = 0
    while committed < count:
        committed += _record_one(chance.randrange(STREAMS), rolled_back=chance.random() < 0.15)
        time.sleep(0.01)  # so that recording lasts as long as the killing


@transaction.atomic
def _record_one(place: int, *, rolled_back: bool) -> int:
    from outbox.recording import record  # models may be imported only once Django is set up

    token = uuid4()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE crash_stream SET last = last + 1 WHERE stream = %s RETURNING last", [place])
        (number,) = cursor.fetchone()
        cursor.execute("INSERT INTO crash_committed VALUES (%s, %s, %s)", [token, place, number])
    record(SomethingHappened(place, number, token), now=timezone.now())
    transaction.set_rollback(rolled_back)
    return 0 if rolled_back else 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.outbox.crash_settings")
    django.setup()
    # Under its own name, as the workers import it; this run of the file is called __main__.
    from tests.outbox import crash_site

    crash_site.record_many(int(sys.argv[1]), int(sys.argv[2]))
