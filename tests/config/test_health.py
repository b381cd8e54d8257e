"""A balancer learns whether a process lives, and whether it may get visitors."""

from __future__ import annotations

import pytest
from django.test import Client

from config import health


@pytest.mark.django_db
def test_a_whole_installation_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "valkey": True, "tables": True})


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["database", "valkey", "tables"])
def test_what_is_missing_is_named(client: Client, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    def away() -> bool:
        raise ConnectionError

    monkeypatch.setitem(health.CHECKS, missing, away)
    answer = client.get("/readyz")
    assert (answer.status_code, [name for name, holds in answer.json().items() if not holds]) == (503, [missing])


def test_a_process_lives_without_any_server(client: Client) -> None:
    # Neither database nor cache may be touched here: pytest-django would refuse the first.
    assert client.get("/healthz").status_code == 200
