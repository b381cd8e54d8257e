"""A request has one name, in the answer, in the log and in the tasks it asks for; its address is written nowhere."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from celery import shared_task
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from structlog.testing import capture_logs

from config.celery import app
from config.log_events import configure_structlog, logging_settings, scrubbed
from config.request_names import let_go, take_over

SECRET = "kZ9-very-secret-token-1234567890abcdef"


def signed(_request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(f"ok {len(token)}")


def failing(_request: HttpRequest, token: str) -> HttpResponse:
    raise ValueError(f"row of jan.peeters@example.be, {token}")


urlpatterns = [path("order/<str:token>/", signed), path("fails/<str:token>/", failing)]


@pytest.fixture
def visitor(settings: Any) -> Client:
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def written() -> Iterator[list[Any]]:
    structlog.configure(cache_logger_on_first_use=False)
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as entries:
        yield entries
    configure_structlog("json", "INFO")


def test_a_request_is_written_once_by_its_route(visitor: Client, written: list[Any]) -> None:
    visitor.get(f"/order/{SECRET}/?code={SECRET}", headers={"x-request-id": "from-the-proxy-1"})
    [entry] = written
    assert {key: entry[key] for key in ("event", "method", "route", "status", "request_id")} == {
        "event": "request",
        "method": "GET",
        "route": "order/<str:token>/",
        "status": 200,
        "request_id": "from-the-proxy-1",
    }
    assert SECRET not in json.dumps(entry)


def test_the_answer_carries_the_name(visitor: Client) -> None:
    assert (
        visitor.get(f"/order/{SECRET}/", headers={"x-request-id": "abcd-1234"}).headers["X-Request-ID"] == "abcd-1234"
    )


def test_a_name_that_is_no_name_is_not_repeated(visitor: Client) -> None:
    given = "x'; drop table -- <script>"
    assert visitor.get(f"/order/{SECRET}/", headers={"x-request-id": given}).headers["X-Request-ID"] != given


def test_a_failure_is_written_without_address_or_person(visitor: Client) -> None:
    output = io.StringIO()
    configuration = logging_settings("json", "INFO")
    configuration["handlers"]["out"]["stream"] = output
    logging.config.dictConfig(configuration)
    assert visitor.get(f"/fails/{SECRET}/").status_code == 500
    text = output.getvalue()
    assert "ValueError" in text
    assert "fails/<str:token>/" in text
    assert SECRET not in text
    assert "jan.peeters" not in text


def test_a_traceback_of_ours_is_scrubbed_like_those_of_others() -> None:
    output = io.StringIO()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(output), cache_logger_on_first_use=False)
    try:
        structlog.get_logger().error(
            "api request failed", exc_info=ValueError(f"row of jan.peeters@example.be, {SECRET}")
        )
    finally:
        configure_structlog("json", "INFO")
    text = output.getvalue()
    assert ("ValueError" in text, "jan.peeters" in text, SECRET in text) == (True, False, False)


def test_the_name_follows_into_celery() -> None:
    headers: dict[str, Any] = {}
    with structlog.contextvars.bound_contextvars(request_id="abcd-1234"):
        from celery.signals import before_task_publish

        before_task_publish.send(sender="outbox.deliver", headers=headers)
    assert headers == {"request_id": "abcd-1234"}

    @shared_task(name="tests.named")
    def named() -> None: ...

    task = app.tasks["tests.named"]
    task.push_request(request_id="abcd-1234")
    try:
        take_over(task_id="task-1", task=task)
        assert structlog.contextvars.get_contextvars() == {"task": "tests.named", "request_id": "abcd-1234"}
    finally:
        let_go()
        task.pop_request()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Key (email)=(jan@example.be) exists", "Key (email)=([…]) exists"),
        (f"GET /order/{SECRET}/", "GET /order/[…]/"),
        ("BE68 5390 0754 7034 refused", "[…] refused"),
        ("85073003328 refused", "[…] refused"),
        ("GET /nl/zomerhof/order/AZ-2Jx3KcB6T0V5pJ0m7kA.AAAAAAAAAAAAAAAAAAAAAA/pay", "GET /nl/zomerhof/order/[…]/pay"),
        ("GET /nl/zomerhof/order/AaIbBJvvcqOkCHFUwJRnwQ.cueJelNCuKrSzkEZwgQaBc/", "GET /nl/zomerhof/order/[…]/"),
        ("Key (secret)=(KFkh8JWnz1s_D33Nkbkf1w) exists", "Key (secret)=([…]) exists"),
        ("incorrect code BCDF-XZWV of somebody", "incorrect code […] of somebody"),
        ("card ABCD2345EFGH6789 and ticket K7QRSTUVWXYZ", "card […] and ticket […]"),
        ("IntegrityError in HTTPRESPONSE of 2026-11-22T03:51", "IntegrityError in HTTPRESPONSE of 2026-11-22T03:51"),
        ("place 12 of performance_schedule_of_the_season", "place 12 of performance_schedule_of_the_season"),
    ],
)
def test_what_others_write_is_scrubbed(text: str, expected: str) -> None:
    assert scrubbed(text) == expected
