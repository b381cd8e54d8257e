from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.ticketing.building import (
    a_hall,
    a_house,
    a_performance,
    a_price_grid,
    a_price_type,
    a_production,
    a_rank,
    text,
)
from tests.ticketing.paying import sold_online
from tests.ticketing.selling import a_tariff, held, pay, placed
from ticketing.models import Account, LedgerEntry, PriceGridVersion, PriceOverride, TariffFamily
from ticketing.operations import prices
from ticketing.operations.fields import FieldsRefused
from ticketing.operations.prices import Cell

pytestmark = pytest.mark.django_db


def test_a_new_price_is_a_new_version(now: datetime) -> None:
    house = a_house(now)
    first = a_price_grid(now, house)
    cell = Cell(a_rank(house), a_price_type(house), Decimal("26.00"))
    second = prices.publish_price_grid_version(grid=first.grid, cells=[cell], now=now)
    assert [(v.number, v.cells.get().price) for v in PriceGridVersion.objects.order_by("number")] == [
        (1, Decimal("24.00")),
        (2, Decimal("26.00")),
    ]
    assert second.grid == first.grid


@pytest.mark.parametrize("price", ["-0.01", "10000", "1.005", "NaN", "Infinity"])
def test_prices_that_are_no_amounts_are_refused(now: datetime, price: str) -> None:
    house = a_house(now)
    with pytest.raises(prices.PriceNotAllowed):
        a_price_grid(now, house, Cell(a_rank(house), a_price_type(house), Decimal(price)))
    assert not PriceGridVersion.objects.exists()


def test_a_grid_takes_ranks_of_its_own_house_only(now: datetime) -> None:
    house, other = a_house(now), a_house(now, "winterhof")
    with pytest.raises(prices.OfOtherHouse):
        a_price_grid(now, house, Cell(a_rank(other), a_price_type(house), Decimal("24.00")))


@pytest.mark.scope("S4-21")
def test_a_price_type_is_in_exactly_one_tariff_family(now: datetime) -> None:
    house = a_house(now)
    for family in ("", "vip"):
        with pytest.raises(FieldsRefused) as refused:
            a_price_type(house, family=family)
        assert list(refused.value.details["fields"]) == ["family"]
    for letter, family in zip("ABCDE", TariffFamily.values, strict=True):
        assert a_price_type(house, family, letter, family=family).family == family


@pytest.mark.scope("S4-21")
def test_a_sale_is_booked_under_its_tariff_family(now: datetime) -> None:
    performance = sold_online(now)
    a_tariff(now, performance, "youth", "J", "12.00")
    basket_id = held(performance, now, "0", price_type="full").basket_id
    held(performance, now, "1", basket_id=basket_id, price_type="youth")
    pay(placed(basket_id, now), now)
    earned = LedgerEntry.objects.filter(account=Account.REVENUE_TICKETS).order_by("family")
    assert list(earned.values_list("family", "line__gross")) == [
        ("full", Decimal("24.00")),
        ("reduced", Decimal("12.00")),
    ]


def test_two_price_types_do_not_share_a_letter(now: datetime) -> None:
    house = a_house(now)
    first = a_price_type(house, "full", "N")
    with pytest.raises(FieldsRefused):
        a_price_type(house, "youth", "N")
    prices.archive_price_type(price_type_id=first.pk)
    assert a_price_type(house, "youth", "N").letter == "N"


def test_conditions_are_replaced_as_a_whole(now: datetime) -> None:
    house = a_house(now)
    youth = a_price_type(house, "youth", "J", conditions={"maximum": {"count": 2}, "proof": {}})
    prices.set_conditions(price_type_id=youth.pk, conditions={"maximum": {"count": 4}, "label": {"code": "abonnee"}})
    assert dict(youth.conditions.values_list("kind", "value")) == {
        "maximum": {"count": 4},
        "label": {"code": "abonnee"},
    }


def test_an_override_ends_the_one_before(now: datetime) -> None:
    house = a_house(now)
    performance = a_performance(now, a_production(now, house), a_hall(now, house))
    cell = {"performance": performance, "rank": a_rank(house), "price_type": a_price_type(house)}
    prices.override_price(**cell, price=Decimal("20.00"), now=now)
    prices.override_price(**cell, price=Decimal("15.00"), now=now + timedelta(days=1))
    assert list(PriceOverride.objects.order_by("id").values_list("price", "valid_until")) == [
        (Decimal("20.00"), now + timedelta(days=1)),
        (Decimal("15.00"), None),
    ]


def test_a_fee_is_named_in_the_languages_of_the_house(now: datetime) -> None:
    fee = prices.create_fee(house=a_house(now), name=text("Servicekosten"), amount=Decimal("1.50"))
    assert fee.name.localize("fr") == "Servicekosten (fr)"
