"""What a page may load and do: everything from here, nothing inline, framed by nobody.

Two parts of the installation need more. The operators' screens come from django-unfold, whose Alpine evaluates
expressions and sets styles. The door page opens the camera and, where a browser cannot read squares itself, runs a
reader as WebAssembly. What a script of ours posts for becomes part of a page, under that page's policy.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ticketing.webshop.responses import wants_fragment

CSP, PERMISSIONS = "Content-Security-Policy", "Permissions-Policy"


def policy(*, script: str = "'self'", style: str = "'self'") -> str:
    images = " ".join(["'self'", "data:", *settings.CONTENT_POLICY_IMAGE_HOSTS])
    # A payment begins with a form of ours that is sent on to a provider, and from there to a bank.
    payment = " ".join(["'self'", "https:", *_origin(settings.SANDBOX_URL)])
    parts = {
        "default-src": "'none'",
        "script-src": script,
        "style-src": style,
        "img-src": images,
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "form-action": payment,
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _origin(url: str) -> list[str]:
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


class ContentPolicyMiddleware:
    """A view that knows better sets the header itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        closed = "camera=(), microphone=(), geolocation=(), browsing-topics=()"
        self.default = (policy(), closed)
        self.by_path = (
            ("/admin/", (policy(script="'self' 'unsafe-eval'", style="'self' 'unsafe-inline'"), closed)),
            ("/door/", (policy(script="'self' 'wasm-unsafe-eval'"), closed.replace("camera=()", "camera=(self)"))),
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Nobody asks for a fragment by going to an address, and no answer to a post is shown again for an address.
        if request.method == "POST" and wants_fragment(request):
            return response
        path = request.path_info
        content, permissions = next((value for start, value in self.by_path if path.startswith(start)), self.default)
        response.headers.setdefault(CSP, content)
        response.headers.setdefault(PERMISSIONS, permissions)
        return response
