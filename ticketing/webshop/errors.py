"""Pages for what cannot be shown: in the visitor's language, with a way on."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ticketing.attempts import MINUTE, TooManyAttempts
from ticketing.webshop.frame import cluster_frame, languages_of


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_page(request, 404, _("This page is not here"), _("The address may be old, or mistyped."))


def forbidden(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    return error_page(request, 403, _("This page is not for you"), _("Sign in with the address that may see it."))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Whoever sends it may send many, so it costs us little."""
    sentence = _("We could not read this: it was too large, or not sent by one of our pages.")
    return HttpResponseBadRequest(f"{sentence}\n", content_type="text/plain; charset=utf-8")


def too_often(request: HttpRequest, wait: int = MINUTE) -> HttpResponse:
    response = error_page(request, 429, _("A moment, please"), str(TooManyAttempts.message))
    response["Retry-After"] = str(wait)
    return response


def error_page(request: HttpRequest, status: int, title: str, text: str) -> HttpResponse:
    """Without any query: it must also come when the database does not."""
    context = {
        "house": cluster_frame(),
        "languages": languages_of(request),
        "LANGUAGE_CODE": get_language(),
        "status": status,
        "title": title,
        "text": text,
        "action": _("To the houses"),
    }
    return HttpResponse(render_to_string("webshop/error.html", context), status=status)
