"""Pages travel small, and only when that helps."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.compression import CompressionMiddleware

PAGE = b"<p>Zaal en voorstelling</p>" * 200


def answer(accepted: str, response: HttpResponse) -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return CompressionMiddleware(lambda _: response)(request)


def test_brotli_is_taken_before_gzip() -> None:
    response = answer("gzip, deflate, br", HttpResponse(PAGE))
    assert response.headers["Content-Encoding"] == "br"
    assert brotli.decompress(response.content) == PAGE
    assert response.headers["Content-Length"] == str(len(response.content))


def test_gzip_is_taken_when_brotli_is_not_known() -> None:
    response = answer("gzip", HttpResponse(PAGE))
    assert gzip.decompress(response.content) == PAGE


def test_caches_are_told_that_the_answer_depends_on_it() -> None:
    assert answer("identity", HttpResponse(PAGE)).headers["Vary"] == "Accept-Encoding"


def test_a_compressed_page_is_the_same_page_in_other_bytes() -> None:
    assert answer("br", HttpResponse(PAGE, headers={"ETag": '"7"'})).headers["ETag"] == 'W/"7"'


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"short"),
        HttpResponse(PAGE, content_type="image/png"),
        HttpResponse(PAGE, headers={"Content-Encoding": "gzip"}),
        HttpResponse(status=304),
    ],
    ids=["short", "picture", "already compressed", "not modified"],
)
def test_what_would_not_get_smaller_is_left_alone(response: HttpResponse) -> None:
    before = response.content
    assert answer("br", response).content == before
