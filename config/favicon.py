"""Browsers ask for this name by themselves on pages that name no icon of their own, as the operators' do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static


def favicon(_request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(static("icons/favicon.svg"))
