"""The nights of an order for somebody's own calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

REMINDER = timedelta(hours=3)
ASSUMED_DURATION = timedelta(hours=2)


@dataclass(frozen=True)
class CalendarNight:
    """`uid` stays the same when the night moves, so that the calendar moves it instead of adding another."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    where: str
    details: str
    url: str


def calendar_file(nights: Iterable[CalendarNight], *, now: datetime) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Parterre//Tickets//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for night in nights:
        calendar.add_component(_event(night, now))
    content: bytes = calendar.to_ical()
    return content


def _event(night: CalendarNight, now: datetime) -> Event:
    event = Event()
    event.add("uid", night.uid)
    event.add("dtstamp", now.astimezone(UTC))
    # In UTC, because a calendar that lacks our time zone's rules would show the wrong hour.
    event.add("dtstart", night.starts_at.astimezone(UTC))
    event.add("dtend", (night.ends_at or night.starts_at + ASSUMED_DURATION).astimezone(UTC))
    event.add("summary", night.title)
    event.add("location", night.where)
    event.add("description", night.details)
    event.add("url", night.url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", night.title)
    alarm.add("trigger", -REMINDER)
    event.add_component(alarm)
    return event
