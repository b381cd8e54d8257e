"""HTML to PDF/UA with our own fonts and nothing from outside.

Importing this costs 0.7 s and 50 MB (WeasyPrint and Pango): only what prints imports it, and late.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

FOLDER = Path(__file__).parent
FONTS = frozenset(path.as_uri() for path in (FOLDER / "fonts").glob("*.ttf"))
PDF_VARIANT = "pdf/ua-1"  # tagged, with language and title: what a screen reader needs


class OutsideResource(Exception):
    """A page asked for something that is neither in the page itself nor one of our fonts."""


class ClosedFetcher(URLFetcher):
    """A ticket must not depend on anybody else, nor tell anybody else that it was printed."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if not url.startswith("data:") and url not in FONTS:
            raise OutsideResource(url)
        return super().fetch(url, headers)


class Page(HTML):
    """HTML of the few elements we print with, which are all that `elements.css` knows."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_elements()]


@cache
def _elements() -> CSS:
    return CSS(filename=FOLDER / "elements.css")


class Printer:
    """One style sheet with its fonts, parsed once and good for any number of documents."""

    def __init__(self, style_sheet: str) -> None:
        self._fetcher = ClosedFetcher()
        self._fonts = FontConfiguration()
        self._style = CSS(filename=FOLDER / style_sheet, font_config=self._fonts, url_fetcher=self._fetcher)

    def pdf(self, html: str) -> bytes:
        document = Page(string=html, url_fetcher=self._fetcher)
        content: bytes = document.write_pdf(stylesheets=[self._style], font_config=self._fonts, pdf_variant=PDF_VARIANT)
        return content
