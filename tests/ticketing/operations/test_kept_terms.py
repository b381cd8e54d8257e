"""Terms are kept in the process, and never used when the house has changed them since."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from tests.conftest import CountQueries
from tests.ticketing.building import a_price_grid, a_price_type, a_rank, on_sale
from tests.ticketing.racing import race
from ticketing.models import Performance
from ticketing.operations import houses, prices, programme
from ticketing.operations.holds import Held, hold
from ticketing.operations.prices import Cell
from ticketing.operations.wishes import Wish
from ticketing.queries.terms import SalesClosed
from ticketing.seating.compiled import place_code

pytestmark = pytest.mark.django_db


def held(performance: Performance, now: datetime, **wish: object) -> Held:
    return hold(performance=performance.code, wish=Wish(**wish), basket_id=None, language="nl", now=now)


def dearer(performance: Performance, now: datetime) -> None:
    house = performance.house
    grid = a_price_grid(now, house, Cell(a_rank(house), a_price_type(house), Decimal("30.00")))
    prices.attach_price_grid(performances=[performance], version=grid, now=now)


SEATED, STANDING = {"rows": 2}, {"rows": 0, "standing": 9}


@pytest.mark.parametrize(("plan", "wish"), [(SEATED, {"places": ("7",)}), (STANDING, {"standing": {"": 1}})])
def test_a_new_price_holds_from_the_next_hold(now: datetime, plan: dict[str, int], wish: dict[str, object]) -> None:
    performance = on_sale(now, **plan)
    held(performance, now, **({"places": ("1",)} if plan is SEATED else wish))
    dearer(performance, now)
    assert [line.gross for line in held(performance, now, **wish).lines] == [Decimal("30.00")]


def test_a_stopped_sale_is_stopped_at_once(now: datetime) -> None:
    performance = on_sale(now)
    held(performance, now, places=("1",))
    programme.cancel_performance(performance_id=performance.pk, now=now)
    with pytest.raises(SalesClosed):
        held(performance, now, places=("2",))


def test_a_sale_that_opens_is_open_at_once(now: datetime) -> None:
    performance = on_sale(now)
    held(performance, now, places=("1",))
    programme.update_performance(performance_id=performance.pk, sales_until=now, now=now)
    with pytest.raises(SalesClosed):
        held(performance, now, places=("2",))
    programme.update_performance(performance_id=performance.pk, sales_until=None, now=now)
    assert held(performance, now, places=("2",)).codes == ("2",)


def test_one_seat_in_a_new_basket_is_one_statement(now: datetime, count_queries: CountQueries) -> None:
    performance = on_sale(now)
    held(performance, now, places=("1",))
    with count_queries(1):
        held(performance, now, places=("2",))


@pytest.mark.django_db(transaction=True)
def test_a_programme_that_never_stands_still_does_not_stop_the_sale(now: datetime) -> None:
    performance = on_sale(now, rows=4, seats=25)

    def contender(number: int) -> str:
        if number % 4 == 0:
            for _change in range(12):
                houses.programme_changed(performance.house_id)
            return "changed"
        return held(performance, now, places=(place_code(number),)).codes[0]

    outcomes = race(contender, contenders=80, threads=4)
    assert outcomes == {"changed": 20, **{place_code(number): 1 for number in range(80) if number % 4}}
