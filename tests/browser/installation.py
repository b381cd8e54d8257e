"""A shop and a payment stand-in as processes of their own, on a database of their own, for a whole run of tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.core.management import call_command
from django.db import connection, connections

from devtools.paths import ROOT
from devtools.ports import free_port
from devtools.programs import SANDBOX, WEB
from ticketing.queries.kept_terms import forget_terms
from ticketing.queries.plans import compiled_plan, plan_of


@dataclass(frozen=True)
class Installation:
    database: str
    shop: str
    sandbox: str
    media: Path
    letters: Path


@contextmanager
def own_database(name: str) -> Iterator[None]:
    """A fresh one with all tables, in which this process works as long as the block lasts."""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
    with working_in(name):
        call_command("migrate", verbosity=0)
    yield
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    # While a browser is open Django takes this for another task, with a connection that nobody else would close.
    connection.close()


@contextmanager
def working_in(database: str) -> Iterator[None]:
    """Queries of the test itself go where the shop's go."""
    before = connections["default"].settings_dict["NAME"]
    _switch(database)
    try:
        yield
    finally:
        _switch(before)


def _switch(database: str) -> None:
    connection.close()
    connections["default"].settings_dict["NAME"] = database
    # Kept by number for as long as a process lives: another database has other plans under the same numbers.
    for kept in (compiled_plan, plan_of):
        kept.cache_clear()
    forget_terms()


@contextmanager
def running(database: str, folder: Path) -> Iterator[Installation]:
    shop, sandbox = free_port(), free_port()
    at = Installation(
        database, f"http://127.0.0.1:{shop}", f"http://127.0.0.1:{sandbox}", folder / "media", folder / "mail"
    )
    variables = _variables(at, folder)
    with ExitStack() as processes:
        processes.enter_context(_process(SANDBOX, folder, variables, GUNICORN_CMD_ARGS=f"--bind=127.0.0.1:{sandbox}"))
        processes.enter_context(_process(WEB, folder, variables, WEB_BIND=f"127.0.0.1:{shop}"))
        _wait_for(f"{at.sandbox}/healthz")
        _wait_for(f"{at.shop}/readyz")
        yield at


def _variables(at: Installation, folder: Path) -> dict[str, str]:
    given = urlsplit(os.environ["DATABASE_URL"])
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.browser.site_settings",
        "DATABASE_URL": given._replace(path=f"/{at.database}").geturl(),
        "SITE_URL": at.shop,
        "SANDBOX_URL": at.sandbox,
        "SANDBOX_STATE": str(folder / "sandbox"),
        "MEDIA_ROOT": str(at.media),
        "PRIVATE_ROOT": str(folder / "private"),
        "MAIL_FOLDER": str(at.letters),
        "CACHE_PREFIX": f"browser-{uuid4().hex}",
        "WEB_PROCESSES": "1",
        "WEB_THREADS": "8",
    }


@contextmanager
def _process(command: tuple[str, ...], folder: Path, variables: dict[str, str], **more: str) -> Iterator[None]:
    executable = Path(sys.executable).parent / command[0]
    with (folder / f"{uuid4().hex}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(executable), *command[1:]],
            cwd=ROOT, env={**variables, **more}, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (urllib.error.URLError, OSError):
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
