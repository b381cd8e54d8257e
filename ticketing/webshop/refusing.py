"""Turns what the kernel refuses into a page with its sentence and status, for views that have nothing better to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from ticketing.attempts import TooManyAttempts
from ticketing.errors import TicketingError
from ticketing.webshop.errors import error_page, too_often

View = Callable[..., HttpResponse]


def shown(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            response = view(request, *args, **named)
        except TooManyAttempts as refused:
            response = too_often(request, refused.wait)
        except TicketingError as refused:
            title = _("This page is not here") if refused.status in (404, 410) else _("That did not work")
            response = error_page(request, refused.status, title, str(refused))
        # A basket is on every page, so a page is for its visitor alone.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return answered
