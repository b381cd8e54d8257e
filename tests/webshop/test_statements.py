"""Every list of the shop asks the database as often for thirty rows as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.ticketing import building, paying, selling
from tests.webshop.conftest import Buyer
from ticketing.models import Customer, House, Order, Performance, SeatingPlanVersion, Ticket
from ticketing.operations import customers, gift_cards, inventory, prices, programme
from ticketing.order_links import link_token

Look = Callable[[], HttpResponse]


def statements(look: Look) -> list[str]:
    """What a page asks when the process is warm and nothing is kept from the last visitor."""
    assert look().status_code == 200
    caches["default"].clear()
    with CaptureQueriesContext(connection) as asked:
        assert look().status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def assert_constant(look: Look, grow: Callable[[], object]) -> None:
    one = statements(look)
    grow()
    many = statements(look)
    assert len(many) == len(one), "\n".join([f"{len(one)} became {len(many)}:", *many])


def more_dates(now: datetime, show: Performance, count: int) -> None:
    """More evenings of the same production, at the same prices."""
    version = show.price_grid_version
    assert version is not None
    for day in range(count):
        date = building.a_performance(
            now, show.production, show.hall, starts_at=now + timedelta(days=20 + day), plan_version=show.plan_version
        )
        inventory.create_places(performance_id=date.pk, now=now)
        prices.attach_price_grid(performances=[date], version=version, now=now)
        programme.put_on_sale(performance_id=date.pk, now=now)


def more_titles(now: datetime, show: Performance, count: int) -> None:
    """More productions of the house, one evening each."""
    plan = SeatingPlanVersion.objects.get(pk=show.plan_version_id)
    for number in range(count):
        production = building.a_production(now, show.house, f"titel-{number}")
        date = building.a_performance(
            now, production, show.hall, starts_at=now + timedelta(days=12 + number), plan_version=plan
        )
        inventory.create_places(performance_id=date.pk, now=now)
        version = show.price_grid_version
        assert version is not None
        prices.attach_price_grid(performances=[date], version=version, now=now)
        programme.put_on_sale(performance_id=date.pk, now=now)


@pytest.fixture
def small(now: datetime, db: None) -> Buyer:
    """One evening with four places."""
    show = paying.sold_online(now, rows=1, seats=4)
    show.refresh_from_db()
    return Buyer(show)


@pytest.mark.parametrize("path", ["", "agenda/", "agenda/?q=meeuw", "agenda/?month=2027-01"])
def test_the_pages_of_a_house(small: Buyer, now: datetime, path: str) -> None:
    def look() -> HttpResponse:
        return small.client.get(small.shop + path)

    assert_constant(look, lambda: more_titles(now, small.performance, 29))


def test_the_page_of_the_cluster(small: Buyer, now: datetime) -> None:
    def look() -> HttpResponse:
        return small.client.get("/en/")

    def grow() -> None:
        more_titles(now, small.performance, 29)
        for number in range(9):
            building.on_sale(now, building.a_house(now, f"huis-{number}"), rows=1, seats=2)

    assert_constant(look, grow)


def test_the_page_of_a_production_with_thirty_dates(small: Buyer, now: datetime) -> None:
    assert_constant(small.get, lambda: more_dates(now, small.performance, 29))


@pytest.mark.parametrize("path", ["basket/", "checkout/"])
def test_the_basket_and_the_checkout_with_twenty_places(now: datetime, db: None, path: str) -> None:
    show = paying.sold_online(now, building.a_house(now, max_places_per_order=30), rows=0, standing=40)
    fan = Buyer(show)
    fan.post(f"{fan.page}standing/", **{"n-full": "1"})

    def look() -> HttpResponse:
        return fan.get(fan.shop + path)

    assert_constant(look, lambda: fan.post(f"{fan.page}standing/", **{"n-full": "19"}))


def test_the_basket_with_ten_performances(small: Buyer, now: datetime) -> None:
    small.click("0")
    more_dates(now, small.performance, 9)

    def look() -> HttpResponse:
        return small.get(f"{small.shop}basket/")

    def grow() -> None:
        for show in Performance.objects.exclude(pk=small.performance.pk):
            other = Buyer(show, small.client)
            assert other.click("0").status_code == 200

    assert_constant(look, grow)


@pytest.mark.parametrize("path", ["", "cancel/"])
def test_the_page_of_an_order_with_twenty_tickets(now: datetime, db: None, path: str) -> None:
    house = building.a_house(now, cancel_until_hours=1, max_places_per_order=30)
    show = building.on_sale(now, house, rows=0, standing=40)
    paying.a_payment_account(house)

    def bought(count: int) -> Order:
        order = selling.placed(selling.stood(show, now, full=count).basket_id, now)
        selling.pay(order, now)
        order.refresh_from_db()
        return order

    orders = [bought(1), bought(20)]
    counts = [
        len(statements(lambda order=order: Client().get(f"/en/{house.slug}/order/{link_token(order)}/{path}")))
        for order in orders
    ]
    assert (counts[0] == counts[1], Ticket.objects.count()) == (True, 21), counts


def test_the_orders_of_an_account(now: datetime, db: None) -> None:
    show = paying.sold_online(now, rows=0, standing=40)
    user = User.objects.create_user("noor", "noor@example.org", "een-lang-wachtwoord")
    customer = customers.register(user=user, language="nl", now=now)
    customers.prove_email(customer_id=customer.id, now=now)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def buy(count: int) -> None:
        for _order in range(count):
            order = selling.placed(selling.stood(show, now, full=1).basket_id, now, customer_id=customer.id)
            selling.pay(order, now)

    buy(1)
    assert_constant(lambda: client.get("/en/account/"), lambda: buy(29))
    assert Customer.objects.get().orders.count() == 30


def test_a_basket_with_many_codes(small: Buyer, now: datetime) -> None:
    small.click("0")
    house = House.objects.get()

    def typed(count: int) -> None:
        for _card in range(count):
            card = gift_cards.issue(house_id=house.pk, value=selling.Decimal("1.00"), now=now)
            small.post(f"{small.shop}basket/code/", code=card.code)

    typed(1)
    assert_constant(lambda: small.get(f"{small.shop}basket/"), lambda: typed(9))
