"""`manage.py describe_demo [--format json]`: what there is to try, for people and for scripts."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo.description import NotLoaded, as_text, describe


class Command(BaseCommand):
    help = "Prints every address, login, id and key needed to drive the running demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = describe(now=timezone.now())
        except NotLoaded:
            raise CommandError("There is no demo here yet. Load it with: ./dev manage load_demo") from None
        self.stdout.write(
            json.dumps(told, indent=2, ensure_ascii=False) if options["format"] == "json" else as_text(told)
        )
