"""When things play, seen from today: short words for runs of nights, and the function that dates them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from demo.content import Night, Production

ZONE = ZoneInfo("Europe/Brussels")
TURNAROUND = timedelta(minutes=30)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def weekly(
    week: int, days: str, time: str = "20:00", fills: Sequence[float] = (), closed: str = ""
) -> tuple[Night, ...]:
    """Nights on fixed weekdays of one week: `weekly(3, "thu fri sat")` is three weeks from the present one."""
    names = days.split()
    return tuple(
        Night(week * 7, time, WEEKDAYS.index(name), fills[index] if fills else None, closed)
        for index, name in enumerate(names)
    )


def daily(first: int, count: int, time: str = "20:00", fills: Sequence[float] = ()) -> tuple[Night, ...]:
    """Nights in a row, counted from today; `daily(0, 4)` starts tonight."""
    return tuple(Night(first + index, time, None, fills[index] if fills else None) for index in range(count))


@dataclass(frozen=True)
class Slot:
    """One night with its date: what becomes a performance."""

    production: Production
    night: Night
    number: int
    starts_at: datetime
    fill: float

    @property
    def key(self) -> str:
        return f"{self.production.slug}-{self.number}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.production.minutes)


def season(productions: Iterable[Production], *, today: date) -> list[Slot]:
    """Every night with its date, in order of time. Two nights never meet in one hall: the later written one moves on
    by whole weeks, so that a Sunday matinee stays on a Sunday."""
    taken: dict[tuple[str, str], list[tuple[datetime, datetime]]] = {}
    slots = []
    for production, number, night in _fixed_nights_first(productions):
        starts_at = _moment(night, today=today)
        length = timedelta(minutes=production.minutes) + TURNAROUND
        hall = taken.setdefault((production.house, production.hall), [])
        while any(starts_at < end and begin < starts_at + length for begin, end in hall):
            starts_at = _same_clock(starts_at, days=7)
        hall.append((starts_at, starts_at + length))
        slots.append(Slot(production, night, number, starts_at, _fill(production, night, number, starts_at, today)))
    return sorted(slots, key=lambda slot: (slot.starts_at, slot.production.slug))


def _fixed_nights_first(productions: Iterable[Production]) -> list[tuple[Production, int, Night]]:
    nights = [
        (production, number, night) for production in productions for number, night in enumerate(production.nights, 1)
    ]
    return sorted(nights, key=lambda item: item[2].weekday is not None)


def _moment(night: Night, *, today: date) -> datetime:
    day = today + timedelta(days=night.day)
    if night.weekday is not None:
        day += timedelta(days=night.weekday - day.weekday())
    hour, minute = map(int, night.time.split(":"))
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def _same_clock(moment: datetime, *, days: int) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=days), moment.time(), ZONE)


def _fill(production: Production, night: Night, number: int, starts_at: datetime, today: date) -> float:
    if night.fill is not None:
        return night.fill
    days = (starts_at.date() - today).days
    chance = sha256(f"{production.slug}-{number}".encode()).digest()[0] / 255
    if days < 0:
        return 0.55 + 0.4 * chance
    return round(max(0.08, 0.62 - days / 220) * (0.55 + 0.7 * chance), 2)
