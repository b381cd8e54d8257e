"""Makes pages small on their way: Brotli where the browser takes it, gzip otherwise.

Against guessing secrets from compressed sizes: pages of the shop hold no secret beside text a stranger can choose;
where Django puts a token in a form it masks it differently each time. Both are kept light, because the CPU is ours.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 860
BROTLI_QUALITY, GZIP_LEVEL = 4, 5
TEXTS = ("text/", "application/json", "application/problem+json", "application/ld+json", "image/svg+xml")


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _is_worth_it(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
        if "br" in accepted:
            _replace(response, "br", brotli.compress(response.content, quality=BROTLI_QUALITY))
        elif "gzip" in accepted:
            _replace(response, "gzip", gzip.compress(response.content, compresslevel=GZIP_LEVEL, mtime=0))
        return response


def _is_worth_it(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and response.status_code not in (204, 304)
        and len(response.content) >= SMALLEST
        and "Content-Encoding" not in response.headers
        and response.headers.get("Content-Type", "").startswith(TEXTS)
    )


def _replace(response: HttpResponse, encoding: str, content: bytes) -> None:
    response.content = content
    response.headers["Content-Length"] = str(len(content))
    response.headers["Content-Encoding"] = encoding
    # The bytes differ now, what they say does not.
    etag = response.headers.get("ETag")
    if etag and not etag.startswith("W/"):
        response.headers["ETag"] = f"W/{etag}"
