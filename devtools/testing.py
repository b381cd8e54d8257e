"""`./dev test` and the other commands that run something of the project beside servers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

from devtools.checks import check
from devtools.console import Failure, say
from devtools.environment import Environment
from devtools.locking import is_locked
from devtools.paths import ROOT, DataFolder
from devtools.secret_values import Secrets
from devtools.servers import start_servers, temporary_servers
from devtools.supervisor import Supervisor
from devtools.system_libraries import ensure_browser, ensure_pango

WORKERS = ("-n", "2")


def test(arguments: list[str]) -> int:
    """Everything, ending with pytest's own summary; with arguments only the tests they choose."""
    environment = Environment().ensure("development")
    ensure_pango()
    ensure_browser()
    checked = 0 if arguments else check()
    with temporary_servers(environment) as servers:
        say()
        tested = run_inside(
            environment,
            ["-m", "pytest", *(arguments or WORKERS)],
            {**servers.variables, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        )
    return tested or checked


def manage(arguments: list[str], data: Path | None = None) -> int:
    """Talks to the servers of the run beside it, or starts them on the same data for as long as it takes."""
    environment = Environment().ensure("production")
    folder = DataFolder.at(data)
    if is_locked(folder.lock) and folder.environment.exists():
        return run_inside(environment, ["manage.py", *arguments], json.loads(folder.environment.read_text()))
    keys = Secrets.kept_in(folder.secrets)
    supervisor = Supervisor(folder.processes)
    supervisor.end_leftovers()
    try:
        servers = start_servers(supervisor, environment, folder.path, keys)
        variables = {
            **servers.variables,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "SECRET_KEY": keys.django,
            "MEDIA_ROOT": str(folder.media),
            "PRIVATE_ROOT": str(folder.path / "private"),
            "STATIC_ROOT": str(folder.static),
        }
        return run_inside(environment, ["manage.py", *arguments], variables)
    finally:
        supervisor.stop_all()


def screenshots() -> int:
    environment = Environment().ensure("development")
    folder = DataFolder.at(None)
    if not (is_locked(folder.lock) and folder.environment.exists()):
        raise Failure("Pictures are taken of a running demo: start ./dev run first.")
    return run_inside(environment, ["-m", "tests.browser.screenshots"], json.loads(folder.environment.read_text()))


def bench(arguments: list[str]) -> int:
    """On a durable cluster of its own, kept in var/bench, because the big data set takes long to make."""
    environment = Environment().ensure("development")
    ensure_pango()
    folder = DataFolder.at(ROOT / "var" / "bench")
    supervisor = Supervisor(folder.processes)
    supervisor.end_leftovers()
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    keys = Secrets.kept_in(folder.secrets)
    try:
        servers = start_servers(supervisor, environment, folder.path, keys)
        variables = {
            **servers.variables,
            "SECRET_KEY": keys.django,
            "MEDIA_ROOT": str(folder.media),
            "PRIVATE_ROOT": str(folder.path / "private"),
            "STATIC_ROOT": str(folder.static),
        }
        return run_inside(environment, ["-m", "bench", *arguments], variables)
    finally:
        supervisor.stop_all()
        signal.signal(signal.SIGTERM, previous)


def run_inside(environment: Environment, arguments: list[str], variables: dict[str, str]) -> int:
    """In the foreground, with our terminal. A Ctrl-C reaches it directly; we wait until it has ended by itself."""
    path = f"{environment.folder / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"
    process = subprocess.Popen(
        [environment.python, *arguments], cwd=ROOT, env={**os.environ, "PATH": path, **variables}
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            process.send_signal(signal.SIGINT)
