"""The supervisor starts in order, restarts what dies, stops in reverse and cleans up after a run that was killed."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path

import pytest

from devtools.console import Failure
from devtools.processes import ProcessIdentity
from devtools.supervisor import Child, Program, Supervisor

SLEEP = "import time; time.sleep(60)"


def program(name: str = "sleeper", code: str = SLEEP, **options: object) -> Program:
    return Program(name=name, command=[sys.executable, "-c", code], quiet=True, **options)  # type: ignore[arg-type]  # a few of its fields


def tend_until(supervisor: Supervisor, condition: object, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]  # a plain question
        assert time.monotonic() < deadline
        supervisor.tend()
        time.sleep(0.02)


@pytest.fixture
def supervisor(tmp_path: Path) -> Supervisor:
    return Supervisor(tmp_path / "processes.json")


def test_a_child_that_dies_is_started_again(supervisor: Supervisor) -> None:
    child = supervisor.start(program())
    first = child.popen.pid
    child.popen.kill()
    tend_until(supervisor, lambda: child.popen.pid != first and child.running)
    supervisor.stop_all()


def test_a_child_that_dies_young_is_started_later_each_time() -> None:
    child = Child(program(code=""), "grey")
    pauses = []
    for _ in range(8):
        child.popen.wait()
        now = time.monotonic()
        child.tend(now)
        assert child.restart_at is not None
        pauses.append(child.restart_at - now)
        child.tend(child.restart_at)
    assert pauses == pytest.approx([0.25, 0.5, 1, 2, 4, 8, 15, 15])
    child.stop()


def test_children_are_stopped_in_reverse(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = """
import pathlib, signal, sys, time
def leave(*_):
    with pathlib.Path({order!r}).open("a") as file: file.write({name!r})
    sys.exit()
signal.signal(signal.SIGTERM, leave)
pathlib.Path({ready!r}).touch()
time.sleep(60)
"""
    for name in "abc":
        ready = tmp_path / name
        text = code.format(order=str(order), name=name, ready=str(ready))
        supervisor.start(program(name, text, ready=lambda _, ready=ready: ready.exists()))
    supervisor.stop_all()
    assert order.read_text() == "cba"


def test_a_child_that_will_not_stop_is_made_to(supervisor: Supervisor, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    stubborn = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"pathlib.Path({str(ready)!r}).touch(); time.sleep(60)"
    )
    child = supervisor.start(program(code=stubborn, patience=0.3, ready=lambda _: ready.exists()))
    supervisor.stop_all()
    assert child.popen.returncode == -signal.SIGKILL


def test_what_a_killed_run_left_is_stopped_by_the_next(supervisor: Supervisor) -> None:
    left = supervisor.start(program()).popen
    Supervisor(supervisor.record).end_leftovers()
    assert left.wait(5) == -signal.SIGTERM


def test_a_number_that_went_to_somebody_else_is_left_alone(supervisor: Supervisor) -> None:
    child = supervisor.start(program())
    identity = ProcessIdentity("other", child.popen.pid, started="long ago")
    identity.stop()
    assert not identity.alive
    assert child.running
    supervisor.stop_all()


def test_a_child_that_cannot_start_says_why(supervisor: Supervisor) -> None:
    broken = program(code="raise SystemExit('port is taken')", ready=lambda _: False)
    with pytest.raises(Failure, match="port is taken"):
        supervisor.start(broken)
