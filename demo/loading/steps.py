"""Parts of the demo that are done once each: a loader that was stopped goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic
from typing import Any

from django.db import connection
from django.utils import timezone

from demo.models import DemoStep

Say = Callable[[str], None]


@dataclass(frozen=True)
class Loading:
    """What every part needs to know. `now` is one moment for the whole demo, kept from the first start on."""

    now: datetime
    say: Say
    orders: int
    customers: int
    sequential: bool = False

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)


@dataclass(frozen=True)
class Part:
    """One that runs `beside` the others is waited for at the end only."""

    name: str
    label: str
    run: Callable[[Loading, Progress], None]
    beside: bool = False


@dataclass
class Progress:
    """What a part has done so far; `done` is stored with the work, in one transaction."""

    name: str
    say: Say
    details: dict[str, Any] = field(default_factory=dict)
    _told: float = field(default_factory=monotonic)

    @property
    def done(self) -> int:
        return int(self.details.get("done", 0))

    def keep(self, **details: Any) -> None:
        self.details |= details
        DemoStep.objects.update_or_create(name=self.name, defaults={"details": self.details})

    def tell(self, text: str) -> None:
        """At most every two seconds: a terminal is for people."""
        if monotonic() - self._told > 2:
            self._told = monotonic()
            self.say(f"      {text}")


def run_parts(parts: tuple[Part, ...], loading: Loading) -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        beside = []
        for number, part in enumerate(parts, 1):
            label = f"[{number}/{len(parts)}] {part.label}"
            if part.beside and not loading.sequential:
                beside.append(pool.submit(_run_beside, part, label, loading))
            else:
                _run(part, label, loading)
        for running in beside:
            running.result()


def _run_beside(part: Part, label: str, loading: Loading) -> None:
    try:
        _run(part, label, loading)
    finally:
        connection.close()  # this thread's own


def _run(part: Part, label: str, loading: Loading) -> None:
    step = DemoStep.objects.filter(name=part.name).first()
    if step is not None and step.finished_at is not None:
        return
    loading.say(f"{label} …")
    started = monotonic()
    progress = Progress(part.name, loading.say, step.details if step else {})
    part.run(loading, progress)
    defaults = {"details": progress.details, "finished_at": timezone.now()}
    DemoStep.objects.update_or_create(name=part.name, defaults=defaults)
    loading.say(f"{label}: done in {monotonic() - started:.1f} s")
