"""What tests of selling ask for in one line: tariffs, codes, clusters, and the steps of a buyer."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.ticketing import building, paying
from ticketing.models import (
    Cluster,
    Customer,
    Entitlement,
    House,
    Order,
    Payment,
    PaymentAccount,
    Performance,
    Place,
    PriceType,
    PriceVoucher,
)
from ticketing.operations import orders, payments, prices
from ticketing.operations.holds import Held, hold
from ticketing.operations.prices import Cell
from ticketing.operations.wishes import Wish
from ticketing.ports import ProviderPayment, ProviderState


def held(performance: Performance, now: datetime, *places: str, basket_id: UUID | None = None, **wish: Any) -> Held:
    asked = Wish(places=places, **wish)
    return hold(performance=performance.code, wish=asked, basket_id=basket_id, language="nl", now=now)


def stood(performance: Performance, now: datetime, basket_id: UUID | None = None, **counts: int) -> Held:
    """Standing places by tariff."""
    wish = Wish(standing=counts)
    return hold(performance=performance.code, wish=wish, basket_id=basket_id, language="nl", now=now)


def taken() -> list[str]:
    """The codes of the places nobody else can have, in their order."""
    return list(Place.objects.exclude(state="available").order_by("index").values_list("code", flat=True))


def placed(basket_id: UUID, now: datetime, **more: Any) -> Order:
    return orders.place_order(basket_id=basket_id, contact=paying.BUYER, now=now, **more).order


def pay(order: Order, now: datetime, *, copies: int = 1) -> None:
    """What is left is paid at the provider, who says so once, or more often."""
    leg = order.payments.filter(means=Payment.Means.PROVIDER).first()
    if leg is None:
        payments.settle(order_id=order.id, now=now)
        return
    leg.provider_id, leg.state = f"tr_{leg.id.hex}", Payment.State.OPEN
    leg.save()
    word = ProviderPayment(provider_id=leg.provider_id, state=ProviderState.PAID, amount=leg.amount)
    for _copy in range(copies):
        payments.apply_provider_state(provider="mollie", provider_id=leg.provider_id, state=word, now=now)


def a_tariff(now: datetime, performance: Performance, code: str, letter: str, price: str, **details: Any) -> PriceType:
    """One more price type, after the full one at 24 euro."""
    house = performance.house
    kind = prices.create_price_type(
        house=house, code=code, letter=letter, name=building.text(code.capitalize()), family="reduced", position=1,
        **details,
    )  # fmt: skip
    rank = building.a_rank(house)
    cells = [Cell(rank, building.a_price_type(house), Decimal("24.00")), Cell(rank, kind, Decimal(price))]
    set_prices(now, performance, *cells)
    return kind


def set_prices(now: datetime, performance: Performance, *cells: Cell) -> None:
    performance.refresh_from_db()
    grid = building.a_price_grid(now, performance.house, *cells)
    prices.attach_price_grid(performances=[performance], version=grid, now=now)


def costs(now: datetime, performance: Performance, price: str) -> None:
    """The full tariff costs this from now on."""
    house = performance.house
    set_prices(now, performance, Cell(building.a_rank(house), building.a_price_type(house), Decimal(price)))


def a_code(now: datetime, house: House, code: str, **details: Any) -> PriceVoucher:
    values: dict[str, Any] = {"name": code, "effect": "percent", "value": Decimal(10), "valid_from": now}
    return PriceVoucher.objects.create(house=house, code=code, **(values | details))


def a_customer(now: datetime, email: str = "noor@example.org") -> Customer:
    return Customer.objects.create(email=email, created_at=now, email_proved_at=now)


def a_membership(now: datetime, customer: Customer, price_type: PriceType, **details: Any) -> Entitlement:
    values: dict[str, Any] = {"source": "test", "slots": 1, "valid_from": now.date()}
    return Entitlement.objects.create(customer=customer, price_type=price_type, **(values | details))


def two_houses(now: datetime, *, in_cluster: bool = True, **plan: int) -> tuple[Performance, Performance]:
    cluster = Cluster.objects.create(slug="stad", name="Stad") if in_cluster else None
    shows = []
    for slug in ("zomerhof", "winterhof"):
        show = paying.sold_online(now, building.a_house(now, slug, cluster=cluster, cancel_until_hours=24), **plan)
        shows.append(show)
    return shows[0], shows[1]


def routed(*shows: Performance) -> None:
    """The provider pays each of these houses its own part."""
    routing = {show.house.slug: f"org_{number}" for number, show in enumerate(shows, 1)}
    PaymentAccount.objects.filter(house__in=[show.house for show in shows]).update(settings={"routing": routing})


def at_odd_prices(now: datetime, *shows: Performance) -> None:
    """24.35, and 9.99 for the young, with a fee of 1.15 at another rate; houses that are paid together."""
    with_service_vat()
    for show in shows:
        house = show.house
        rank, full = building.a_rank(house), building.a_price_type(house)
        youth = building.a_price_type(house, "youth", "J", family="reduced", position=1)
        set_prices(now, show, Cell(rank, full, Decimal("24.35")), Cell(rank, youth, Decimal("9.99")))
        prices.create_fee(house=house, name=building.text("Kosten"), amount=Decimal("1.15"), activity_class="service")
    routed(*shows)


def with_service_vat(rate: str = "21.00") -> None:
    building.a_vat_rule(activity_class="service", rate=rate)
