"""The past of a price can be asked at any moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.ticketing.building import a_price_grid, a_price_type, a_rank, on_sale
from ticketing.models import Performance
from ticketing.operations import prices
from ticketing.operations.prices import Cell
from ticketing.queries.price_history import lowest_price

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def reprice(performance: Performance, price: str, at: datetime) -> None:
    cell = Cell(a_rank(performance.house), a_price_type(performance.house), Decimal(price))
    prices.attach_price_grid(performances=[performance], version=a_price_grid(at, performance.house, cell), now=at)


def lowest(performance: Performance, now: datetime, channel: str = "web") -> Decimal | None:
    return lowest_price(
        performance_id=performance.pk,
        rank_id=a_rank(performance.house).pk,
        price_type_id=a_price_type(performance.house).pk,
        channel_kind=channel,
        now=now,
    )


@pytest.mark.scope("PR4-13")
def test_a_price_lowered_ten_days_ago_is_the_reference(now: datetime) -> None:
    performance = on_sale(now)
    reprice(performance, "30.00", now)
    reprice(performance, "20.00", now + 50 * DAY)
    assert lowest(performance, now + 60 * DAY) == Decimal("20.00")


def test_what_is_longer_ago_no_longer_counts(now: datetime) -> None:
    performance = on_sale(now)
    reprice(performance, "10.00", now)
    reprice(performance, "30.00", now + DAY)
    assert lowest(performance, now + 5 * DAY) == Decimal("10.00")
    assert lowest(performance, now + 40 * DAY) == Decimal("30.00")


def test_an_override_counts_in_its_own_channel_and_days(now: datetime) -> None:
    performance = on_sale(now)
    prices.override_price(
        performance=performance,
        rank=a_rank(performance.house),
        price_type=a_price_type(performance.house),
        price=Decimal("12.00"),
        channel_kind="desk",
        valid_from=now + DAY,
        valid_until=now + 2 * DAY,
        now=now,
    )
    assert lowest(performance, now + 10 * DAY, "desk") == Decimal("12.00")
    assert lowest(performance, now + 10 * DAY, "web") == Decimal("24.00")
    assert lowest(performance, now + 40 * DAY, "desk") == Decimal("24.00")


def test_what_begins_at_a_moment_was_not_applied_before_it(now: datetime) -> None:
    performance = on_sale(now)
    reprice(performance, "30.00", now)
    reprice(performance, "20.00", now + 40 * DAY)
    assert lowest(performance, now + 40 * DAY) == Decimal("30.00")


def test_what_an_override_gives_way_to_at_a_moment_was_not_applied_before_it(now: datetime) -> None:
    performance = on_sale(now)
    prices.override_price(
        performance=performance,
        rank=a_rank(performance.house),
        price_type=a_price_type(performance.house),
        price=Decimal("30.00"),
        channel_kind="web",
        valid_from=now,
        valid_until=now + 40 * DAY,
        now=now,
    )
    assert lowest(performance, now + 40 * DAY) == Decimal("30.00")
