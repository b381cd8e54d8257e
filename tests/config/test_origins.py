"""What another site makes a browser send is refused; what this site, a program or a provider sends is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from config.origins import OriginMiddleware


def status(path: str = "/nl/schouwburg/basket", method: str = "post", **headers: str) -> int:
    answer: Callable[[HttpRequest], HttpResponse] = OriginMiddleware(lambda _: HttpResponse())
    request = getattr(RequestFactory(), method)(path, headers={"host": "shop.example", **headers})
    return answer(request).status_code


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        # What the browser says of itself wins over an origin, which old proxies are known to rewrite.
        ({"sec-fetch-site": "cross-site", "origin": "http://shop.example"}, 403),
        ({"origin": "http://shop.example"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "https://shop.example.evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_posts_are_judged_by_where_they_come_from(headers: dict[str, str], expected: int) -> None:
    assert status(**headers) == expected


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_reading_is_open_to_links_from_anywhere(method: str) -> None:
    assert status(method=method, **{"sec-fetch-site": "cross-site"}) == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_every_way_of_changing_is_guarded(method: str) -> None:
    assert status(method=method, **{"sec-fetch-site": "cross-site"}) == 403


@pytest.mark.parametrize("path", ["/webhooks/mollie/", "/api/v1/baskets"])
def test_programs_with_a_key_of_their_own_may_come_from_anywhere(path: str) -> None:
    assert status(path, **{"sec-fetch-site": "cross-site"}) == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", [
    "/admin/login/", "/en/account/login/", "/en/account/signup/", "/en/account/logout/", "/en/account/erase/",
    "/en/account/password/reset/",
])  # fmt: skip
def test_where_people_sign_in_a_token_is_asked_for_as_well(path: str) -> None:
    assert Client(enforce_csrf_checks=True).post(path, {"sure": "1"}).status_code == 403
