"""Refuses what another site makes a visitor's browser send, by what browsers say of themselves.

Shop pages therefore carry no token and may be kept in caches. Django's own check stays where people are signed in as
operators. A request without any of these headers comes from no browser: it brings nobody's cookies (docs/adr/0005).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.utils.translation import gettext as _

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
OWN = frozenset({"same-origin", "none"})
log = structlog.get_logger()


class OriginMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # These identify the caller by a key or by asking back, never by a cookie.
        self.open_paths = tuple(settings.ORIGIN_CHECK_OPEN_PATHS)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or is_own(request) or request.path_info.startswith(self.open_paths):
            return self.get_response(request)
        log.warning("request from another site refused", method=request.method)
        return HttpResponseForbidden(
            _("This was sent from another site. Go back, load the page again and try once more.") + "\n",
            content_type="text/plain; charset=utf-8",
        )


def is_own(request: HttpRequest) -> bool:
    fetched_from = request.META.get("HTTP_SEC_FETCH_SITE")
    if fetched_from is not None:
        return fetched_from in OWN
    # Browsers leave that header out over plain HTTP, and old ones do not know it; the origin they always send.
    origin = request.META.get("HTTP_ORIGIN")
    if origin is None:
        return True
    return urlsplit(origin).netloc == request.get_host()
