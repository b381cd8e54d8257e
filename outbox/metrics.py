"""The gauges an operator watches, read from the database when somebody scrapes, so that every web process agrees."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector, CollectorRegistry

from outbox.queries import backlogs
from outbox.subscribing import subscriber_names

LABELS = ["subscriber"]


class OutboxCollector(Collector):
    def describe(self) -> Iterator[Metric]:
        """Names only: registering must not ask the database."""
        yield from _gauges()

    def collect(self) -> Iterator[Metric]:
        oldest, waiting, dead = gauges = _gauges()
        try:
            found = {backlog.subscriber: backlog for backlog in backlogs(now=timezone.now())}
        except DatabaseError:
            return
        for name in sorted({*subscriber_names(), *found}):
            backlog = found.get(name)
            oldest.add_metric([name], backlog.oldest.total_seconds() if backlog else 0)
            waiting.add_metric([name], backlog.waiting if backlog else 0)
            dead.add_metric([name], backlog.dead if backlog else 0)
        yield from gauges


def _gauges() -> tuple[GaugeMetricFamily, GaugeMetricFamily, GaugeMetricFamily]:
    return (
        GaugeMetricFamily("outbox_oldest_waiting_seconds", "Age of the oldest delivery not made", labels=LABELS),
        GaugeMetricFamily("outbox_waiting_deliveries", "Deliveries that should have been made", labels=LABELS),
        GaugeMetricFamily("outbox_dead_deliveries", "Deliveries that need a person", labels=LABELS),
    )


def register(registry: CollectorRegistry) -> None:
    registry.register(OutboxCollector())
