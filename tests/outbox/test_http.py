from __future__ import annotations

import gzip
import logging
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from django.db import transaction
from pytest_django import Settings

from outbox.errors import InsideTransaction, Rejected, Unavailable
from outbox.http import Session, session

Answering = Callable[[httpx.Request], httpx.Response]
ADDRESS = "https://api.example.org/orders/1?token=secret"


@pytest.fixture(autouse=True)
def _any_address(settings: Settings) -> None:
    settings.OUTBOX_HTTP_ALLOW_PRIVATE = True


def talking_to(answer: Answering, **options: Any) -> Session:
    return session(transport=httpx.MockTransport(answer), **options)


def answers(status: int, **options: Any) -> Answering:
    return lambda request: httpx.Response(status, **options)


def fails(error: Exception) -> Answering:
    def fail(request: httpx.Request) -> httpx.Response:
        raise error

    return fail


@pytest.mark.parametrize("status", [200, 201, 204])
def test_answer_comes_back(status: int) -> None:
    answer = talking_to(answers(status, json={"id": "tr_1"} if status != 204 else None)).post(ADDRESS, json={})

    assert answer.status_code == status
    assert status == 204 or answer.json() == {"id": "tr_1"}


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_not_now_is_unavailable(status: int) -> None:
    with pytest.raises(Unavailable, match=f"^HTTP {status}$"):
        talking_to(answers(status)).get(ADDRESS)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 410, 422])
def test_refusal_is_rejected_and_carries_its_body_for_the_gateway_only(status: int) -> None:
    with pytest.raises(Rejected) as caught:
        talking_to(answers(status, json={"email": "anna@example.org"})).get(ADDRESS)

    assert (caught.value.status, caught.value.body) == (status, b'{"email":"anna@example.org"}')
    assert str(caught.value) == f"HTTP {status}"


def test_expected_status_is_an_answer() -> None:
    assert talking_to(answers(404)).get(ADDRESS, expect={404}).status_code == 404


@pytest.mark.parametrize(
    "error",
    [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("odd"), httpx.PoolTimeout("")],
)
def test_no_answer_is_unavailable(error: Exception) -> None:
    with pytest.raises(Unavailable, match="no answer"):
        talking_to(fails(error)).get(ADDRESS)


@pytest.mark.parametrize(
    "address", ["ftp://example.org/", "javascript:alert(1)", "https://example.org:door/", "/relative"]
)
def test_unusable_address_is_rejected(address: str) -> None:
    with session() as http, pytest.raises(Rejected, match="unusable address"):
        http.get(address)


def test_retry_after_is_understood_in_both_forms() -> None:
    with pytest.raises(Unavailable) as caught:
        talking_to(answers(503, headers={"Retry-After": "120"})).get(ADDRESS)
    assert caught.value.retry_after == timedelta(seconds=120)

    with pytest.raises(Unavailable) as caught:
        talking_to(answers(503, headers={"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"})).get(ADDRESS)
    assert caught.value.retry_after == timedelta(0)

    with pytest.raises(Unavailable) as caught:
        talking_to(answers(503, headers={"Retry-After": "soon"})).get(ADDRESS)
    assert caught.value.retry_after is None


def redirecting(target: str) -> Answering:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/there":
            return httpx.Response(200, text=request.headers["Authorization"])
        return httpx.Response(302, headers={"Location": target})

    return answer


def test_redirect_on_the_same_host_is_followed_with_its_headers() -> None:
    with talking_to(redirecting("/there"), headers={"Authorization": "Bearer x"}) as http:
        assert http.get(ADDRESS).text == "Bearer x"


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example.org/there", "http://api.example.org/there", "https://api.example.org:8443/there"],
)
def test_redirect_elsewhere_is_rejected(target: str) -> None:
    with pytest.raises(Rejected, match="redirected to another host"):
        talking_to(redirecting(target)).get(ADDRESS)


def test_redirect_of_a_post_is_never_followed() -> None:
    with pytest.raises(Rejected, match="HTTP 302"):
        talking_to(redirecting("/there")).post(ADDRESS, json={})


def test_redirect_in_circles_is_rejected() -> None:
    with pytest.raises(Rejected, match="redirected without end"):
        talking_to(redirecting("/again")).get(ADDRESS)


def test_large_answer_is_rejected_before_it_is_read_whole() -> None:
    sent = []

    def chunks() -> Iterator[bytes]:
        for number in range(1_000):
            sent.append(number)
            yield b"x" * 1_000

    with pytest.raises(Rejected, match="answer too large"):
        talking_to(lambda request: httpx.Response(200, content=chunks()), most_bytes=10_000).get(ADDRESS)
    assert len(sent) < 20


def test_small_answer_that_unpacks_into_a_large_one_is_rejected() -> None:
    packed = answers(200, headers={"Content-Encoding": "gzip"}, content=gzip.compress(b"x" * 1_000_000))

    assert talking_to(packed).get(ADDRESS).text == "x" * 1_000_000
    with pytest.raises(Rejected, match="answer too large"):
        talking_to(packed, most_bytes=10_000).get(ADDRESS)


def test_answer_that_drips_is_cut_off() -> None:
    with pytest.raises(Unavailable, match="answer too slow"):
        talking_to(answers(200, content=b"x"), longest_seconds=-1).get(ADDRESS)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "224.0.0.1",
    ],
)
def test_private_address_is_rejected(address: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OUTBOX_HTTP_ALLOW_PRIVATE = False
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(family, 1, 6, "", (address, 443))])

    with pytest.raises(Rejected, match="address is not public"):
        talking_to(answers(200)).get("https://innocent.example.org/")


def test_call_goes_to_the_address_that_was_checked(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OUTBOX_HTTP_ALLOW_PRIVATE = False
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(socket.AF_INET, 1, 6, "", ("93.184.216.34", 443))])
    seen: list[httpx.Request] = []

    answer = talking_to(lambda request: seen.append(request) or httpx.Response(200)).get(ADDRESS)

    assert [(one.url.host, one.headers["Host"], one.extensions["sni_hostname"]) for one in seen] == [
        ("93.184.216.34", "api.example.org", "api.example.org")
    ]
    assert answer.url == ADDRESS


@pytest.mark.django_db
def test_call_inside_a_transaction_is_refused() -> None:
    with transaction.atomic(), pytest.raises(InsideTransaction):
        talking_to(answers(200)).get(ADDRESS)


def test_logs_name_the_host_and_nothing_personal(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        with pytest.raises(Rejected):
            talking_to(answers(422, json={"email": "anna@example.org"})).get(ADDRESS)
        with pytest.raises(Unavailable):
            talking_to(fails(httpx.ConnectError("secret"))).get(ADDRESS)

    logged = "\n".join(str(vars(entry)) for entry in caplog.records if entry.name.startswith(("outbox", "httpx")))
    assert "api.example.org" in logged
    assert "secret" not in logged
    assert "anna" not in logged
