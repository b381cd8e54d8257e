"""Each request gets a name (which follows its work into Celery), is timed, counted and written once.

One small middleware instead of two general ones: the sale of a hot seat passes here, and every tenth of a millisecond
counts (docs/adr/0008).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from secrets import token_hex
from time import perf_counter

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from config.log_events import route_of
from config.metrics import REQUESTS

# Asked for every few seconds by machines, and of no interest afterwards.
UNWRITTEN = frozenset({"healthz", "readyz", "metrics"})
# A visitor may invent others, and each would be a row of its own in the numbers for ever.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
ACCEPTABLE = re.compile(r"[A-Za-z0-9-]{8,64}")
HEADER = "X-Request-ID"
log = structlog.get_logger()


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        request_id = _given_id(request) or token_hex(8)
        clear_contextvars()
        bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        seconds = perf_counter() - started
        route = route_of(request)
        response.headers[HEADER] = request_id
        if route not in UNWRITTEN:
            method = request.method if request.method in METHODS else "other"
            REQUESTS.labels(method, route, response.status_code).observe(seconds)
            log.info(
                "request",
                method=method,
                route=route,
                status=response.status_code,
                milliseconds=round(seconds * 1000, 1),
            )
        return response


def _given_id(request: HttpRequest) -> str | None:
    """A proxy may have named it already; anything that is not plainly a name is not repeated."""
    given = request.META.get("HTTP_X_REQUEST_ID")
    return given if given and ACCEPTABLE.fullmatch(given) else None
