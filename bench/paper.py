"""What paper and mail take in one warm process: the floor of a PDF over HTTP, and what a purchase counts apart."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.core import mail
from django.test.utils import override_settings
from django.utils import timezone

from bench.orders import paid_order
from ticketing.mails import order_letters
from ticketing.models import Performance
from ticketing.operations.barcodes import key_at_work
from ticketing.printing.paper import FOLDER, PDF_VARIANT
from ticketing.printing.sheets import TicketSheet
from ticketing.printing.ticket_pdf import ticket_html, ticket_pdf
from ticketing.printing.words import ticket_sheets
from ticketing.queries.printing import valid_tickets

WARM = 3
MEASURED = 12


def mail_cpu_ms_in_one_process(theatre: Performance) -> float:
    """The mail of a purchase of two tickets with its PDF, all but the conversation with the mail server."""
    taken = []
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        for _order in range(WARM + MEASURED):
            order = paid_order(theatre, 2)
            begun = time.process_time()
            order_letters.send_tickets(order.id, now=timezone.now())
            taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken[WARM:])


def paper_cpu_ms_in_one_process(performance: Performance) -> dict[str, float]:
    """Medians over tickets that differ, as WeasyPrint's own caches would flatter one that repeats."""
    return {name: _cpu_ms(print_one, performance) for name, print_one in PRINTERS.items()}


def _cpu_ms(print_one: Callable[[TicketSheet], object], performance: Performance) -> float:
    tickets = valid_tickets(order_id=paid_order(performance, WARM + MEASURED).id)
    taken = []
    for sheet in ticket_sheets(tickets, key=key_at_work(now=timezone.now()), language="nl"):
        begun = time.process_time()
        print_one(sheet)
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken[WARM:])


def _as_its_manual_says(sheet: TicketSheet) -> None:
    """What WeasyPrint takes by itself: every document reads its style sheet and its fonts."""
    _print(sheet, *_style())


def _with_style_kept(sheet: TicketSheet) -> None:
    _print(sheet, *_kept_style())


def _as_our_worker_does(sheet: TicketSheet) -> None:
    ticket_pdf([sheet], language="nl")


def _print(sheet: TicketSheet, style: Any, fonts: Any) -> None:
    from weasyprint import HTML

    HTML(string=ticket_html([sheet], language="nl")).write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant=PDF_VARIANT
    )


def _style() -> tuple[Any, Any]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    return CSS(filename=FOLDER / "ticket.css", font_config=fonts), fonts


_kept_style = cache(_style)
PRINTERS = {
    "as its manual says": _as_its_manual_says,
    "style and fonts kept": _with_style_kept,
    "as our worker does": _as_our_worker_does,
}
