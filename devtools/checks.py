"""`./dev check`: everything that can be said of the code without running it, as CI says it."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass

from devtools.console import colour, say
from devtools.environment import Environment
from devtools.paths import ROOT


@dataclass(frozen=True)
class Check:
    title: str
    command: tuple[str, ...]
    quick: bool = False


CHECKS = (
    Check("ruff", ("ruff", "check", "--quiet", "."), quick=True),
    Check("ruff format", ("ruff", "format", "--check", "--quiet", "."), quick=True),
    Check("templates (djlint)", ("djlint", "templates", "--lint", "--quiet"), quick=True),
    Check("import boundaries", ("lint-imports", "--no-cache"), quick=True),
    Check("types (mypy)", ("mypy",)),
    Check("translations", ("python", "-m", "devtools.messages", "--check")),
    Check("system checks", ("python", "manage.py", "check", "--fail-level", "WARNING")),
    Check("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
)
# No server is needed: nothing here opens a connection, and these make sure of it.
VARIABLES = {
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "DATABASE_URL": "postgres://parterre@127.0.0.1:1/parterre",
    "REDIS_URL": "redis://127.0.0.1:1",
    "PYTHONWARNINGS": "ignore",
}


def check(*, quick: bool = False) -> int:
    environment = Environment().ensure("development")
    failed = [one.title for one in CHECKS if (one.quick or not quick) and not _passes(one, environment)]
    if failed:
        say(colour(f"✗ {', '.join(failed)}", "red"))
    return 1 if failed else 0


def _passes(one: Check, environment: Environment) -> bool:
    started = time.monotonic()
    done = subprocess.run(
        environment.command(*one.command),
        cwd=ROOT,
        env={**os.environ, **VARIABLES},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    mark = colour("✓", "green") if passed else colour("✗", "red")
    say(f"{mark} {one.title} {colour(f'{time.monotonic() - started:.1f} s', 'grey')}")
    if not passed:
        say(done.stdout.rstrip())
    return passed
