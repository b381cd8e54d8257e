"""Tickets as a PDF that prints well, reads well aloud (PDF/UA) and never fetches anything while it is made.

WeasyPrint takes 0.7 s and 50 MB to import, so only what prints pays for it: the import stands inside `Printer`, and one
printer with its fonts and parsed style sheet serves a process for all its tickets.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.printing.sheets import TicketSheet

FOLDER = Path(__file__).parent
PDF_VARIANT = "pdf/ua-1"  # tagged, with language and title: what a screen reader needs


class OutsideResource(Exception):
    """A ticket asked for something that is not in the document itself nor among our own fonts."""


class Printer:
    """One style sheet with its fonts, ready to lay out any number of documents."""

    def __init__(self, style_sheet: str) -> None:
        import weasyprint  # noqa: PLC0415 - see the module's reason
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher

        class ClosedFetcher(URLFetcher):
            """Only `data:` and our own fonts: a ticket must not depend on, nor tell, anybody else."""

            def fetch(self, url: str, headers: Any = None) -> Any:
                if not url.startswith(("data:", FOLDER.as_uri())):
                    raise OutsideResource(url)
                return super().fetch(url, headers)

        self._html = weasyprint.HTML
        self._fetcher = ClosedFetcher()
        self._fonts = FontConfiguration()
        self._style = weasyprint.CSS(
            filename=FOLDER / style_sheet, font_config=self._fonts, url_fetcher=self._fetcher
        )

    def pdf(self, html: str) -> bytes:
        document = self._html(string=html, url_fetcher=self._fetcher)
        content = document.write_pdf(stylesheets=[self._style], font_config=self._fonts, pdf_variant=PDF_VARIANT)
        assert content is not None  # it returns None only when told to write to a file
        return content


@cache
def printer(style_sheet: str) -> Printer:
    return Printer(style_sheet)


def ticket_pdf(sheets: Sequence[TicketSheet], *, language: str) -> bytes:
    """One A4 page a ticket; a group is one document, because that costs a third less than as many documents."""
    return printer("ticket.css").pdf(_page("printing/ticket.html", sheets, language))


def thermal_pdf(sheets: Sequence[TicketSheet], *, language: str) -> bytes:
    """For a ticket printer with paper of 80 mm."""
    return printer("thermal.css").pdf(_page("printing/thermal.html", sheets, language))


def _page(template: str, sheets: Sequence[TicketSheet], language: str) -> str:
    with override(language):
        title = _("Tickets for %(production)s") % {"production": sheets[0].production}
        return render_to_string(template, {"language": language, "title": title, "sheets": sheets})
