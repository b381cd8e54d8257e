"""Knows a process again later: a number alone may have gone to somebody else since."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class ProcessIdentity:
    name: str
    pid: int
    started: str
    stop_signal: int = signal.SIGTERM

    @classmethod
    def of(cls, name: str, pid: int, stop_signal: int = signal.SIGTERM) -> ProcessIdentity:
        return cls(name, pid, _start_moment(pid), int(stop_signal))

    @property
    def alive(self) -> bool:
        return bool(self.started) and _start_moment(self.pid) == self.started

    def stop(self, patience: float = 10) -> None:
        """Asks first; whatever remains of its group is then made to go."""
        if not self.alive:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, self.stop_signal)
        deadline = time.monotonic() + patience
        while self.alive and time.monotonic() < deadline:
            time.sleep(0.05)
        if self.alive:
            kill_group(self.pid)


def kill_group(leader: int) -> None:
    # Every child of ours leads a group of its own (start_new_session).
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def write_identities(path: Path, identities: list[ProcessIdentity]) -> None:
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps([asdict(identity) for identity in identities]))
    draft.replace(path)


def read_identities(path: Path) -> list[ProcessIdentity]:
    try:
        return [ProcessIdentity(**entry) for entry in json.loads(path.read_text())]
    except (FileNotFoundError, ValueError, TypeError):
        return []


def _start_moment(pid: int) -> str:
    """Empty when there is no such process, or only its unburied remains."""
    try:
        # Field 22 counts from the boot; the name before it may hold spaces, so split after its bracket.
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return "" if fields[0] in ("Z", "X") else fields[19]
    except FileNotFoundError:
        if Path("/proc/self/stat").exists():
            return ""
    found = subprocess.run(["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, moment = found.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else moment.strip()
