"""Serves uploaded pictures on one machine, with the headers the proxy gives them elsewhere (deploy/Caddyfile)."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve

from config.content_policy import CSP


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as unnamed:  # longer than any name a disk keeps
        raise Http404 from unnamed
    # Names of renditions change with their content.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    # Whatever was uploaded is a picture to look at, never a page that runs.
    response.headers[CSP] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
