"""Metrics name routes, and are not for everybody."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.mark.django_db
def test_requests_are_counted_by_route(client: Client) -> None:
    client.get("/accounts/of/somebody/secret-token/")
    text = client.get("/metrics").content.decode()
    assert 'parterre_request_seconds_count{method="GET",route="unmatched",status="404"}' in text
    assert "secret-token" not in text


@pytest.mark.django_db
def test_a_method_somebody_invents_is_no_row_of_its_own(client: Client) -> None:
    for number in range(3):
        client.generic(f"INVENTED{number}", "/nl/")
    text = client.get("/metrics").content.decode()
    assert ("INVENTED" in text, 'method="other"' in text) == (False, True)


@pytest.mark.django_db
def test_the_outbox_is_watched(client: Client) -> None:
    assert "# TYPE outbox_dead_deliveries gauge" in client.get("/metrics").content.decode()


@pytest.mark.parametrize(
    ("token", "headers", "expected"),
    [
        ("", {"x-forwarded-for": "198.51.100.7"}, 403),
        ("known", {}, 403),
        ("known", {"authorization": "Bearer wrong"}, 403),
        ("known", {"authorization": "Bearer \xe9"}, 403),
    ],
    ids=["through a proxy", "without the token", "with another token", "with no letters of ours"],
)
def test_strangers_are_refused(
    client: Client, settings: Settings, token: str, headers: dict[str, str], expected: int
) -> None:
    settings.METRICS_TOKEN = token
    assert client.get("/metrics", headers=headers).status_code == expected


@pytest.mark.django_db
def test_the_token_opens_them_from_anywhere(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "known"
    answer = client.get("/metrics", headers={"authorization": "Bearer known", "x-forwarded-for": "198.51.100.7"})
    assert answer.status_code == 200
