"""Sign tickets with a new key: every few years, or at once when a copy of the old one may lie elsewhere."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ticketing.errors import TicketingError
from ticketing.operations.barcodes import rotate_ticket_key


class Command(BaseCommand):
    help = "Sign new tickets with a new key. Tickets sold before stay valid, whichever key signed them."

    def handle(self, *arguments: Any, **options: Any) -> None:
        try:
            key = rotate_ticket_key(now=timezone.now())
        except TicketingError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Tickets are signed with key {key.key_id}; processes that run sign with it once restarted.")
