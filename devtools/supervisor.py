"""Keeps the processes of one machine running: starts them in order, restarts what dies, stops all in reverse."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from devtools.console import Failure, colour, say, warn
from devtools.processes import ProcessIdentity, kill_group, read_identities, write_identities

VOICES = ("blue", "magenta", "cyan", "green", "yellow", "grey")
FIRST_PAUSE, LONGEST_PAUSE, CALM = 0.25, 15.0, 30.0


@dataclass
class Program:
    """What to run, and how to end it politely."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str] = field(default_factory=dict)
    popen_arguments: Mapping[str, Any] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10.0
    ready: Callable[[int], bool] | None = None
    ready_within: float = 30.0
    quiet: bool = False


class Child:
    """One running program. It leads its own session, so that a Ctrl-C in the terminal does not hit it first."""

    def __init__(self, program: Program, voice: str) -> None:
        self.program = program
        self.voice = voice
        self.pause = FIRST_PAUSE
        self.restart_at: float | None = None
        self.start()

    def start(self) -> None:
        program = self.program
        self.popen = subprocess.Popen(
            [str(part) for part in program.command],
            env={**os.environ, **program.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **program.popen_arguments,
        )
        self.started = time.monotonic()
        self.restart_at = None
        self.identity = ProcessIdentity.of(program.name, self.popen.pid, program.stop_signal)
        self.last_words: list[str] = []
        assert self.popen.stdout is not None
        threading.Thread(target=self._speak, args=[self.popen.stdout], daemon=True).start()

    def _speak(self, output: IO[bytes]) -> None:
        for raw in output:
            line = raw.decode(errors="replace").rstrip()
            self.last_words = [*self.last_words[-19:], line]
            if not self.program.quiet:
                say(f"{colour(self.program.name.ljust(9), self.voice)}{colour('│', 'grey')} {line}")

    @property
    def running(self) -> bool:
        return self.popen.poll() is None

    def wait_until_ready(self) -> None:
        ready = self.program.ready
        deadline = time.monotonic() + self.program.ready_within
        while ready is not None and not ready(self.popen.pid):
            if not self.running or time.monotonic() > deadline:
                state = "did not get ready" if self.running else f"ended with {self.popen.returncode}"
                raise Failure("\n".join([f"{self.program.name} {state}:", *self.last_words]))
            time.sleep(0.03)

    def stop(self) -> None:
        if self.running:
            self.popen.send_signal(self.program.stop_signal)
            try:
                self.popen.wait(self.program.patience)
            except subprocess.TimeoutExpired:
                warn(f"{self.program.name} did not stop in {self.program.patience:.0f} s and is made to")
        kill_group(self.popen.pid)
        self.popen.wait()

    def tend(self, now: float) -> bool:
        """Restarts the program when it has died, later each time it dies young. True when it was started again."""
        if self.running:
            return False
        if self.restart_at is None:
            kill_group(self.popen.pid)
            if now - self.started > CALM:
                self.pause = FIRST_PAUSE
            self.restart_at = now + self.pause
            unheard = self.last_words[-3:] if self.program.quiet else []
            warn("\n".join([f"{self.program.name} ended with {self.popen.returncode}; it starts again", *unheard]))
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if now < self.restart_at:
            return False
        self.start()
        return True


class Supervisor:
    """Children are written down, so that a run after a hard kill of this very process finds and ends them."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.children: list[Child] = []
        self._stopping = threading.Event()

    def end_leftovers(self) -> None:
        leftovers = [identity for identity in read_identities(self.record) if identity.alive]
        for identity in reversed(leftovers):
            warn(f"{identity.name} was left by a run that was killed; it is stopped")
            identity.stop(patience=5)
        self.record.unlink(missing_ok=True)

    def start(self, program: Program) -> Child:
        child = Child(program, VOICES[len(self.children) % len(VOICES)])
        self.children.append(child)
        self._write_record()
        child.wait_until_ready()
        return child

    def tend_until_stopped(self) -> None:
        while not self._stopping.wait(0.1):
            self.tend()

    def tend(self) -> None:
        now = time.monotonic()
        restarted = [child for child in self.children if child.tend(now)]
        if restarted:
            self._write_record()

    def request_stop(self, *_: object) -> None:
        self._stopping.set()

    @property
    def stop_requested(self) -> bool:
        return self._stopping.is_set()

    def stop_all(self) -> None:
        for child in reversed(self.children):
            child.stop()
        self.children.clear()
        self.record.unlink(missing_ok=True)

    def _write_record(self) -> None:
        write_identities(self.record, [child.identity for child in self.children])
