"""Valkey of one machine asks for a password, and remembers over a restart what it was given."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from devtools.ports import free_port
from devtools.supervisor import Supervisor
from devtools.valkey import Valkey, find_valkey
from tests.dev.servers import ENVIRONMENT


@pytest.fixture
def valkey(folder: Path) -> Iterator[tuple[Valkey, Supervisor]]:
    one = Valkey(folder / "valkey", find_valkey(ENVIRONMENT.site_packages), password="closed", port=free_port())
    one.prepare()
    supervisor = Supervisor(folder / "processes.json")
    supervisor.start(one.program())
    yield one, supervisor
    supervisor.stop_all()


def test_nobody_comes_in_without_the_password(valkey: tuple[Valkey, Supervisor]) -> None:
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=valkey[0].port).ping()


def test_a_killed_server_comes_back_with_what_it_had(valkey: tuple[Valkey, Supervisor]) -> None:
    server, supervisor = valkey
    client = redis.Redis.from_url(server.url)
    client.set("queue", "kept")
    time.sleep(1.1)  # the file is synced every second
    os.kill(supervisor.children[0].popen.pid, signal.SIGKILL)
    deadline = time.monotonic() + 20
    found = None
    while found is None and time.monotonic() < deadline:
        supervisor.tend()
        try:
            found = client.get("queue")
        except redis.ConnectionError:
            time.sleep(0.1)
    assert found == b"kept"
