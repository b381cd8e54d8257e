"""Spares nearly everybody what only people who sign in need: a session, a user and messages (docs/adr/0008).

Who brings no session cookie has none, and one begins only where people sign in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest

WHERE_PEOPLE_SIGN_IN = ("/admin/", *(f"/{code}/account/" for code, _name in settings.LANGUAGES))


def may_be_somebody(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or request.path_info.startswith(WHERE_PEOPLE_SIGN_IN)


class VisitorSessionMiddleware(SessionMiddleware):
    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if may_be_somebody(request) else self.get_response(request)


class VisitorAuthenticationMiddleware(AuthenticationMiddleware):
    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if may_be_somebody(request) else self.get_response(request)


class VisitorMessageMiddleware(MessageMiddleware):
    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if may_be_somebody(request) else self.get_response(request)
