"""`manage.py load_demo`: fills an installation with the demo, once; a second run finds everything there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.loading.everything import PARTS
from demo.loading.steps import Loading, run_parts
from demo.models import DemoStep
from demo.people import COUNT
from ticketing.models import House

ORDERS = 1_500


class Command(BaseCommand):
    help = "Loads the demo: four houses, their season, customers and past orders. Goes on where it was stopped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--orders", type=int, default=ORDERS, help="past orders to make (default: %(default)s)")
        parser.add_argument("--customers", type=int, default=COUNT, help="customers (default: %(default)s)")

        parser.add_argument("--sequential", action="store_true", help="one part after the other, in one thread")

    def handle(self, *args: Any, **options: Any) -> None:
        first = DemoStep.objects.filter(name="started").first()
        if first is None and House.objects.exists():
            raise CommandError("This installation has houses of its own. The demo is for an empty one.")
        if first is None:
            details = {
                "now": timezone.now().isoformat(),
                "orders": options["orders"],
                "customers": options["customers"],
            }
            first = DemoStep.objects.create(name="started", details=details)
        kept = first.details
        run_parts(
            PARTS,
            Loading(
                now=datetime.fromisoformat(kept["now"]),
                say=self._say,
                orders=kept["orders"],
                customers=kept["customers"],
                sequential=options["sequential"],
            ),
        )
        self._say("The demo is complete.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
