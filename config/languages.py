"""Only pages exist per language: an address that programs ask for is what it is, or a plain 404.

Django looks for every unknown address below `/nl/` too, and there any word may be a house. And where the address says
the language, as nearly every one does, nothing else needs to be looked at.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

LANGUAGE_AT_START = {f"/{code}/": code for code, _name in settings.LANGUAGES}


class PageLanguageMiddleware(LocaleMiddleware):
    def __call__(self, request: HttpRequest) -> Any:
        said = LANGUAGE_AT_START.get(request.path_info[:4])
        if said is None:
            return super().__call__(request)
        translation.activate(said)
        request.LANGUAGE_CODE = said
        response: Any = self.get_response(request)
        response.headers.setdefault("Content-Language", said)
        return response

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(tuple(settings.PATHS_WITHOUT_LANGUAGE)):
            return response
        return super().process_response(request, response)
