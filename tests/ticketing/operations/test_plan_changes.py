"""Another version of the plan under a performance that sells already."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.ticketing.building import (
    a_hall,
    a_house,
    a_next_version,
    a_plan_document,
    a_plan_version,
    a_seat,
    a_ticket,
    on_sale,
    text,
)
from ticketing.models import Performance, Place
from ticketing.operations import inventory
from ticketing.operations.plan_changes import OtherPlan, SeatsInUse, change_plan_version
from ticketing.seating.versions import Difference, Moved

pytestmark = pytest.mark.django_db


def places(performance: Performance) -> list[tuple[Any, ...]]:
    return list(performance.places.order_by("index").values_list("index", "code", "seat", "state"))


def test_seats_keep_their_holders_under_new_numbers(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    ticket = a_ticket(now, performance, place="2")
    version = a_next_version(now, performance, a_seat(3), a_seat(2), a_seat(4))

    changes = change_plan_version(performance_id=performance.pk, version_id=version.pk, now=now)

    assert changes == Difference(kept=("P-A-2", "P-A-3"), moved=(), gone=("P-A-1",), new=("P-A-4",))
    assert places(performance) == [
        (0, "0", "P-A-3", "sold"),
        (1, "1", "P-A-2", "available"),
        (2, "2", "P-A-4", "available"),
    ]
    ticket.refresh_from_db()
    assert ticket.place.seat == "P-A-3"
    performance.refresh_from_db()
    version.refresh_from_db()
    assert (performance.plan_version, version.frozen_at) == (version, now)


def test_a_moved_seat_is_told(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=2)
    version = a_next_version(now, performance, a_seat(1), a_seat(2) | {"x": 999})

    changes = change_plan_version(performance_id=performance.pk, version_id=version.pk, now=now)

    assert changes.moved == (Moved("P-A-2", ("position",)),)


def test_a_sold_seat_cannot_go(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    a_ticket(now, performance, place="0")
    version = a_next_version(now, performance, a_seat(2), a_seat(3))
    before = places(performance)

    with pytest.raises(SeatsInUse) as refused:
        change_plan_version(performance_id=performance.pk, version_id=version.pk, now=now)

    assert refused.value.details == {"seats": "P-A-1"}
    assert places(performance) == before
    performance.refresh_from_db()
    assert performance.plan_version != version


def test_a_blocked_seat_cannot_go_but_one_whose_hold_ended_can(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    inventory.place_block(performance_id=performance.pk, places=["0"], kind="soft", owner="Regie", now=now)
    held = {"state": "held", "held_until": now - timedelta(minutes=1), "holder": "01890000-0000-7000-8000-000000000000"}
    Place.objects.filter(performance=performance, code="1").update(**held)

    without_first = a_next_version(now, performance, a_seat(2), a_seat(3))
    without_second = a_next_version(now, performance, a_seat(1), a_seat(3))

    with pytest.raises(SeatsInUse):
        change_plan_version(performance_id=performance.pk, version_id=without_first.pk, now=now)
    change_plan_version(performance_id=performance.pk, version_id=without_second.pk, now=now)

    assert [seat for _index, _code, seat, _state in places(performance)] == ["P-A-1", "P-A-3"]


def test_a_contingent_keeps_meaning_the_same_seats(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    rule = {"places": ["0", "2"]}
    contingent = inventory.create_contingent(
        performance_id=performance.pk, name=text("School"), channels=[], rule=rule, now=now
    )
    version = a_next_version(now, performance, a_seat(3), a_seat(2))

    change_plan_version(performance_id=performance.pk, version_id=version.pk, now=now)

    contingent.refresh_from_db()
    assert contingent.rule == {"places": ["0"]}


def test_the_plan_of_another_hall_is_refused(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    other = a_plan_version(now, a_hall(now, a_house(now, slug="elders")), a_plan_document(rows=1, seats=3))

    with pytest.raises(OtherPlan):
        change_plan_version(performance_id=performance.pk, version_id=other.pk, now=now)
