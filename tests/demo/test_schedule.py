"""Whatever day the demo is loaded, its season holds together."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from demo.programme import PRODUCTIONS
from demo.schedule import ZONE, Slot, season

days = st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 12, 31))


@settings(max_examples=60, deadline=None)
@given(today=days)
def test_no_two_performances_meet_in_one_hall(today):
    halls: dict[tuple[str, str], list[Slot]] = {}
    for slot in season(PRODUCTIONS, today=today):
        halls.setdefault((slot.production.house, slot.production.hall), []).append(slot)
    meetings = [
        (before.key, after.key)
        for slots in halls.values()
        for before, after in pairwise(slots)
        if before.ends_at.timestamp() > after.starts_at.timestamp()
    ]
    assert meetings == []


@settings(max_examples=60, deadline=None)
@given(today=days)
def test_the_season_has_history_tonight_and_months_ahead(today):
    season_days = [slot.starts_at.astimezone(ZONE).date() for slot in season(PRODUCTIONS, today=today)]
    assert len(season_days) >= 150
    assert sum(day < today for day in season_days) >= 30
    assert season_days.count(today) >= 3
    assert max(season_days) > today + timedelta(days=120)


@settings(max_examples=60, deadline=None)
@given(today=days)
def test_nights_keep_their_clock_and_weekday(today):
    slots = season(PRODUCTIONS, today=today)
    assert [
        slot.key
        for slot in slots
        if f"{slot.starts_at:%H:%M}" != slot.night.time
        or (slot.night.weekday is not None and slot.starts_at.weekday() != slot.night.weekday)
    ] == []


@settings(max_examples=20, deadline=None)
@given(today=days)
def test_some_nights_are_nearly_full_and_none_is_overfull(today):
    fills = [slot.fill for slot in season(PRODUCTIONS, today=today)]
    assert sum(0.9 <= fill < 1 for fill in fills) >= 10
    assert all(0 < fill < 1 for fill in fills)
