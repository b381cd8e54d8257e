"""Only pages exist per language: an address that programs ask for is what it is, or a plain 404.

Django looks for every unknown address below `/nl/` too, and there any word may be a house.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware


class PageLanguageMiddleware(LocaleMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(tuple(settings.PATHS_WITHOUT_LANGUAGE)):
            return response
        return super().process_response(request, response)
