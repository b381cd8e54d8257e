"""Tickets of an order for a ticket printer, for a house that hands them over itself.

A command, because laying out needs Pango and 50 MB, which no web process carries.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from ticketing.models import Order
from ticketing.printing.rendering import printed_slips
from ticketing.printing.ticket_pdf import PrinterMissing


class Command(BaseCommand):
    help = "Write the valid tickets of an order as a PDF of slips, 80 mm wide, for a printer of tickets."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="of the order")
        parser.add_argument("file", type=Path, help="PDF to write")

    def handle(self, *arguments: Any, **options: Any) -> None:
        order = Order.objects.filter(reference=options["reference"].strip().upper()).first()
        if order is None:
            raise CommandError("No order is called this.")
        try:
            slips = printed_slips(order_id=order.pk, now=timezone.now())
        except PrinterMissing as missing:
            raise CommandError("This machine lacks Pango, which lays out the pages.") from missing
        if slips is None:
            raise CommandError("This order has no valid ticket.")
        options["file"].write_bytes(slips)
        self.stdout.write(f"Written: {options['file']}")
