"""The past of a price can be asked at any moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.ticketing.building import a_price_type, a_rank, on_sale
from tests.ticketing.selling import costs
from ticketing.models import Performance
from ticketing.operations import prices
from ticketing.queries.price_history import lowest_price

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def override(
    now: datetime, performance: Performance, price: str, channel: str, since: datetime, until: datetime
) -> None:
    prices.override_price(
        performance=performance,
        rank=a_rank(performance.house),
        price_type=a_price_type(performance.house),
        price=Decimal(price),
        channel_kind=channel,
        valid_from=since,
        valid_until=until,
        now=now,
    )


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
    costs(now, performance, "30.00")
    costs(now + 50 * DAY, performance, "20.00")
    assert lowest(performance, now + 60 * DAY) == Decimal("20.00")


def test_what_is_longer_ago_no_longer_counts(now: datetime) -> None:
    performance = on_sale(now)
    costs(now, performance, "10.00")
    costs(now + DAY, performance, "30.00")
    assert lowest(performance, now + 5 * DAY) == Decimal("10.00")
    assert lowest(performance, now + 40 * DAY) == Decimal("30.00")


def test_an_override_counts_in_its_own_channel_and_days(now: datetime) -> None:
    performance = on_sale(now)
    override(now, performance, "12.00", "desk", now + DAY, now + 2 * DAY)
    assert lowest(performance, now + 10 * DAY, "desk") == Decimal("12.00")
    assert lowest(performance, now + 10 * DAY, "web") == Decimal("24.00")
    assert lowest(performance, now + 40 * DAY, "desk") == Decimal("24.00")


def test_what_begins_at_a_moment_was_not_applied_before_it(now: datetime) -> None:
    performance = on_sale(now)
    costs(now, performance, "30.00")
    costs(now + 40 * DAY, performance, "20.00")
    assert lowest(performance, now + 40 * DAY) == Decimal("30.00")


def test_what_an_override_gives_way_to_at_a_moment_was_not_applied_before_it(now: datetime) -> None:
    performance = on_sale(now)
    override(now, performance, "30.00", "web", now, now + 40 * DAY)
    assert lowest(performance, now + 40 * DAY) == Decimal("30.00")
