"""Says what went wrong in one shape everywhere: problem+json (RFC 9457) with a stable reason code and a sentence.

`fields` lists what is wrong with the request, field by field; `details` holds what a refusal can say in numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response

from outbox.errors import Unavailable
from ticketing.errors import TicketingError
from ticketing.operations.fields import FieldsRefused

CONTENT_TYPE = "application/problem+json"
log = structlog.get_logger()

# What the framework refuses by itself, in codes of ours.
CODES: dict[type[Exception], str] = {
    exceptions.ParseError: "unreadable",
    exceptions.NotAuthenticated: "key_missing",
    exceptions.AuthenticationFailed: "key_refused",
    exceptions.PermissionDenied: "not_allowed",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "media_type_not_supported",
    exceptions.Throttled: "too_many_requests",
}


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """The framework's exception handler: every refusal and every accident of the API passes here."""
    answer = _answer(error)
    if answer is None:
        return _accident(error, context)
    response = Response(answer, status=answer["status"], content_type=CONTENT_TYPE)
    for name, value in _headers(error).items():
        response[name] = value
    return response


def problem(code: str, title: str, status_code: int, **more: Any) -> dict[str, Any]:
    return {"type": "about:blank", "title": title, "status": status_code, "code": code} | more


def _answer(error: Exception) -> dict[str, Any] | None:
    if isinstance(error, FieldsRefused):
        fields = [
            {"field": name, "code": "invalid", "message": message}
            for name, messages in error.details["fields"].items()
            for message in messages
        ]
        return problem(error.code, str(error), error.status, fields=fields)
    if isinstance(error, TicketingError):
        return problem(error.code, str(error), error.status, **_details(error))
    if isinstance(error, exceptions.ValidationError):
        return problem(
            "invalid", _("The request is not complete."), 422, fields=list(_fields(error.get_full_details()))
        )
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        code = next((code for kind, code in CODES.items() if isinstance(error, kind)), error.default_code)
        return problem(code, str(error.detail), error.status_code)
    if isinstance(error, Unavailable):
        return problem("unavailable", _("A service we need does not answer. Try again in a moment."), 503)
    if isinstance(error, DataError):
        # A character or number the database cannot hold; checked fields never get here.
        return problem("invalid", _("The request is not complete."), 422, fields=[])
    return None


def _details(error: TicketingError) -> dict[str, Any]:
    """Numbers and codes a program can act on, from the refusal's own attributes."""
    found = dict(error.details)
    for name in ("codes", "left", "fields", "performance", "orphans", "suggestion"):
        value = getattr(error, name, None)
        if value is not None:
            found[name] = list(value) if isinstance(value, tuple | set | frozenset) else value
    if "fields" in found:
        wrong = found.pop("fields")
        fields = [{"field": name, "code": "invalid", "message": str(error)} for name in wrong]
        return {"details": _plain(found), "fields": fields}
    return {"details": _plain(found)} if found else {}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) or not isinstance(value, str | int | float | bool | None) else value


def _fields(details: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(details, Mapping) and {"message", "code"} == set(details):
        yield {"field": path, "code": str(details["code"]), "message": str(details["message"])}
    elif isinstance(details, Mapping):
        for name, part in details.items():
            yield from _fields(part, path if name == "non_field_errors" else f"{path}.{name}".lstrip("."))
    else:
        for position, part in enumerate(details):
            is_row = isinstance(part, Mapping) and {"message", "code"} != set(part)
            yield from _fields(part, f"{path}.{position}".lstrip(".") if is_row else path)


def _headers(error: Exception) -> dict[str, str]:
    headers = {}
    if auth := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return headers


def _accident(error: Exception, context: Mapping[str, Any]) -> Response:
    """Our fault: written down with its traceback, told without it."""
    view = context.get("view")
    log.error("api request failed", view=type(view).__name__, exc_info=error)
    request = getattr(context.get("request"), "_request", None)
    got_request_exception.send(sender=type(view), request=request)
    return Response(_accident_body(), status=status.HTTP_500_INTERNAL_SERVER_ERROR, content_type=CONTENT_TYPE)


def _accident_body() -> dict[str, Any]:
    return problem("server_error", _("Something went wrong on our side. Try again; we have been told."), 500)


def no_such_address(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address below /api/ that nobody answers."""
    body = problem("not_found", _("There is nothing at this address."), 404)
    return JsonResponse(body, status=404, content_type=CONTENT_TYPE)
