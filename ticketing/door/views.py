"""One page that scans tickets on any phone. It holds no secret: the key of the door lives in the browser, and
everything it does goes through the API, or through the list it took along when there is no network.
"""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

LANGUAGES = ("nl", "fr", "en")
# What the page needs when the network is gone. The camera's reader is big, and worth it.
FILES = (
    "css/tokens.css",
    "css/base.css",
    "css/components.css",
    "css/door.css",
    "fonts/figtree-latin-wght.woff2",
    "fonts/gloock-latin-400.woff2",
    "icons.svg",
    "js/theme-switch.js",
    "js/door/door.js",
    "js/door/api.js",
    "js/door/camera.js",
    "js/door/judge.js",
    "js/door/screen.js",
    "js/door/store.js",
    "vendor/zxing-wasm/zxing-reader.js",
    "vendor/zxing-wasm/zxing_reader.wasm",
)


@require_safe
def door(request: HttpRequest, language: str | None = None) -> HttpResponse:
    language = language or _language()
    with translation.override(language):
        response = render(request, "door/door.html", {"LANGUAGE_CODE": language, "languages": LANGUAGES})
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker, with the addresses of this release: a new release is a new worker with a new cache."""
    files = sorted(static(name) for name in FILES)
    pages = [reverse("door:door"), *(reverse("door:door-in", args=[language]) for language in LANGUAGES)]
    told = json.dumps({"version": _version(files), "files": files, "pages": pages})
    body = f"self.door = {told};\nimportScripts({json.dumps(static('js/door/worker.js'))});\n"
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _version(files: list[str]) -> str:
    return hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]


def _language() -> str:
    language = translation.get_language()[:2]
    return language if language in LANGUAGES else LANGUAGES[0]
