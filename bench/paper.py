"""What paper and mail take in one warm process: the floor of a PDF over HTTP, and what a purchase counts apart."""

from __future__ import annotations

import statistics
import time

from django.core import mail
from django.test.utils import override_settings
from django.utils import timezone

from bench.orders import paid_order
from ticketing.mails import order_letters
from ticketing.models import Performance
from ticketing.operations.barcodes import key_at_work
from ticketing.printing.ticket_pdf import ticket_pdf
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


def cpu_ms_in_one_process(performance: Performance) -> float:
    """Median over tickets that differ, as WeasyPrint's own caches would flatter one that repeats."""
    tickets = valid_tickets(order_id=paid_order(performance, WARM + MEASURED).id)
    sheets = ticket_sheets(tickets, key=key_at_work(now=timezone.now()), language="nl")
    taken = []
    for sheet in sheets:
        begun = time.process_time()
        ticket_pdf([sheet], language="nl")
        taken.append(1000 * (time.process_time() - begun))
    return statistics.median(taken[WARM:])
