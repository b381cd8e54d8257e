"""What waits, for whom, since when."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from outbox.queries import backlogs


class Command(BaseCommand):
    help = "Show per subscriber what waits, since when, and what needs attention."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *arguments: Any, **options: Any) -> None:
        found = backlogs(now=timezone.now())
        if options["format"] == "json":
            rows = [vars(backlog) | {"oldest": backlog.oldest.total_seconds()} for backlog in found]
            self.stdout.write(json.dumps(rows))
            return
        if not found:
            self.stdout.write("Nothing waits.")
        for backlog in found:
            self.stdout.write(
                f"{backlog.subscriber}: {backlog.waiting} waiting (oldest {backlog.oldest.total_seconds():.0f} s), "
                f"{backlog.scheduled} scheduled, {backlog.dead} dead"
            )
