"""Who gets a session and a user: those who bring one, and those who are about to sign in."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.module_loading import import_string

OURS = [name for name in settings.MIDDLEWARE if name.startswith("config.visitors.")]


def passed(path: str, **cookies: str) -> HttpRequest:
    """The request as a view sees it."""
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    handler = view
    for name in reversed(OURS):
        handler = import_string(name)(handler)
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    handler(request)
    return seen[0]


@pytest.mark.parametrize("path", ["/nl/zomerhof/", "/nl/zomerhof/account/x/hold/", "/states/abc", "/api/v1/baskets"])
def test_a_stranger_in_the_shop_costs_no_session(path: str) -> None:
    request = passed(path)
    assert not any(hasattr(request, name) for name in ("session", "user", "_messages"))


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/login/", "/nl/account/", "/fr/account/login/", "/en/account/signup/"]
)
def test_where_people_sign_in_a_session_may_begin(path: str) -> None:
    request = passed(path)
    assert (request.session.is_empty(), request.user.is_anonymous, hasattr(request, "_messages")) == (True, True, True)


def test_who_brings_a_session_is_known_everywhere(db: None) -> None:
    request = passed("/nl/zomerhof/", **{settings.SESSION_COOKIE_NAME: "one-that-has-ended"})
    assert (request.session.session_key, request.user.is_anonymous) == ("one-that-has-ended", True)
