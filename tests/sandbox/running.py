"""Starts a sandbox of a test's own, as `./dev run` does, and speaks to it over real HTTP and SMTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 20
OPTIONS = ("--workers", "1", "--threads", "8", "--no-control-socket", "--log-level", "warning")


class _StayHere(HTTPRedirectHandler):
    """A redirect is an answer to look at, not to follow."""

    def redirect_request(self, *_: Any) -> None:
        return None


OPENER = build_opener(ProxyHandler({}), _StayHere)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class RunningSandbox:
    url: str
    smtp_port: int
    process: subprocess.Popen[bytes]

    def get(self, path: str, *, key: str = "") -> Answer:
        return self._ask(Request(self.url + path), key)

    def post(self, path: str, data: Any = None, *, key: str = "", idempotency_key: str = "") -> Answer:
        body = data if isinstance(data, bytes) else json.dumps(data or {}).encode()
        request = Request(self.url + path, data=body, headers={"Content-Type": "application/json"})
        if idempotency_key:
            request.add_header("Idempotency-Key", idempotency_key)
        return self._ask(request, key)

    def submit(self, path: str, fields: dict[str, str]) -> Answer:
        return self._ask(Request(self.url + path, data=urlencode(fields).encode()))

    def order(self, path: str, **options: Any) -> Any:
        """An order of a script, which must succeed."""
        answer = self.post(f"/sandbox/{path}", options)
        assert answer.status == 200, answer.text
        return answer.json()

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _ask(self, request: Request, key: str = "") -> Answer:
        if key:
            request.add_header("Authorization", f"Bearer {key}")
        try:
            with OPENER.open(request, timeout=10) as response:
                return Answer(response.status, dict(response.headers), response.read())
        except HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_sandbox(state: Path, **variables: str) -> RunningSandbox:
    port, smtp_port = free_port(), free_port()
    environment = os.environ | {"SANDBOX_STATE": str(state), "SANDBOX_SMTP_PORT": str(smtp_port)} | variables
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", *OPTIONS, "--bind", f"127.0.0.1:{port}", "sandbox.wsgi:application"],
        cwd=ROOT,
        env=environment,
        start_new_session=True,
    )
    sandbox = RunningSandbox(f"http://127.0.0.1:{port}", smtp_port, process)
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            if sandbox.get("/healthz").status == 200:
                return sandbox
        except (URLError, OSError):
            pass
        if time.monotonic() > deadline or process.poll() is not None:
            raise RuntimeError("the sandbox does not start")
        time.sleep(0.05)


@contextmanager
def running_sandbox(state: Path, **variables: str) -> Iterator[RunningSandbox]:
    sandbox = start_sandbox(state, **variables)
    try:
        yield sandbox
    finally:
        if sandbox.process.poll() is None:
            os.killpg(sandbox.process.pid, signal.SIGTERM)
            try:
                sandbox.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                sandbox.kill()


def eventually(condition: Any, *, seconds: float = 10) -> Any:
    """The first truthy answer; things that happen in another process take a moment."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        time.sleep(0.03)
    return found
