"""The production settings are as safe as Django can tell, and start with no secret of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from secrets import token_urlsafe

from devtools.paths import ROOT

COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": token_urlsafe(50),
    "ALLOWED_HOSTS": "tickets.example.org",
    "SITE_URL": "https://tickets.example.org",
}


# Set by the browser tests for their own process; a server never has it.
NOT_OF_A_SERVER = {"DJANGO_ALLOW_ASYNC_UNSAFE"}


def check(**variables: str) -> subprocess.CompletedProcess[str]:
    return run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables)


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    left_out = COMPLETE.keys() | NOT_OF_A_SERVER
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_nothing_is_left_to_warn_about() -> None:
    done = check(**COMPLETE)
    assert (done.returncode, done.stdout + done.stderr) == (0, "System check identified no issues (0 silenced).\n")


def test_it_does_not_start_without_a_secret() -> None:
    done = check(**{name: value for name, value in COMPLETE.items() if name != "SECRET_KEY"})
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_it_does_not_start_with_a_number_behind_the_address_of_valkey() -> None:
    done = check(**COMPLETE, REDIS_URL="redis://127.0.0.1:6379/3")
    assert done.returncode != 0
    assert "without the number of a database" in done.stderr


def test_it_answers_to_its_own_names_only() -> None:
    """Those of houses are looked up when somebody asks for one (tests/webshop/test_domains.py)."""
    asked = (
        "from django.conf import settings as s; print(type(s.ALLOWED_HOSTS).__name__, *list.__iter__(s.ALLOWED_HOSTS))"
    )
    assert run("-c", asked, **COMPLETE).stdout == "OwnHosts tickets.example.org 127.0.0.1 localhost\n"
