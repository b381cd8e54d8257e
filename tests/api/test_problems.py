"""Whatever goes wrong comes as a problem document with a stable code, and leaks nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import ApiClient, KeyClient
from tests.ticketing.building import a_house
from ticketing.models import ApiKey, Performance, Scan
from ticketing.operations.api_keys import revoke_api_key

pytestmark = pytest.mark.django_db


def problem_of(answer: Any) -> tuple[int, str, str]:
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    return body["status"], body["code"], answer.get("WWW-Authenticate", "")


def test_without_a_key_nothing_opens(performance: Performance) -> None:
    answers = [ApiClient(secret).get("doors") for secret in ("", "nonsense", "x" * 5000, "ünïcode")]
    assert [problem_of(answer) for answer in answers] == [
        (401, "key_missing", "Bearer"),
        (401, "key_refused", "Bearer"),
        (401, "key_refused", "Bearer"),
        (401, "key_refused", "Bearer"),
    ]


def test_a_revoked_key_opens_nothing(now: datetime, door: ApiClient) -> None:
    assert door.get("doors").status_code == 200
    revoke_api_key(api_key_id=ApiKey.objects.get().pk, now=now)
    assert problem_of(door.get("doors")) == (401, "key_refused", "Bearer")


def test_a_key_without_the_scope_is_refused(reader: ApiClient) -> None:
    assert problem_of(reader.get("doors")) == (403, "not_allowed", "")


def test_an_address_nobody_answers(door: ApiClient) -> None:
    assert problem_of(door.get("nothing/here")) == (404, "not_found", "")


def test_a_method_nobody_answers(door: ApiClient) -> None:
    answer = door.delete("scans")
    assert problem_of(answer) == (405, "method_not_allowed", "")
    assert answer["Allow"] == "POST, OPTIONS"


def test_what_is_no_json(door: ApiClient) -> None:
    headers = {"authorization": f"Bearer {door.secret}"}
    for content_type, body, expected in (
        ("application/json", b"{", (400, "unreadable", "")),
        ("application/json", b"\xff\xfe", (400, "unreadable", "")),
        ("application/json", b"[" * 100_000, (400, "unreadable", "")),
        ("application/json", b'{"a":' * 80_000, (400, "unreadable", "")),
        ("text/xml", b"<x/>", (415, "media_type_not_supported", "")),
        ("application/json", b"[]", (422, "invalid", "")),
    ):
        answer = door.client.post("/api/v1/scans", data=body, content_type=content_type, headers=headers)
        assert problem_of(answer) == expected


def test_wrong_fields_are_listed_with_their_path(door: ApiClient, performance: Performance) -> None:
    readings = [{"payload": "x", "nonce": "no", "scanned_at": "tonight", "shown": "maybe"}]
    answer = door.post("scans/offline", {"performance": performance.code, "readings": readings})
    assert problem_of(answer) == (422, "invalid", "")
    assert [(row["field"], row["code"]) for row in answer.json()["fields"]] == [
        ("readings.0.nonce", "invalid"),
        ("readings.0.scanned_at", "invalid"),
        ("readings.0.shown", "invalid_choice"),
    ]


def test_the_title_speaks_the_language_asked_for(door: ApiClient) -> None:
    answer = door.get("doors/NOSUCHXX", accept_language="en")
    assert answer.json()["title"].startswith("We cannot find this performance")


def test_an_accident_is_told_without_its_reason(
    door: ApiClient, performance: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_asked: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("ticketing.operations.scans.scan", broken)
    answer = door.post("scans", {"performance": performance.code, "payload": "x", "nonce": str(uuid4())})
    assert problem_of(answer) == (500, "server_error", "")
    assert b"secret" not in answer.content


@pytest.mark.parametrize("payload", ["\0", "<script>alert(1)</script>", "\ud83d"])
def test_strange_text_is_an_unknown_ticket_or_a_wrong_field(
    door: ApiClient, performance: Performance, payload: str
) -> None:
    answer = door.post("scans", {"performance": performance.code, "payload": payload, "nonce": str(uuid4())})
    assert answer.status_code in (200, 422)
    assert b"<script>" not in answer.content


def test_a_key_of_another_house_sees_no_door_of_this_one(
    now: datetime, performance: Performance, client_of: KeyClient
) -> None:
    stranger = client_of(a_house(now, "vreemd"), "scan")
    answers = [
        stranger.get(f"doors/{performance.code}"),
        stranger.get(f"doors/{performance.code}/counts"),
        stranger.get(f"doors/{performance.code}/conflicts"),
        stranger.post("scans", {"performance": performance.code, "payload": "x", "nonce": str(uuid4())}),
    ]
    assert [problem_of(answer) for answer in answers] == [(404, "performance_not_found", "")] * 4
    assert not Scan.objects.exists()


def test_a_body_larger_than_any_request_is_not_read(seller: ApiClient) -> None:
    answer = seller.post("baskets", {"performance": "x" * 600_000})
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (
        413, "application/problem+json", "request_too_large",
    )  # fmt: skip
