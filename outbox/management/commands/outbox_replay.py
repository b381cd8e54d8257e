"""Tell a subscriber again what happened: after a repair, or when it is new."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from outbox.errors import UnknownSubscriber
from outbox.operations import replay
from outbox.subscribing import subscriber_names


class Command(BaseCommand):
    help = "Deliver recorded facts to one subscriber again, in their order."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("subscriber")
        parser.add_argument("--since", type=_moment, help="ISO moment; UTC when it names no time zone")
        parser.add_argument("--until", type=_moment)
        parser.add_argument("--stream")

    def handle(self, *arguments: Any, **options: Any) -> None:
        bounds = {name: options[name] for name in ("since", "until", "stream")}
        if not any(bounds.values()):
            raise CommandError("Name a --stream, --since or --until: replaying everything is rarely what you want.")
        try:
            count = replay(subscriber=options["subscriber"], now=timezone.now(), **bounds)
        except UnknownSubscriber as error:
            raise CommandError(f"No such subscriber; there are: {', '.join(subscriber_names())}") from error
        self.stdout.write(f"{count} deliveries are due again.")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
