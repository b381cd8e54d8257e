"""Changing a basket: its time, its tariffs and whose it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.ticketing.selling import a_customer, a_membership, a_tariff, costs, held, placed
from ticketing.models import Basket, BasketLine, Performance, Place
from ticketing.operations import baskets, programme
from ticketing.operations.baskets import HoldExpired, NoMoreTime
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.tariffs import TariffHasMaximum
from ticketing.operations.wishes import PriceChanged
from ticketing.queries.baskets import BasketNotFound
from ticketing.queries.houses import HouseNotFound
from ticketing.queries.pricing import PriceNotOffered
from ticketing.queries.terms import SalesClosed

pytestmark = pytest.mark.django_db

OVER = timedelta(minutes=16)


def prices() -> list[Decimal]:
    return list(BasketLine.objects.order_by("id").values_list("gross", flat=True))


# Time


def test_more_time_moves_every_place_of_the_basket(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    until = baskets.extend(basket_id=basket_id, now=now)
    assert until == now + timedelta(minutes=25)
    assert set(Place.objects.filter(state="held").values_list("held_until", flat=True)) == {until}


def test_time_that_is_over_is_not_extended(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0").basket_id
    with pytest.raises(HoldExpired):
        baskets.extend(basket_id=basket_id, now=now + OVER)


def test_trying_again_is_no_way_to_more_time(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    for _time in range(5):
        baskets.retry_places(basket_id=basket_id, now=now + timedelta(minutes=14))
    assert Basket.objects.get().expires_at == now + timedelta(minutes=15)
    for _twice in range(2):
        baskets.extend(basket_id=basket_id, now=now)
    with pytest.raises(NoMoreTime):
        baskets.extend(basket_id=basket_id, now=now)


def test_places_held_again_may_have_more_time_again(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0").basket_id
    for _twice in range(2):
        baskets.extend(basket_id=basket_id, now=now)
    later = now + timedelta(minutes=36)
    baskets.retry_places(basket_id=basket_id, now=later)
    assert baskets.extend(basket_id=basket_id, now=later) == later + timedelta(minutes=25)


def test_after_the_time_the_same_places_can_be_held_again_at_the_price_of_now(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    costs(now, show, "30.00")
    assert baskets.retry_places(basket_id=basket_id, now=now + OVER) == 2
    assert (prices(), Basket.objects.get().expires_at) == (
        [Decimal("30.00")] * 2,
        now + OVER + timedelta(minutes=15),
    )


def test_trying_again_names_what_is_gone_and_takes_nothing(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    held(show, now + OVER, "1")
    with pytest.raises(PlacesTaken) as refused:
        baskets.retry_places(basket_id=basket_id, now=now + OVER)
    assert refused.value.codes == ("1",)
    assert Place.objects.get(code="0").held_until == now + timedelta(minutes=15)


def test_trying_again_for_what_is_not_on_sale_any_more_is_refused(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0").basket_id
    programme.cancel_performance(performance_id=show.pk, now=now)
    with pytest.raises(SalesClosed):
        baskets.retry_places(basket_id=basket_id, now=now + OVER)


# Tariffs


def test_another_tariff_costs_what_was_shown_or_is_refused(now: datetime, show: Performance) -> None:
    a_tariff(now, show, "youth", "J", "12.00")
    first = held(show, now, "0")
    line = first.lines[0].id
    with pytest.raises(PriceChanged) as refused:
        baskets.change_price_type(
            basket_id=first.basket_id, line_id=line, price_type="youth", shown=Decimal("10.00"), now=now
        )
    assert refused.value.details == {"shown": Decimal("10.00"), "price": Decimal("12.00")}
    assert prices() == [Decimal("24.00")]
    baskets.change_price_type(
        basket_id=first.basket_id, line_id=line, price_type="youth", shown=Decimal("12.00"), now=now
    )
    assert prices() == [Decimal("12.00")]


def test_a_tariff_for_a_few_places_goes_no_further(now: datetime, show: Performance) -> None:
    a_tariff(now, show, "press", "P", "0.00", conditions={"maximum": {"count": 1}})
    first = held(show, now, "0", "1")
    for line, refusal in zip(first.lines, (None, TariffHasMaximum), strict=True):
        if refusal is None:
            baskets.change_price_type(basket_id=first.basket_id, line_id=line.id, price_type="press", now=now)
        else:
            with pytest.raises(refusal):
                baskets.change_price_type(basket_id=first.basket_id, line_id=line.id, price_type="press", now=now)
    assert prices() == [Decimal("0.00"), Decimal("24.00")]


def test_nobody_changes_the_line_of_another_basket(now: datetime, show: Performance) -> None:
    a_tariff(now, show, "youth", "J", "12.00")
    mine, theirs = held(show, now, "0"), held(show, now, "5")
    with pytest.raises(PriceNotOffered):
        baskets.change_price_type(basket_id=mine.basket_id, line_id=theirs.lines[0].id, price_type="youth", now=now)
    assert prices() == [Decimal("24.00")] * 2


# Whose it is


def test_a_basket_that_is_not_there_is_said(now: datetime, show: Performance) -> None:
    for change in (
        lambda: baskets.extend(basket_id=uuid4(), now=now),
        lambda: baskets.retry_places(basket_id=uuid4(), now=now),
        lambda: baskets.add_code(basket_id=uuid4(), code="X", now=now),
        lambda: baskets.remove_code(basket_id=uuid4(), code="X", now=now),
        lambda: baskets.change_price_type(basket_id=uuid4(), line_id=1, price_type="full", now=now),
    ):
        with pytest.raises(BasketNotFound):
            change()
    assert not baskets.belong_to(basket_id=uuid4(), customer_id=None, now=now)


def test_a_basket_that_became_an_order_is_left_alone(now: datetime, show: Performance) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    placed(basket_id, now)
    for change in (baskets.extend, baskets.retry_places):
        with pytest.raises(BasketNotFound):
            change(basket_id=basket_id, now=now)
    assert not baskets.belong_to(basket_id=basket_id, customer_id=a_customer(now).pk, now=now)


def test_who_signs_in_gets_the_tariffs_they_have_a_right_to(now: datetime, show: Performance) -> None:
    kind = a_tariff(now, show, "cubo", "C", "5.00", conditions={"label": {"code": "cubo"}})
    customer = a_customer(now)
    a_membership(now, customer, kind)
    first = held(show, now, "0")
    line_id = first.lines[0].id
    change: dict[str, Any] = {"basket_id": first.basket_id, "line_id": line_id, "price_type": "cubo", "now": now}
    with pytest.raises(PriceNotOffered):
        baskets.change_price_type(**change)
    assert baskets.belong_to(basket_id=first.basket_id, customer_id=customer.pk, now=now)
    assert baskets.change_price_type(**change).reason == "entitlement"
    baskets.belong_to(basket_id=first.basket_id, customer_id=None, now=now)
    assert prices() == [Decimal("24.00")]


def test_a_gift_card_of_a_house_nobody_knows_is_not_sold(now: datetime, show: Performance) -> None:
    with pytest.raises(HouseNotFound):
        baskets.add_gift_card(house="nergens", amount=Decimal(25), basket_id=None, language="nl", now=now)
