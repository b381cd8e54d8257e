"""What time ends by itself; and one duty that fails keeps none of the others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.ticketing.selling import a_tariff, held, placed
from ticketing.models import Basket, Block, Order, Performance, Place
from ticketing.operations import inventory, tidying
from ticketing.operations.tidying import delete_old_baskets, expire_orders, free_lapsed_places, settle_forgotten, tidy

pytestmark = pytest.mark.django_db


def test_a_soft_block_opens_at_its_time_and_a_hard_one_never(now: datetime, show: Performance) -> None:
    soon = now + timedelta(hours=1)
    for kind, place in (("soft", "0"), ("hard", "1")):
        inventory.place_block(performance_id=show.pk, places=[place], kind=kind, owner="Huis", release_at=soon, now=now)
    tidy(now=soon - timedelta(seconds=1))
    assert Block.objects.count() == 2
    tidy(now=soon)
    assert list(Place.objects.exclude(state="available").values_list("code", "state")) == [("1", "blocked_hard")]


def test_an_order_nobody_paid_is_given_up_when_the_time_of_the_provider_is_over(
    now: datetime, show: Performance
) -> None:
    order = placed(held(show, now, "0", "1").basket_id, now)
    assert order.expires_at is not None
    assert expire_orders(now=order.expires_at - timedelta(seconds=1)) == 0
    assert expire_orders(now=order.expires_at) == 1
    order.refresh_from_db()
    assert (order.state, Place.objects.exclude(state="available").count()) == (Order.State.ABANDONED, 0)


def test_an_order_with_nothing_to_pay_is_settled_when_its_request_died(now: datetime, show: Performance) -> None:
    a_tariff(now, show, "free", "F", "0.00")
    order = placed(held(show, now, "0", "1", price_type="free").basket_id, now)
    assert settle_forgotten(now=now) == 0
    assert settle_forgotten(now=now + timedelta(minutes=1)) == 1
    order.refresh_from_db()
    assert order.state == Order.State.PAID


def test_holds_that_ran_out_are_written_down_and_others_are_not(now: datetime, show: Performance) -> None:
    held(show, now, "0")
    held(show, now + timedelta(minutes=10), "1")
    assert free_lapsed_places(now=now + timedelta(minutes=16)) == 1
    assert list(Place.objects.filter(state="held").values_list("code", flat=True)) == ["1"]


def test_baskets_left_behind_go_after_two_days_and_those_of_orders_stay(now: datetime, show: Performance) -> None:
    placed(held(show, now, "0", "1").basket_id, now)
    held(show, now, "5")
    assert delete_old_baskets(now=now + timedelta(days=2)) == 0
    delete_old_baskets(now=now + timedelta(days=2, minutes=16))
    assert list(Basket.objects.values_list("state", flat=True)) == ["ordered"]


def test_one_duty_that_fails_does_not_keep_the_others(
    now: datetime, show: Performance, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*, now: datetime) -> None:
        raise RuntimeError("lost a place")

    held(show, now, "0")
    monkeypatch.setattr(tidying, "DUTIES", (fails, *tidying.DUTIES))
    with pytest.raises(ExceptionGroup) as refused:
        tidy(now=now + timedelta(minutes=16))
    assert [str(failure) for failure in refused.value.exceptions] == ["lost a place"]
    assert not Place.objects.filter(state="held").exists()
