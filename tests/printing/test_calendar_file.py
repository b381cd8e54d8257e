"""What a calendar program reads back is the night that was bought."""

from __future__ import annotations

from datetime import datetime, timedelta

from icalendar import Calendar

from ticketing.printing.calendar_file import CalendarNight, calendar_file


def a_night(now: datetime, **changes: object) -> CalendarNight:
    values = {
        "uid": "7KQ2M9XD@example.org",
        "title": "Nachtvlucht, de Kantelaar",
        "starts_at": now,
        "ends_at": None,
        "where": "Grote zaal, Grote Markt 4, Kantelare",
        "details": "Parterre; rij F, stoel 11 en 12\nhttps://example.org/order",
        "url": "https://example.org/order",
    }
    return CalendarNight(**{**values, **changes})  # type: ignore[arg-type]  # one plain value for each name


def test_a_calendar_reads_back_what_was_written(now: datetime) -> None:
    [event] = Calendar.from_ical(calendar_file([a_night(now)], now=now)).walk("VEVENT")
    night = a_night(now)
    assert (
        str(event["uid"]),
        str(event["summary"]),
        event.decoded("dtstart"),
        event.decoded("dtend"),
        str(event["location"]),
        str(event["description"]),
    ) == (night.uid, night.title, now, now + timedelta(hours=2), night.where, night.details)


def test_the_announced_end_is_kept(now: datetime) -> None:
    content = calendar_file([a_night(now, ends_at=now + timedelta(minutes=75))], now=now)
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert event.decoded("dtend") == now + timedelta(minutes=75)


def test_every_night_of_an_order_is_in_one_file(now: datetime) -> None:
    nights = [a_night(now, uid=f"{number}@example.org") for number in range(3)]
    events = Calendar.from_ical(calendar_file(nights, now=now)).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [night.uid for night in nights]


def test_a_title_cannot_write_another_line(now: datetime) -> None:
    content = calendar_file([a_night(now, title="Nacht\r\nATTENDEE:mailto:x@example.org")], now=now)
    assert b"\r\nATTENDEE" not in content
