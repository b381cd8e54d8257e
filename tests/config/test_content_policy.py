"""Pages load nothing from elsewhere and run nothing inline; only the door page opens a camera and runs a reader."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from config.content_policy import CSP, PERMISSIONS, ContentPolicyMiddleware


def parts(path: str) -> dict[str, str]:
    response = ContentPolicyMiddleware(lambda _: HttpResponse())(RequestFactory().get(path))
    return dict(part.split(" ", 1) for part in response.headers[CSP].split("; "))


def permissions(path: str) -> str:
    response = ContentPolicyMiddleware(lambda _: HttpResponse())(RequestFactory().get(path))
    return response.headers[PERMISSIONS]


@pytest.mark.parametrize("path", ["/", "/nl/schouwburg/", "/fr/schouwburg/agenda", "/accounts/login/"])
def test_pages_run_and_load_only_what_is_ours(path: str) -> None:
    found = parts(path)
    assert (found["default-src"], found["script-src"], found["style-src"]) == ("'none'", "'self'", "'self'")
    assert (found["base-uri"], found["frame-ancestors"]) == ("'none'", "'none'")


def test_the_door_page_alone_runs_webassembly_and_opens_the_camera() -> None:
    assert parts("/door/abc/")["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert "camera=(self)" in permissions("/door/abc/")
    assert "camera=()" in permissions("/nl/schouwburg/")


def test_a_form_may_lead_to_a_payment_provider(settings: Settings) -> None:
    settings.SANDBOX_URL = "http://127.0.0.1:8025/pay"
    assert parts("/")["form-action"] == "'self' https: http://127.0.0.1:8025"


def test_a_view_may_set_a_stricter_policy() -> None:
    strict = ContentPolicyMiddleware(lambda _: HttpResponse(headers={CSP: "sandbox"}))
    assert strict(RequestFactory().get("/")).headers[CSP] == "sandbox"


@pytest.mark.parametrize("header", ["HX-Request", "X-Seat-Map"])
def test_a_part_of_a_page_has_the_policy_of_its_page(header: str) -> None:
    """Only the answer to a post: one to a get may be kept by the browser and shown as a page."""
    requests, policied = RequestFactory(), ContentPolicyMiddleware(lambda _: HttpResponse())
    answered = {
        method: CSP in policied(requests.generic(method, "/nl/schouwburg/", headers={header: "true"})).headers
        for method in ("GET", "POST")
    }
    assert answered == {"GET": True, "POST": False}
    assert CSP in policied(requests.post("/nl/schouwburg/")).headers
