"""`./dev test` and the other commands that run something of the project beside servers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from devtools.checks import check
from devtools.console import Failure, say
from devtools.environment import Environment
from devtools.locking import Locked, exclusive, is_locked
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
    translate(environment)
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
    beside = variables_of_the_run(folder)
    if beside is not None:
        return run_inside(environment, ["manage.py", *arguments], beside)
    with servers_alone(environment, folder) as variables:
        return run_inside(
            environment, ["manage.py", *arguments], {**variables, "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        )


def screenshots(data: Path | None = None) -> int:
    environment = Environment().ensure("development")
    beside = variables_of_the_run(DataFolder.at(data))
    if beside is None:
        raise Failure("Pictures are taken of a running demo: start ./dev run first.")
    return run_inside(environment, ["-m", "tests.browser.screenshots"], beside)


def bench(arguments: list[str]) -> int:
    """On a durable cluster of its own, kept in var/bench, because the big data set takes long to make."""
    environment = Environment().ensure("development")
    ensure_pango()
    with servers_alone(environment, DataFolder.at(ROOT / "var" / "bench")) as variables:
        return run_inside(environment, ["-m", "bench", *arguments], variables)


def variables_of_the_run(folder: DataFolder) -> dict[str, str] | None:
    """What `./dev run` tells its processes, as soon as its servers are up and for as long as it holds the folder."""
    if is_locked(folder.lock) and folder.environment.exists():
        return dict(json.loads(folder.environment.read_text()))
    return None


@contextmanager
def servers_alone(environment: Environment, folder: DataFolder) -> Iterator[dict[str, str]]:
    """Servers on data that nobody else uses meanwhile: whoever comes second would take ours for leftovers."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    supervisor = Supervisor(folder.processes)
    try:
        with exclusive(folder.lock):
            supervisor.end_leftovers()
            translate(environment)
            try:
                keys = Secrets.kept_in(folder.secrets)
                servers = start_servers(supervisor, environment, folder.path, keys)
                yield {
                    **servers.variables,
                    "SECRET_KEY": keys.django,
                    "MEDIA_ROOT": str(folder.media),
                    "PRIVATE_ROOT": str(folder.path / "private"),
                    "STATIC_ROOT": str(folder.static),
                }
            finally:
                supervisor.stop_all()
    except Locked as holder:
        raise Failure(f"Something else works on {folder.path} (process {holder}). Wait until it has ended.") from None
    finally:
        signal.signal(signal.SIGTERM, previous)


def translate(environment: Environment) -> None:
    """Compiles the texts that are new, so that the first command of a fresh clone speaks three languages too."""
    done = subprocess.run(
        [environment.python, "-m", "devtools.messages"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Failure(f"The translations cannot be compiled:\n{done.stderr}")


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
