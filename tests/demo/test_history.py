"""Orders are made up so that they can really be placed, one after the other."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

import pytest

from demo.history import House, PlannedOrder, nights, plan_orders
from demo.loading.orders import hall_plans
from demo.parties import parties
from demo.people import people
from demo.programme import PRODUCTIONS
from demo.schedule import season
from ticketing.seating.compiled import CompiledPlan, place_index
from ticketing.seating.orphans import orphan_refusal

NOW = datetime(2027, 1, 12, 19, 30, tzinfo=UTC)
PLANS = hall_plans()


@pytest.fixture(scope="module")
def history() -> tuple[list[House], list[PlannedOrder]]:
    houses = nights(season(PRODUCTIONS, today=NOW.date()), PLANS)
    return houses, plan_orders(houses, list(people()), count=1_500, now=NOW)


@pytest.mark.parametrize("hall", [key for key, plan in PLANS.items() if plan.rows], ids="/".join)
def test_parties_cover_every_ordinary_seat_once_and_nobody_sits_alone(hall):
    plan = PLANS[hall]
    found = parties(plan, Random(3))
    seats = [code for party in found for code in party]
    assert len(seats) == len(set(seats)) == plan.kinds.count("seat")
    assert min(map(len, found)) >= 2


def test_as_many_orders_as_asked_in_the_order_of_their_moments(history):
    _houses, orders = history
    assert len(orders) == 1_500
    assert [order.at for order in orders] == sorted(order.at for order in orders)
    assert all(order.at < NOW for order in orders)


def test_every_seat_is_sold_once_and_before_its_night(history):
    _houses, orders = history
    sold = [(share.slot.key, code) for order in orders for share in order.shares for code in share.seats]
    assert len(sold) == len(set(sold))
    assert all(order.at < share.slot.starts_at for order in orders for share in order.shares)


def test_no_order_leaves_a_seat_alone_when_they_come_in_their_order(history):
    houses, orders = history
    free = {house.slot.key: _free_after_blocks(house) for house in houses if not house.standing}
    for order in orders:
        for key, chosen in _chosen(order).items():
            plan = _plan(houses, key)
            assert orphan_refusal(plan, free[key], chosen) is None, (key, chosen)
            for index in chosen:
                free[key][index] = 0 if order.fate == "paid" else 1


def _free_after_blocks(house: House) -> bytearray:
    """As the loader does it: the seats kept back for subscribers are gone before the first order."""
    plan = PLANS[house.slot.production.house, house.slot.production.hall]
    free = bytearray(plan.present)
    kept, wanted = 0, house.left
    for party in house.seats:
        if house.slot.starts_at <= NOW or house.slot.night.closed or kept >= wanted:
            break
        kept += len(party)
        for code in party:
            free[place_index(code)] = 0
    return free


def _chosen(order: PlannedOrder) -> dict[str, list[int]]:
    chosen: dict[str, list[int]] = {}
    for share in order.shares:
        if share.seats:
            chosen.setdefault(share.slot.key, []).extend(map(place_index, share.seats))
    return chosen


def _plan(houses: list[House], key: str) -> CompiledPlan:
    slot = next(house.slot for house in houses if house.slot.key == key)
    return PLANS[slot.production.house, slot.production.hall]
