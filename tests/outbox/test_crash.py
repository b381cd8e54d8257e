"""Nothing recorded is lost, nothing rolled back is heard, whatever dies: workers, beats, the broker and its memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.db import connection

from devtools.paths import ROOT
from devtools.ports import free_port
from devtools.processes import kill_group
from devtools.supervisor import Child, Program, Supervisor
from devtools.valkey import Valkey, find_valkey
from outbox.models import Delivery, Lease
from tests.dev.servers import ENVIRONMENT, open_folder
from tests.outbox import crash_site

RECORDERS = 3
FACTS_EACH = 700
SUBSCRIBERS = ("moody", "steady")
LONGEST_SECONDS = 120


class Site:
    """A worker, a second worker, two beats and a Valkey, on the test's own database."""

    def __init__(self, folder: Path, variables: dict[str, str], valkey: Valkey) -> None:
        self.variables = variables
        self.supervisor = Supervisor(folder / "processes.json")
        self.valkey = self.supervisor.start(valkey.program())
        self.broker = redis.Redis.from_url(valkey.url)
        self.workers = [self._celery(f"worker-{number}", *self._worker(number)) for number in (1, 2)]
        self.beats = [self._celery(f"beat-{number}", "beat", "--pidfile", "") for number in (1, 2)]

    def _worker(self, number: int) -> list[str]:
        return ["worker", "--concurrency", "2", "-n", f"crash-{number}", "-Q", "outbox", "--without-gossip"]

    def _celery(self, name: str, *arguments: str) -> Child:
        command = [sys.executable, "-m", "celery", "--app", "config", *arguments, "--loglevel", "error"]
        program = Program(
            name=name, command=command, environment=self.variables, popen_arguments={"cwd": ROOT}, quiet=True
        )
        return self.supervisor.start(program)

    def record(self, seed: int) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.outbox.crash_site", str(seed), str(FACTS_EACH)]
        return subprocess.Popen(command, cwd=ROOT, env={**self.variables}, start_new_session=True)

    def wait(self, seconds: float) -> None:
        """Restarts whatever died meanwhile, as the supervisor of an installation does."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.supervisor.tend()
            time.sleep(0.1)

    def kill(self, child: Child) -> None:
        kill_group(child.popen.pid)

    def kill_leading_beat(self) -> None:
        holder = Lease.objects.values_list("holder", flat=True).get(name="beat")
        (leader,) = [beat for beat in self.beats if f":{beat.popen.pid}:" in holder]
        self.kill(leader)


@pytest.fixture
def site(transactional_db: None) -> Iterator[Site]:
    with connection.cursor() as cursor:
        cursor.execute(crash_site.DROP)
        cursor.execute(crash_site.SCHEMA)
        cursor.execute("INSERT INTO crash_stream SELECT generate_series(0, %s)", [crash_site.STREAMS - 1])
    try:
        with open_folder() as folder:
            valkey = Valkey(
                folder / "valkey", find_valkey(ENVIRONMENT.site_packages), password="crash", port=free_port()
            )
            valkey.prepare()
            site = Site(folder, variables(valkey), valkey)
            try:
                yield site
            finally:
                site.supervisor.stop_all()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(crash_site.DROP)


def variables(valkey: Valkey) -> dict[str, str]:
    return {
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(connection.settings_dict),
        "REDIS_URL": valkey.url,
        "DJANGO_SETTINGS_MODULE": "tests.outbox.crash_settings",
        "PATH": "/usr/bin:/bin",
    }


@pytest.mark.crash
def test_no_fact_is_lost_invented_or_overtaken_when_everything_dies(site: Site) -> None:
    started = time.monotonic()
    recorders = [site.record(seed) for seed in range(RECORDERS)]
    site.wait(4)
    for misfortune in (
        lambda: site.kill(site.workers[0]),
        site.broker.flushall,
        lambda: site.kill(site.workers[1]),
        site.kill_leading_beat,
        lambda: site.kill(site.workers[0]),
        lambda: site.kill(site.valkey),
        lambda: (site.kill(site.workers[0]), site.kill(site.workers[1])),
    ):
        misfortune()
        site.wait(1.5)
    site.broker.flushall()

    assert [recorder.wait(timeout=LONGEST_SECONDS) for recorder in recorders] == [0] * RECORDERS
    while Delivery.objects.exclude(state=Delivery.State.DONE).exists():
        assert time.monotonic() - started < LONGEST_SECONDS, unfinished()
        site.wait(0.5)

    recorded = rows("SELECT stream, number, token FROM crash_committed ORDER BY stream, number")
    assert len(recorded) == RECORDERS * FACTS_EACH
    for name in SUBSCRIBERS:
        assert set(rows("SELECT stream, number, token FROM crash_heard WHERE subscriber = %s", name)) == set(recorded)
        assert overtakings(name) == []


def overtakings(subscriber: str) -> list[tuple[int, int, int]]:
    """Numbers heard after a higher one of their stream. Hearing the same one again is allowed: at least once."""
    found = []
    last: defaultdict[int, int] = defaultdict(int)
    for stream, number in rows(
        "SELECT stream, number FROM crash_heard WHERE subscriber = %s ORDER BY position", subscriber
    ):
        if number < last[stream]:
            found.append((stream, last[stream], number))
        last[stream] = number
    return found


def unfinished() -> list[tuple[object, ...]]:
    return list(
        Delivery.objects.exclude(state=Delivery.State.DONE).values_list("subscriber", "stream", "state", "attempt")
    )


def rows(statement: str, *parameters: object) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [tuple(row) for row in cursor.fetchall()]
