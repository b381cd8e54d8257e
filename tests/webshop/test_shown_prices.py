"""Nobody pays another price than the page showed, and nobody names one."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.core.cache import caches

from payments.mollie.fake import FakeMollie
from tests.ticketing import selling
from tests.ticketing.untouched import nothing_stored
from tests.webshop.conftest import Buyer
from tests.webshop.strangers import SCRIPT
from ticketing.models import (
    Order,
)


@pytest.fixture
def dearer(buyer: Buyer, now: datetime) -> Buyer:
    """The page said 24 euro; now it is 26."""
    selling.costs(now, buyer.performance, "26.00")
    caches["default"].clear()
    return buyer


@pytest.mark.parametrize(("path", "fields"), [
    ("hold/", {"place": "0", "shown": "24.00"}),
    ("best/", {"quantity": "2", "price-rank-1": "24.00"}),
    ("list/choose/", {"place": "0", "listed": "P", "price-rank-1": "24.00"}),
])  # fmt: skip
def test_a_price_that_changed_since_the_page_is_said_with_both(
    dearer: Buyer, path: str, fields: dict[str, str]
) -> None:
    with nothing_stored():
        answer = dearer.client.post(dearer.page + path, fields)
    assert answer.status_code == 409
    assert "from €24.00 to €26.00" in answer.content.decode()
    assert (
        dearer.client.post(
            dearer.page + path,
            {**fields, **dict.fromkeys((name for name in fields if name.startswith(("shown", "price"))), "26.00")},
        ).status_code
        == 303
    )


def test_a_standing_price_that_changed_since_the_page_is_said_with_both(fan: Buyer, now: datetime) -> None:
    selling.costs(now, fan.performance, "26.00")
    with nothing_stored():
        answer = fan.post(f"{fan.page}standing/", **{"n-full": "2", "price-full": "24.00"})
    assert answer.status_code == 409
    assert "from €24.00 to €26.00" in answer.content.decode()


def test_every_form_that_holds_says_what_its_page_showed(buyer: Buyer, fan: Buyer) -> None:
    assert 'name="price-rank-1" value="24.00"' in buyer.get().content.decode()
    assert 'name="price-rank-1" value="24.00"' in buyer.get(f"{buyer.page}list/").content.decode()
    assert 'name="price-full" value="24.00"' in fan.get().content.decode()


def test_a_tariff_that_changed_since_the_page_is_said_with_both(buyer: Buyer, now: datetime) -> None:
    selling.a_tariff(now, buyer.performance, "youth", "J", "12.00")
    buyer.click("0")
    change = f"{buyer.shop}basket/lines/{buyer.performance.code}-0/tariff/"
    assert 'name="price-youth" value="12.00"' in buyer.get(f"{buyer.shop}basket/").content.decode()
    with nothing_stored():
        answer = buyer.post(change, **{"price_type": "youth", "price-youth": "10.00"})
    assert answer.status_code == 409
    assert buyer.basket().lines.get().gross == Decimal("24.00")


@pytest.mark.parametrize("shown", ["0", "0.01", "-48", "1e2", "NaN", "sNaN", "Infinity", "48.0000000001", SCRIPT])
def test_no_price_of_the_buyers_own_is_paid(buyer: Buyer, mollie: FakeMollie, shown: str) -> None:
    buyer.best(2)
    buyer.check_out(shown=shown, due=shown, total=shown, amount=shown, gross=shown)
    for placed in Order.objects.all():
        assert placed.total == Decimal("48.00")
    assert [request.amount for request in mollie.requests.values()] in ([], [Decimal("48.00")])
