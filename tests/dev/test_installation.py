"""`./dev run` from nothing, again, and after anything in it was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from devtools.paths import ROOT
from devtools.ports import free_port, is_free

PROCESSES = ["postgres", "valkey", "sandbox", "web", "worker", "beat"]
OURS = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PARTERRE_POSTGRES_PID", "PARTERRE_VALKEY_PID")


class Run:
    """One `./dev run`, seen from outside."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.output = (data / "output.txt").open("a")
        environment = {name: value for name, value in os.environ.items() if name not in OURS}
        self.popen = subprocess.Popen(
            [sys.executable, "dev", "run", "--no-demo", "--port", str(self.port), "--data", str(data)],
            cwd=ROOT,
            env={**environment, "PARTERRE_VENV": sys.prefix, "PARTERRE_NO_APT": "1"},
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def pids(self) -> dict[str, int]:
        try:
            entries = json.loads((self.data / "run" / "processes.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return {entry["name"]: entry["pid"] for entry in entries}

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_for(self, condition: Callable[[], bool], seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline or self.popen.poll() is not None:
                pytest.fail((self.data / "output.txt").read_text()[-4000:])
            time.sleep(0.1)

    def open(self) -> bool:
        return list(self.pids) == PROCESSES and self.ready()

    def kill(self, name: str) -> None:
        before = self.pids[name]
        os.kill(before, signal.SIGKILL)
        self.wait_for(lambda: self.pids.get(name, before) != before and self.ready())

    def stop(self, how: signal.Signals) -> int:
        self.popen.send_signal(how)
        return self.popen.wait(60)


@pytest.mark.crash
def test_an_installation_starts_twice_and_outlives_the_death_of_any_part(folder: Path) -> None:
    first = Run(folder)
    first.wait_for(first.open)
    for name in PROCESSES:
        first.kill(name)
    pids = first.pids
    first.popen.kill()
    first.popen.wait()

    second = Run(folder)
    second.wait_for(second.open)
    assert not set(second.pids.values()) & set(pids.values())
    refused = Run(folder)
    assert refused.popen.wait(60) == 1
    assert "already runs" in (folder / "output.txt").read_text()

    assert second.stop(signal.SIGTERM) == 0
    assert is_free(second.port)
    assert second.pids == {}

    third = Run(folder)
    third.wait_for(third.open)
    assert third.stop(signal.SIGINT) == 0
