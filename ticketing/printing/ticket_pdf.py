"""Tickets on paper: an A4 page each, or a slip of a ticket printer."""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.printing.sheets import TicketSheet

if TYPE_CHECKING:
    from ticketing.printing.paper import Printer


class Layout(Protocol):
    def __call__(self, sheets: Sequence[TicketSheet], *, language: str) -> bytes: ...


class PrinterMissing(Exception):
    """This machine lacks Pango: tickets live on the screen, in wallets and at the door, but not on paper."""


def ticket_pdf(sheets: Sequence[TicketSheet], *, language: str) -> bytes:
    """One A4 page a ticket; a group is one document, because that costs a third less than as many documents."""
    return printer("ticket.css").pdf(ticket_html(sheets, language=language))


def ticket_html(sheets: Sequence[TicketSheet], *, language: str) -> str:
    return _html("printing/ticket.html", sheets, language)


def thermal_pdf(sheets: Sequence[TicketSheet], *, language: str) -> bytes:
    """One slip a ticket, for a printer with paper of 80 mm that knows black only."""
    return printer("thermal.css").pdf(_html("printing/thermal.html", sheets, language))


@cache
def printer(style_sheet: str) -> Printer:
    try:
        from ticketing.printing.paper import Printer  # loads WeasyPrint, which only a worker carries
    except OSError as missing:
        raise PrinterMissing from missing
    return Printer(style_sheet)


# Fonts lie in a temporary folder that WeasyPrint cannot remove once the interpreter is half gone.
atexit.register(printer.cache_clear)


def _html(template: str, sheets: Sequence[TicketSheet], language: str) -> str:
    with override(language):
        title = _("Tickets for %(production)s") % {"production": sheets[0].production}
        return render_to_string(template, {"language": language, "title": title, "sheets": sheets})
