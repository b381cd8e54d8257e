"""Shifting a party: what it pays and how long it has stay the same, and a shift that fails moves nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.ticketing.building import a_house, on_sale
from tests.ticketing.selling import a_code, a_tariff, costs, held, taken
from ticketing.models import Basket, BasketLine, Place
from ticketing.operations import baskets, programme
from ticketing.operations.baskets import HoldExpired, extend
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import OfferFirst
from ticketing.operations.shifting import shift
from ticketing.operations.wishes import NothingAsked, TooManyPlaces, UnknownPlace
from ticketing.queries.terms import SalesClosed

pytestmark = pytest.mark.django_db


def chosen() -> list[tuple[str, str, str]]:
    """Place, tariff and price of every line."""
    lines = BasketLine.objects.order_by("place__index").values_list("place__code", "price_type__code", "gross")
    return [(place, tariff, str(gross)) for place, tariff, gross in lines]


def test_a_party_as_large_as_an_order_may_be_is_shifted_all_the_same(now: datetime) -> None:
    performance = on_sale(now, a_house(now, max_places_per_order=2))
    basket = held(performance, now, "1", "2").basket_id
    shift(basket_id=basket, performance=performance.code, places=["0", "1"], now=now)
    assert taken() == ["0", "1"]
    shift(basket_id=basket, performance=performance.code, places=["5", "6"], now=now)
    assert taken() == ["5", "6"]
    with pytest.raises(TooManyPlaces):
        shift(basket_id=basket, performance=performance.code, places=["4", "5", "6"], now=now)
    assert taken() == ["5", "6"]


def test_whoever_moves_keeps_the_tariff_and_whoever_stays_the_price(now: datetime) -> None:
    performance = on_sale(now)
    a_tariff(now, performance, "young", "J", "12.00")
    basket = held(performance, now, "2").basket_id
    held(performance, now, "3", basket_id=basket, price_type="young")
    held(performance, now, "4", basket_id=basket)
    shift(basket_id=basket, performance=performance.code, places=["1", "2", "4"], now=now)
    assert chosen() == [("1", "young", "12.00"), ("2", "full", "24.00"), ("4", "full", "24.00")]
    costs(now, performance, "30.00")
    shift(basket_id=basket, performance=performance.code, places=["1", "4", "5"], now=now)
    assert chosen() == [("1", "young", "12.00"), ("4", "full", "24.00"), ("5", "full", "30.00")]


def test_a_code_moves_along(now: datetime) -> None:
    performance = on_sale(now)
    a_code(now, performance.house, "LENTE2027", max_per_order=1)
    basket = held(performance, now, "1", "2").basket_id
    baskets.add_code(basket_id=basket, code="LENTE2027", now=now)
    before = sorted(price for _place, _tariff, price in chosen())
    shift(basket_id=basket, performance=performance.code, places=["5", "6"], now=now)
    assert (before, sorted(price for _place, _tariff, price in chosen())) == (["21.60", "24.00"], ["21.60", "24.00"])


def test_a_place_somebody_has_moves_nobody(now: datetime) -> None:
    performance = on_sale(now)
    basket = held(performance, now, "1", "2").basket_id
    held(performance, now, "3")
    with pytest.raises(PlacesTaken):
        shift(basket_id=basket, performance=performance.code, places=["3", "4"], now=now)
    assert chosen()[:2] == [("1", "full", "24.00"), ("2", "full", "24.00")]
    assert taken() == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("places", "refusal"), [([], NothingAsked), (["0", "zzz"], UnknownPlace), (["é"], UnknownPlace)]
)
def test_nonsense_moves_nobody(now: datetime, places: list[str], refusal: type[Exception]) -> None:
    performance = on_sale(now)
    basket = held(performance, now, "1", "2").basket_id
    with pytest.raises(refusal):
        shift(basket_id=basket, performance=performance.code, places=places, now=now)
    assert taken() == ["1", "2"]


def test_the_time_left_stays_as_it_was(now: datetime) -> None:
    performance = on_sale(now)
    basket = held(performance, now, "1", "2").basket_id
    until = extend(basket_id=basket, now=now)
    shift(basket_id=basket, performance=performance.code, places=["5", "6"], now=now + timedelta(minutes=20))
    assert Basket.objects.get().expires_at == until
    assert set(Place.objects.filter(state="held").values_list("held_until", flat=True)) == {until}
    with pytest.raises(HoldExpired):
        shift(basket_id=basket, performance=performance.code, places=["0", "1"], now=until)
    assert taken() == ["5", "6"]


def test_an_offer_of_half_a_day_may_be_shifted_and_grows_no_larger(now: datetime) -> None:
    performance = on_sale(now)
    basket = held(performance, now, "1", "2").basket_id
    until = now + timedelta(hours=12)
    Basket.objects.update(expires_at=until)
    Place.objects.filter(state="held").update(held_until=until)
    shift(basket_id=basket, performance=performance.code, places=["0", "1"], now=now)
    assert (taken(), Basket.objects.get().expires_at) == (["0", "1"], until)
    with pytest.raises(OfferFirst):
        shift(basket_id=basket, performance=performance.code, places=["0", "1", "2"], now=now)
    assert taken() == ["0", "1"]


def test_what_is_no_longer_sold_is_not_shifted(now: datetime) -> None:
    performance = on_sale(now)
    basket = held(performance, now, "1", "2").basket_id
    programme.cancel_performance(performance_id=performance.pk, now=now)
    with pytest.raises(SalesClosed):
        shift(basket_id=basket, performance=performance.code, places=["0", "1"], now=now)
    assert taken() == ["1", "2"]
