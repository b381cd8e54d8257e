"""The few lines of HTTP the stand-ins need: a request, a response and a table of routes, on bare WSGI."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

logger = logging.getLogger(__name__)

MAX_BODY = 1024 * 1024
CHUNK, DRAINED_CHUNKS = 64 * 1024, 128
REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    303: "See Other",
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Entity",
    500: "Internal Server Error",
    503: "Service Unavailable",
}

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    base_url: str

    def form(self) -> dict[str, str]:
        return _first_values(self.body.decode("utf-8", "replace"))

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Response:
    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[..., Response]


class Refused(Exception):
    """A handler's way to answer at once."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(response.status)


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    handler: Handler


def route(method: str, path: str, handler: Handler) -> Route:
    """`/v2/payments/{payment_id}` matches one path segment into the handler's argument `payment_id`."""
    return Route(method, re.compile(re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path) + r"\Z"), handler)


def json_response(payload: Any, status: int = 200, content_type: str = "application/json") -> Response:
    return Response(json.dumps(payload).encode(), status, content_type)


def redirect(address: str) -> Response:
    return Response(status=303, headers={"Location": address})


def not_found() -> Response:
    return Response(b"Not found.\n", 404, "text/plain; charset=utf-8")


class Application:
    """The WSGI callable: finds the route, answers, and turns a surprise into a 500 that is logged."""

    def __init__(self, routes: Iterable[Route], public_url: str = "") -> None:
        self.routes = tuple(routes)
        self.public_url = public_url

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        response = self.answer(environ)
        headers = {"Content-Type": response.content_type, "Content-Length": str(len(response.body)), **response.headers}
        start_response(f"{response.status} {REASONS.get(response.status, 'Status')}", list(headers.items()))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [response.body]

    def answer(self, environ: dict[str, Any]) -> Response:
        try:
            request = self._read(environ)
            return self._dispatch(request)
        except Refused as refused:
            return refused.response
        except Exception:
            logger.exception("The sandbox stumbled over %s", environ.get("PATH_INFO"))
            return Response(b"The sandbox stumbled; its log says over what.\n", 500, "text/plain; charset=utf-8")

    def _read(self, environ: dict[str, Any]) -> Request:
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > MAX_BODY:
            # Taken in first, within reason: a client still sending would see a broken pipe and never our answer.
            for _chunk in range(DRAINED_CHUNKS):
                if not environ["wsgi.input"].read(CHUNK):
                    break
            raise Refused(Response(b"Too large.\n", 413, "text/plain; charset=utf-8"))
        headers = {
            name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")
        }
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        return Request(
            method=environ["REQUEST_METHOD"],
            path=environ.get("PATH_INFO") or "/",
            query=_first_values(environ.get("QUERY_STRING", "")),
            headers=headers,
            body=environ["wsgi.input"].read(int(length)) if int(length) else b"",
            base_url=self.public_url or f"{environ.get('wsgi.url_scheme', 'http')}://{host}",
        )

    def _dispatch(self, request: Request) -> Response:
        method = "GET" if request.method == "HEAD" else request.method
        other_method = False
        for candidate in self.routes:
            if match := candidate.pattern.match(request.path):
                if candidate.method == method:
                    return candidate.handler(request, **match.groupdict())
                other_method = True
        return Response(b"Not allowed.\n", 405, "text/plain; charset=utf-8") if other_method else not_found()


def _first_values(encoded: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(encoded, keep_blank_values=True, max_num_fields=50).items()}
