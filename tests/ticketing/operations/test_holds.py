"""Holding: who gets a place, at which price, through which channel, and what is never half done."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.ticketing.building import (
    a_hall,
    a_house,
    a_performance,
    a_plan_document,
    a_plan_version,
    a_price_type,
    a_rank,
    on_sale,
    text,
)
from tests.ticketing.paying import paid_order
from tests.ticketing.racing import race
from tests.ticketing.selling import (
    a_code,
    a_customer,
    a_membership,
    a_tariff,
    costs,
    held,
    set_prices,
    stood,
    taken,
    two_houses,
)
from ticketing.models import Basket, BasketLine, House, Performance, Place
from ticketing.operations import baskets, inventory, prices, programme
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import OtherHouse, hold
from ticketing.operations.prices import Cell
from ticketing.operations.releases import release_line, release_places
from ticketing.operations.tariffs import TariffHasMaximum
from ticketing.operations.wishes import NothingAsked, PriceChanged, TooManyPlaces, UnknownPlace, Wish
from ticketing.queries.baskets import BasketNotFound, find_basket
from ticketing.queries.pricing import PriceNotOffered
from ticketing.queries.terms import PerformanceNotFound, SalesClosed
from ticketing.seating.compiled import place_code

pytestmark = pytest.mark.django_db


# Whose a place is


def test_one_lost_place_gives_back_all_the_others(now: datetime) -> None:
    performance = on_sale(now)
    held(performance, now, "3")
    with pytest.raises(PlacesTaken) as refused:
        held(performance, now, "2", "3", "4")
    assert (refused.value.codes, taken(), BasketLine.objects.count()) == (("3",), ["3"], 1)


def test_a_sold_place_is_taken_however_long_ago_its_hold_was(now: datetime) -> None:
    performance = on_sale(now)
    paid_order(performance, now, "0", "1")
    with pytest.raises(PlacesTaken):
        held(performance, now + timedelta(days=1), "0")


def test_a_place_let_go_is_free_at_once(now: datetime) -> None:
    performance = on_sale(now)
    first = held(performance, now, "0", "1")
    release_line(basket_id=first.basket_id, line_id=first.lines[0].id, now=now)
    assert (taken(), held(performance, now, "0").codes) == (["1"], ("0",))


def test_letting_go_of_what_is_gone_is_no_error(now: datetime) -> None:
    performance = on_sale(now)
    first = held(performance, now, "0")
    for _twice in range(2):
        release_line(basket_id=first.basket_id, line_id=first.lines[0].id, now=now)
        release_places(basket_id=first.basket_id, performance=performance.code, codes=["0"], now=now)
    assert taken() == []


def test_nobody_lets_go_of_a_place_of_another_basket(now: datetime) -> None:
    performance = on_sale(now)
    mine, theirs = held(performance, now, "0"), held(performance, now, "5")
    release_line(basket_id=mine.basket_id, line_id=theirs.lines[0].id, now=now)
    release_places(basket_id=mine.basket_id, performance=performance.code, codes=["5"], now=now)
    assert taken() == ["0", "5"]


def test_an_old_basket_does_not_let_go_of_what_somebody_else_has_taken_since(now: datetime) -> None:
    performance = on_sale(now)
    old = held(performance, now, "0")
    later = now + timedelta(minutes=16)
    fresh = held(performance, later, "0")
    release_line(basket_id=old.basket_id, line_id=old.lines[0].id, now=later)
    assert Place.objects.get(code="0").holder == fresh.basket_id


def test_a_basket_that_is_an_order_is_not_changed(now: datetime) -> None:
    performance = on_sale(now)
    paid_order(performance, now, "0", "1")
    basket = Basket.objects.get()
    with pytest.raises(BasketNotFound):
        release_places(basket_id=basket.id, performance=performance.code, codes=["0"], now=now)
    assert held(performance, now, "4", basket_id=basket.id).basket_id != basket.id


def test_choosing_ones_own_place_again_changes_nothing(now: datetime) -> None:
    performance = on_sale(now)
    first = held(performance, now, "0")
    again = held(performance, now, "0", basket_id=first.basket_id)
    assert (again.lines, BasketLine.objects.count()) == ((), 1)


def test_places_of_a_basket_whose_time_is_over_are_dropped_with_the_next_choice(now: datetime) -> None:
    performance = on_sale(now)
    first = held(performance, now, "0")
    later = now + timedelta(minutes=16)
    second = held(performance, later, "5", basket_id=first.basket_id)
    assert (second.basket_id, second.basket.expires_at) == (first.basket_id, later + timedelta(minutes=15))
    assert taken() == ["5"]


# How many


@pytest.mark.parametrize("tariffs", [{"full": 2}, {"full": 1, "youth": 1}])
def test_untouched_standing_places_go_first_and_then_just_enough_whose_hold_is_over(
    now: datetime, tariffs: dict[str, int]
) -> None:
    performance = on_sale(now, rows=0, standing=4)
    a_tariff(now, performance, "youth", "J", "12.00")
    stood(performance, now, full=3)
    later = now + timedelta(hours=1)
    second = stood(performance, later, **tariffs)
    kept = Place.objects.filter(holder=second.basket_id).order_by("index").values_list("index", flat=True)
    assert (sorted(second.codes), list(kept), taken()) == (["0", "3"], [0, 3], ["0", "1", "2", "3"])


def test_a_standing_place_of_a_rank_without_a_price_is_passed_over(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=3)
    Place.objects.filter(performance=performance, index=0).update(rank=a_rank(performance.house, "rank-2"))
    assert (stood(performance, now, full=1).codes, taken()) == (("1",), ["1"])


def test_standing_places_are_of_a_rank_that_has_every_tariff_asked_for(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=4)
    youth = a_tariff(now, performance, "youth", "J", "12.00")
    house, gallery = performance.house, a_rank(performance.house, "rank-2")
    full, rank = a_price_type(house), a_rank(house)
    cells = [Cell(rank, full, Decimal(24)), Cell(rank, youth, Decimal(12)), Cell(gallery, full, Decimal(20))]
    set_prices(now, performance, *cells)
    Place.objects.filter(performance=performance, index=0).update(rank=gallery)
    assert (stood(performance, now, full=1, youth=1).codes, taken()) == (("1", "2"), ["1", "2"])


@pytest.mark.parametrize("count", [0, -1, -(10**9)])
def test_nothing_is_not_held(now: datetime, count: int) -> None:
    performance = on_sale(now, rows=0, standing=5)
    with pytest.raises(NothingAsked):
        stood(performance, now, full=count)
    assert not Basket.objects.exists()


@pytest.mark.parametrize("count", [11, 401, 10**9])
def test_more_than_an_order_may_have_is_refused_before_anything_is_taken(now: datetime, count: int) -> None:
    performance = on_sale(now, a_house(now, max_places_per_order=10), rows=0, standing=500)
    with pytest.raises(TooManyPlaces):
        stood(performance, now, full=count)
    assert not Basket.objects.exists()


def test_the_limit_counts_what_is_in_the_basket_already(now: datetime) -> None:
    performance = on_sale(now, a_house(now, max_places_per_order=3))
    basket_id = held(performance, now, "0", "1").basket_id
    with pytest.raises(TooManyPlaces):
        held(performance, now, "2", "3", basket_id=basket_id)
    assert held(performance, now, "2", basket_id=basket_id).codes == ("2",)


@pytest.mark.parametrize("place", ["ZZZZ", "", "-1", "0 OR 1", "é", "\x00"])
def test_a_place_that_is_none_is_refused(now: datetime, place: str) -> None:
    performance = on_sale(now)
    with pytest.raises(UnknownPlace):
        held(performance, now, "0", place)
    assert taken() == []


def test_a_seat_that_is_away_in_this_set_up_does_not_exist(now: datetime) -> None:
    performance = on_sale(now)
    document = a_plan_document() | {"variants": [{"code": "pit", "name": text("Orkestbak"), "remove": ["P-A-1"]}]}
    version = a_plan_version(now, a_hall(now, performance.house), document)
    other = a_performance(now, performance.production, version.plan.hall, plan_version=version, plan_variant="pit")
    inventory.create_places(performance_id=other.pk, now=now)
    prices.attach_price_grid(performances=[other], version=performance.price_grid_version, now=now)
    programme.put_on_sale(performance_id=other.pk, now=now)
    with pytest.raises(UnknownPlace):
        held(other, now, "0")
    assert held(other, now, "1").codes == ("1",)


def test_a_seat_cannot_be_had_as_a_standing_place_nor_the_other_way_round(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=2, standing=2)
    with pytest.raises(PlacesTaken):
        held(performance, now, "2")
    with pytest.raises(PlacesTaken):
        stood(performance, now, full=3)
    assert taken() == []


# What it costs


def test_a_price_that_changed_since_the_page_was_made_is_refused_with_both_prices(now: datetime) -> None:
    performance = on_sale(now)
    costs(now, performance, "26.00")
    for wish in ({"shown": Decimal("24.00")}, {"prices": {"rank-1": Decimal("24.00")}}):
        with pytest.raises(PriceChanged) as refused:
            held(performance, now, "0", **wish)
        assert refused.value.details == {"shown": Decimal("24.00"), "price": Decimal("26.00")}
    assert (taken(), Basket.objects.count()) == ([], 0)


def test_a_price_that_changed_for_one_standing_tariff_refuses_all_of_them(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=5)
    a_tariff(now, performance, "youth", "J", "12.00")
    shown = {"full": Decimal("24.00"), "youth": Decimal("10.00")}
    wish = Wish(standing={"full": 1, "youth": 1}, prices=shown)
    with pytest.raises(PriceChanged) as refused:
        hold(performance=performance.code, wish=wish, basket_id=None, language="nl", now=now)
    assert refused.value.details == {"shown": Decimal("10.00"), "price": Decimal("12.00")}
    assert taken() == []
    right = Wish(standing={"full": 1, "youth": 1}, prices=shown | {"youth": Decimal("12.00")})
    lines = hold(performance=performance.code, wish=right, basket_id=None, language="nl", now=now).lines
    assert sorted(line.gross for line in lines) == [Decimal("12.00"), Decimal("24.00")]


def test_who_brought_a_code_is_shown_what_anybody_pays_and_pays_less(now: datetime) -> None:
    performance = on_sale(now)
    a_code(now, performance.house, "MIN10")
    basket_id = held(performance, now, "0").basket_id
    baskets.add_code(basket_id=basket_id, code="min10", now=now)
    second = held(performance, now, "1", basket_id=basket_id, shown=Decimal("24.00"))
    assert [line.gross for line in second.lines] == [Decimal("21.60")]
    costs(now, performance, "30.00")
    with pytest.raises(PriceChanged):
        held(performance, now, "2", basket_id=basket_id, shown=Decimal("24.00"))


def test_held_places_keep_their_price(now: datetime) -> None:
    performance = on_sale(now)
    first = held(performance, now, "0")
    costs(now, performance, "30.00")
    second = held(performance, now, "1", basket_id=first.basket_id)
    assert [line.gross for line in second.basket.lines] == [Decimal("24.00"), Decimal("30.00")]


def test_a_tariff_for_a_few_places_is_not_had_for_more(now: datetime) -> None:
    performance = on_sale(now)
    a_tariff(now, performance, "press", "P", "0.00", conditions={"maximum": {"count": 2}})
    with pytest.raises(TariffHasMaximum):
        held(performance, now, "0", "1", "2", price_type="press")
    first = held(performance, now, "0", "1", price_type="press")
    with pytest.raises(TariffHasMaximum):
        held(performance, now, "2", basket_id=first.basket_id, price_type="press")
    assert taken() == ["0", "1"]


def test_a_tariff_nobody_offers_is_refused(now: datetime) -> None:
    performance = on_sale(now)
    a_tariff(now, performance, "desk", "D", "5.00", conditions={"channel": {"kinds": ["desk"]}})
    for tariff in ("desk", "no-such", "' OR 1=1"):
        with pytest.raises(PriceNotOffered):
            held(performance, now, "0", price_type=tariff)


@pytest.mark.scope("PR3-13")
def test_a_members_tariff_is_had_by_members_only_judged_on_the_night(now: datetime) -> None:
    performance = on_sale(now)
    kind = a_tariff(now, performance, "cubo", "C", "0.00", conditions={"label": {"code": "cubo"}})
    member, late = a_customer(now), a_customer(now, "late@example.org")
    a_membership(now, member, kind)
    a_membership(now, late, kind, valid_until=now.date() + timedelta(days=5))  # the night is in ten days
    wish = Wish(places=("0",), price_type="cubo")
    for customer_id in (None, late.id):
        with pytest.raises(PriceNotOffered):
            hold(
                performance=performance.code, wish=wish, basket_id=None, language="nl", now=now, customer_id=customer_id
            )
    mine = hold(performance=performance.code, wish=wish, basket_id=None, language="nl", now=now, customer_id=member.id)
    assert [line.gross for line in mine.lines] == [Decimal("0.00")]
    with pytest.raises(TariffHasMaximum):
        held(performance, now, "1", basket_id=mine.basket_id, price_type="cubo")


# When and where


def test_what_is_not_on_sale_is_not_held(now: datetime) -> None:
    performance = on_sale(now)
    programme.cancel_performance(performance_id=performance.pk, now=now)
    with pytest.raises(SalesClosed):
        held(performance, now, "0")
    with pytest.raises(PerformanceNotFound):
        hold(performance="NOSUCH", wish=Wish(places=("0",)), basket_id=None, language="nl", now=now)


@pytest.mark.parametrize(
    ("field", "minutes"), [("sales_from", 1), ("sales_until", -1), ("sales_until", 0), ("starts_at", 0)]
)
def test_sales_begin_and_end_to_the_minute(now: datetime, field: str, minutes: int) -> None:
    performance = on_sale(now)
    Performance.objects.update(**{field: now + timedelta(minutes=minutes)})
    House.objects.update(programme_version=1000)
    with pytest.raises(SalesClosed):
        held(performance, now, "0")


def test_houses_of_a_cluster_share_a_basket(now: datetime) -> None:
    summer, winter = two_houses(now)
    basket_id = held(summer, now, "0").basket_id
    assert held(winter, now, "0", basket_id=basket_id).basket_id == basket_id


def test_houses_that_do_not_sell_together_do_not_share_a_basket(now: datetime) -> None:
    summer, winter = two_houses(now, in_cluster=False)
    first = held(summer, now, "0")
    with pytest.raises(OtherHouse):
        held(winter, now, "0", basket_id=first.basket_id)
    release_line(basket_id=first.basket_id, line_id=first.lines[0].id, now=now)
    second = held(winter, now, "0", basket_id=first.basket_id)
    assert (second.basket_id != first.basket_id, second.basket.house_id) == (True, winter.house_id)


def test_a_gift_card_of_one_house_keeps_strangers_out_of_its_basket(now: datetime) -> None:
    _summer, winter = two_houses(now, in_cluster=False)
    card = {"amount": Decimal("25.00"), "language": "nl", "now": now}
    basket_id = baskets.add_gift_card(house="zomerhof", basket_id=None, **card)
    with pytest.raises(OtherHouse):
        held(winter, now, "0", basket_id=basket_id)
    with pytest.raises(OtherHouse):
        baskets.add_gift_card(house="winterhof", basket_id=basket_id, **card)


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_one_basket_in_many_windows_never_goes_past_its_limit(now: datetime) -> None:
    performance = on_sale(now, a_house(now, max_places_per_order=4))
    basket_id = held(performance, now, "J").basket_id

    def click(number: int) -> str:
        try:
            held(performance, now, place_code(number), basket_id=basket_id)
        except TooManyPlaces:
            return "refused"
        return "held"

    assert race(click, contenders=12, threads=6) == {"held": 3, "refused": 9}
    basket = find_basket(basket_id)
    assert basket is not None
    assert (len(basket.lines), len(taken())) == (4, 4)
