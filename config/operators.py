"""The site of the platform's operators: for them alone, and not for whoever tries passwords.

It shows every house at once, so being on the staff of one house opens nothing here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import sites
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from unfold.apps import BasicAppConfig
from unfold.sites import UnfoldAdminSite

from ticketing.attempts import (
    WRONG_OPERATORS_OF_ADDRESS,
    WRONG_OPERATORS_OF_NAME,
    TooManyAttempts,
    check,
    client_address,
    count,
)

# A working day. What opens every house does not lie about for a month, as the sessions of visitors may.
SIGNED_IN_FOR = 12 * 3600


class OperatorsSite(UnfoldAdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and getattr(user, "is_superuser", False)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method != "POST":
            return super().login(request, extra_context)
        name = request.POST.get("username", "").casefold()
        counted = ((WRONG_OPERATORS_OF_ADDRESS, client_address(request)), (WRONG_OPERATORS_OF_NAME, name))
        try:
            check(*counted)
        except TooManyAttempts:
            page: HttpResponse = get_resolver().resolve_error_handler(429)(request)
            return page
        response = super().login(request, extra_context)
        if response.status_code != 302:
            count(*counted)
        else:
            request.session.set_expiry(SIGNED_IN_FOR)
        return response


class OperatorsConfig(BasicAppConfig):
    """In the place of unfold's own, which makes its own site."""

    def ready(self) -> None:
        admin.site = sites.site = OperatorsSite()
