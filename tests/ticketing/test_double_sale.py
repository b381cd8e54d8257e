"""The same place is never sold twice: races on real connections, and the control that shows the race is real."""

from __future__ import annotations

from datetime import datetime
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from tests.ticketing.building import on_sale
from tests.ticketing.paying import paid_order
from tests.ticketing.racing import race
from ticketing.models import BasketLine, Place, Ticket
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish

pytestmark = pytest.mark.django_db(transaction=True)


def _try(code: str, wish: Wish, now: datetime) -> str:
    try:
        hold(performance=code, wish=wish, basket_id=None, language="nl", now=now)
    except PlacesTaken:
        return "taken"
    return "held"


@pytest.mark.scope("S4-33")
def test_two_hundred_buyers_of_one_seat(now: datetime) -> None:
    performance = on_sale(now)
    outcomes = race(lambda _number: _try(performance.code, Wish(places=("5",)), now), contenders=200)
    assert outcomes == {"held": 1, "taken": 199}
    assert BasketLine.objects.count() == 1


def test_standing_places_never_go_past_what_there_is(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=50)
    outcomes = race(lambda _number: _try(performance.code, Wish(standing={"full": 1}), now), contenders=120)
    assert outcomes == {"held": 50, "taken": 70}
    assert Place.objects.filter(state=Place.State.HELD).count() == 50


def test_crossing_choices_leave_no_half_baskets(now: datetime) -> None:
    performance = on_sale(now)

    def contender(number: int) -> str:
        pair = ("3", "4") if number % 2 else ("4", "5")
        return _try(performance.code, Wish(places=pair), now)

    assert race(contender, contenders=60)["held"] == 1
    assert Place.objects.filter(state=Place.State.HELD).count() == 2


def test_looking_first_and_writing_then_would_sell_twice(now: datetime) -> None:
    """The positive control: without the condition in the UPDATE, two who look before either writes both win."""
    performance = on_sale(now)
    place = Place.objects.get(performance=performance, code="5")
    both_looked = Barrier(2)

    def careless(_number: int) -> str:
        if Place.objects.get(id=place.id).state != Place.State.AVAILABLE:
            return "taken"
        both_looked.wait(timeout=20)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE ticketing_place SET state='held', held_until=%s, holder=gen_random_uuid() WHERE id=%s",
                [now, place.id],
            )
        return "held"

    assert race(careless, contenders=2, threads=2) == {"held": 2}


@pytest.mark.scope("S4-33")
def test_the_database_refuses_a_second_valid_ticket_whatever_the_code_does(now: datetime) -> None:
    performance = on_sale(now)
    order = paid_order(performance, now, "0")
    first = Ticket.objects.get()
    second = {
        "line": order.lines.get(), "performance": performance, "place": first.place, "issued_at": now,
        "serial": "X" * 16, "code": "Y" * 12,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(**second)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_valid_ticket_per_place")
    try:
        assert Ticket.objects.create(**second).place_id == first.place_id
    finally:
        Ticket.objects.filter(serial="X" * 16).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE UNIQUE INDEX one_valid_ticket_per_place ON ticketing_ticket (place_id) WHERE state = 'valid'"
            )
