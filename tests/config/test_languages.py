"""A page is in the language its address says, whatever the browser prefers; other addresses have none."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation

from config.languages import PageLanguageMiddleware


def answered(path: str) -> tuple[str | None, dict[str, str]]:
    """The language a view saw, and what the answer says of it."""
    seen: list[str | None] = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(translation.get_language())
        return HttpResponse()

    request = RequestFactory().get(path, headers={"Accept-Language": "en"})
    with translation.override(None):
        headers = PageLanguageMiddleware(view)(request).headers
        assert seen[0] == request.LANGUAGE_CODE
    return seen[0], {name: headers[name] for name in ("Content-Language", "Vary") if name in headers}


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_address_says_the_language_so_the_page_does_not_vary_by_what_the_browser_prefers(language: str) -> None:
    assert answered(f"/{language}/schouwburg/") == (language, {"Content-Language": language})


def test_where_the_address_says_nothing_the_browser_does() -> None:
    assert answered("/") == ("en", {"Content-Language": "en", "Vary": "Accept-Language"})


@pytest.mark.parametrize("path", ["/de/schouwburg/", "/nlx/schouwburg/", "/n/"])
def test_what_only_looks_like_a_language_is_none(path: str) -> None:
    assert answered(path)[0] == "en"


@pytest.mark.parametrize("path", ["/api/v1/houses", "/states/abc"])
def test_what_programs_ask_for_has_no_language(path: str) -> None:
    assert answered(path)[1] == {}
