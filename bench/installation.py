"""The processes that are measured, started as `./dev run` starts them, on the servers `./dev bench` brought."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from devtools.ports import free_port
from devtools.programs import BEAT, SANDBOX, WEB, WORKER

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Running:
    """`pids` are parents only: whoever measures adds their children."""

    base: str
    sandbox: str
    pids: dict[str, list[int]] = field(default_factory=dict)


def variables(port: int, sandbox_port: int, smtp_port: int, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "PARTERRE_SITE_URL": f"http://127.0.0.1:{port}",
        "WEB_BIND": f"127.0.0.1:{port}",
        "SANDBOX_URL": f"http://127.0.0.1:{sandbox_port}",
        "SANDBOX_STATE": str(folder / "sandbox"),
        "SANDBOX_SMTP_PORT": str(smtp_port),
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp_port),
        "PROMETHEUS_MULTIPROC_DIR": str(folder / "metrics"),
    }


@contextmanager
def running() -> Iterator[Running]:
    """Everything up and answering; all of it ended by its process id afterwards."""
    port, sandbox_port, smtp_port = free_port(8400), free_port(), free_port()
    started: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="parterre-bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "metrics").mkdir()
        environment = variables(port, sandbox_port, smtp_port, folder)

        def start(command: tuple[str, ...], **more: str) -> int:
            executable = Path(sys.executable).parent / command[0]
            process = subprocess.Popen(
                [sys.executable, str(executable), *command[1:]],
                cwd=ROOT, env={**environment, **more}, start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            started.append(process)
            return process.pid

        try:
            sandbox = start(SANDBOX, GUNICORN_CMD_ARGS=f"--bind=127.0.0.1:{sandbox_port}")
            web, worker, beat = start(WEB), start(WORKER), start(BEAT)
            base = f"http://127.0.0.1:{port}"
            _wait_for(f"{base}/readyz")
            _wait_for(f"http://127.0.0.1:{sandbox_port}/")
            time.sleep(3)  # the worker's forks
            yield Running(
                base,
                f"http://127.0.0.1:{sandbox_port}",
                {
                    "web": [web],
                    "worker": [worker, beat],
                    "postgres": _given("PARTERRE_POSTGRES_PID"),
                    "redis": _given("PARTERRE_VALKEY_PID"),
                    "sandbox": [sandbox],
                },
            )
        finally:
            for process in reversed(started):
                process.terminate()
            for process in reversed(started):
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait(5)


def _given(name: str) -> list[int]:
    return [int(os.environ[name])] if os.environ.get(name) else []


def _wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as answered:
            if answered.code < 500:
                return
        except OSError:
            pass
        if time.monotonic() > end:
            raise SystemExit(f"{address} does not answer")
        time.sleep(0.2)
