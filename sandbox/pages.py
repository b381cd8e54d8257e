"""Fills the HTML files of `screens/`: every value is escaped unless it is markup of our own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from sandbox.texts import TEXTS
from sandbox.web import Request, Response

FOLDER = Path(__file__).parent / "screens"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Markup(str):
    """Text that is already HTML."""

    __slots__ = ()


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / name).read_text(encoding="utf-8"))


def fill(name: str, language: str, values: Mapping[str, object] | None = None) -> Markup:
    """`$t_pay` in a file is the text `pay`; every other name comes from `values`."""
    texts = {f"t_{key}": escape(text) for key, text in TEXTS[language].items()}
    own = {key: value if isinstance(value, Markup) else escape(str(value)) for key, value in (values or {}).items()}
    return Markup(_template(name).substitute(texts, language=language, **own))


def page(language: str, title: str, body: Markup, status: int = 200) -> Response:
    html = fill("base.html", language, {"title": title, "body": body})
    return Response(html.encode(), status, headers=dict(HEADERS))


def stylesheet(request: Request) -> Response:
    body = (FOLDER / "sandbox.css").read_bytes()
    return Response(body, 200, "text/css; charset=utf-8", {"Cache-Control": "max-age=300"})
