from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.schedules import crontab

from outbox import beat, lease
from outbox.beat import LeasedScheduler
from outbox.models import Lease

pytestmark = pytest.mark.django_db


def test_lease_has_one_holder(now: datetime) -> None:
    assert lease.take("sweeping", holder="a", seconds=10, now=now)
    assert not lease.take("sweeping", holder="b", seconds=10, now=now + timedelta(seconds=9))
    assert lease.take("cleaning", holder="b", seconds=10, now=now)


def test_holder_renews_its_lease(now: datetime) -> None:
    lease.take("sweeping", holder="a", seconds=10, now=now)
    assert lease.take("sweeping", holder="a", seconds=10, now=now + timedelta(seconds=9))
    assert not lease.take("sweeping", holder="b", seconds=10, now=now + timedelta(seconds=18))
    assert list(Lease.objects.values_list("holder", "taken_at")) == [("a", now)]


def test_lease_of_a_dead_holder_is_taken_over(now: datetime) -> None:
    lease.take("sweeping", holder="a", seconds=10, now=now)
    assert lease.take("sweeping", holder="b", seconds=10, now=now + timedelta(seconds=10))
    assert not lease.take("sweeping", holder="a", seconds=10, now=now + timedelta(seconds=11))


def test_lease_given_back_is_free_at_once_but_only_its_holder_can(now: datetime) -> None:
    lease.take("sweeping", holder="a", seconds=10, now=now)
    lease.give_back("sweeping", holder="b", now=now)
    assert not lease.take("sweeping", holder="b", seconds=10, now=now)
    lease.give_back("sweeping", holder="a", now=now)
    assert lease.take("sweeping", holder="b", seconds=10, now=now)


@pytest.fixture
def start_beat(monkeypatch: pytest.MonkeyPatch) -> Callable[[], LeasedScheduler]:
    """Beats whose tasks go nowhere but into `sent`."""
    app = Celery("test", broker="memory://", set_as_current=False)
    app.conf.timezone = "Europe/Brussels"
    app.conf.beat_schedule = {
        "often": {"task": "often", "schedule": 2.0},
        "nightly": {"task": "nightly", "schedule": crontab(hour="3", minute="20")},
    }
    monkeypatch.setattr(beat.time, "monotonic", lambda: datetime.now().timestamp())  # noqa: DTZ005 (the set clock)

    def start() -> LeasedScheduler:
        scheduler = LeasedScheduler(app=app)
        sent: list[str] = []
        monkeypatch.setattr(scheduler, "send_task", lambda task, *_, **__: sent.append(task))
        monkeypatch.setattr(scheduler, "sent", sent, raising=False)
        return scheduler

    return start


def tick(*beats: Any) -> None:
    for scheduler in beats:
        while scheduler.tick() == 0:
            pass


def test_two_beats_never_keep_time_together(start_beat: Callable[[], Any], now: datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        first, second = start_beat(), start_beat()
        for _ in range(20):
            clock.shift(2.1)
            tick(first, second)

    assert len(first.sent) == 20
    assert second.sent == []


def test_beat_that_died_is_replaced_when_its_lease_ends(start_beat: Callable[[], Any], now: datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        first, second = start_beat(), start_beat()
        clock.shift(3)
        tick(first, second)
        assert (first.sent, second.sent) == (["often"], [])
        clock.shift(beat.LEASE_SECONDS - 1)
        tick(second)
        assert second.sent == []
        clock.shift(1)
        tick(second)
        assert second.sent == ["often"]
        tick(first)
        assert first.sent == ["often"]


def test_beat_that_stops_lets_the_next_begin_at_once(start_beat: Callable[[], Any], now: datetime) -> None:
    with time_machine.travel(now, tick=False) as clock:
        first, second = start_beat(), start_beat()
        clock.shift(3)
        tick(first)
        first.close()
        tick(second)

    assert second.sent == ["often"]


def test_nightly_task_missed_by_a_restart_is_made_late_but_once(start_beat: Callable[[], Any]) -> None:
    evening = datetime.fromisoformat("2027-01-12T20:00:00+01:00")
    with time_machine.travel(evening, tick=False) as clock:
        first = start_beat()
        tick(first)
        clock.move_to(evening + timedelta(hours=7, minutes=30))
        tick(first)
        assert first.sent.count("nightly") == 1
        first.close()

        clock.move_to(evening + timedelta(days=1, hours=9))
        second = start_beat()
        tick(second)
        assert second.sent.count("nightly") == 1
        second.close()

        third = start_beat()
        tick(third)
        assert third.sent.count("nightly") == 0
