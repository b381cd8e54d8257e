"""Serves the style sheet of a house; its name says its content, so browsers may keep it for ever."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from ticketing.theme import css_named


@require_safe
def theme(request: HttpRequest, name: str) -> HttpResponse:
    found = css_named(name)
    if found is None:
        raise Http404
    css, font = found
    response = HttpResponse(css.replace("{font_url}", static(f"fonts/{font.file}")), content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
