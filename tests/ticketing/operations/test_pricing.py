"""The price shown is the price paid is the price on the ticket, whatever is in the basket; and what grids may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ticketing import building
from tests.ticketing.paying import sold_online
from tests.ticketing.selling import (
    a_code,
    a_tariff,
    at_odd_prices,
    costs,
    held,
    pay,
    placed,
    set_prices,
    two_houses,
    with_service_vat,
)
from ticketing.models import House, Order, OrderLine, Payment, Performance, Place, PriceType
from ticketing.operations import baskets, gift_cards, prices, programme, reference
from ticketing.operations.barcodes import barcode_of
from ticketing.operations.holds import hold
from ticketing.operations.prices import Cell
from ticketing.operations.wishes import Wish
from ticketing.printing.words import ticket_sheets
from ticketing.queries.barcodes import signing_key
from ticketing.queries.baskets import find_basket
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.pricing import ANYBODY_ON_THE_WEB, Buyer, NoVatRule, VoucherTerms, offer_for, offers
from ticketing.queries.printing import valid_tickets
from ticketing.queries.programme import lowest_prices
from ticketing.queries.terms import SalesClosed
from ticketing.seating.compiled import place_code
from ticketing.webshop.basket_view import basket_view
from ticketing.webshop.production import rank_prices

pytestmark = pytest.mark.django_db

amounts = st.decimals(min_value=0, max_value=80, places=2)
generated = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Choice:
    """Seats at one house, standing places at the other, the tariffs of some, and what is typed."""

    seats: int
    standing: tuple[int, int]
    changed: tuple[bool, ...]
    code: bool
    card: Decimal | None


choices = st.builds(
    Choice,
    seats=st.integers(0, 4),
    standing=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    changed=st.tuples(*[st.booleans()] * 4),
    code=st.booleans(),
    card=st.none() | st.sampled_from([Decimal("5.00"), Decimal("33.33"), Decimal("500.00")]),
).filter(lambda choice: choice.seats + sum(choice.standing) > 0)


@pytest.fixture
def shows(now: datetime) -> tuple[Performance, Performance]:
    """Seats and a floor in two houses that are paid together: odd prices, a youth tariff, a fee, a code."""
    seated, floor = two_houses(now, rows=2, seats=10, standing=20)
    at_odd_prices(now, seated, floor)
    for show in (seated, floor):
        a_code(now, show.house, "MIN15", value=Decimal(15), max_per_order=3)
    Performance.objects.update(refuse_orphans=False)
    House.objects.update(programme_version=1000)
    barcode_of(performance=seated.code, serial="A" * 16, now=now)  # makes the key that signs
    return seated, floor


def money(written: str) -> Decimal:
    return Decimal(written.replace("€", "").replace("\xa0", "").replace(" ", "").replace(",", "."))


def on_first_card(show: Performance, tariffs: list[str], now: datetime) -> Decimal:
    """What the page of a performance says so many places cost."""
    terms = sale_terms(show.code)
    [rank] = terms.ranks
    by_tariff = {o.price_type.code: o.gross for o in offers(terms, rank_id=rank, buyer=ANYBODY_ON_THE_WEB, now=now)}
    assert rank_prices(terms, now=now) == {"rank-1": by_tariff["full"]}
    return sum((by_tariff[tariff] for tariff in tariffs), Decimal(0))


def fill(shows: tuple[Performance, Performance], choice: Choice, now: datetime) -> tuple[UUID, Decimal]:
    """A basket as a buyer fills it, and the sum of what the pages said."""
    seated, floor = shows
    basket_id, tariffs = None, ["youth" if youth else "full" for youth in choice.changed[: choice.seats]]
    if choice.seats:
        wish = Wish(
            places=tuple(place_code(index) for index in range(choice.seats)),
            prices=rank_prices(sale_terms(seated.code), now=now),
        )
        first = hold(performance=seated.code, wish=wish, basket_id=None, language="nl", now=now)
        basket_id = first.basket_id
        for line, tariff in zip(first.lines, tariffs, strict=True):
            baskets.change_price_type(basket_id=basket_id, line_id=line.id, price_type=tariff, now=now)
    full, youth = choice.standing
    if full + youth:
        wish = Wish(standing={"full": full, "youth": youth})
        basket_id = hold(performance=floor.code, wish=wish, basket_id=basket_id, language="nl", now=now).basket_id
    assert basket_id is not None
    shown = on_first_card(seated, tariffs, now) + on_first_card(floor, ["full"] * full + ["youth"] * youth, now)
    return basket_id, shown


@pytest.mark.scope("PR5-02")
def test_the_sum_on_the_first_page_is_the_sum_paid_is_the_sum_on_the_tickets(
    now: datetime, shows: tuple[Performance, Performance]
) -> None:
    key = signing_key()
    assert key is not None

    @settings(generated, max_examples=500)
    @given(choices)
    def same_everywhere(choice: Choice) -> None:
        with transaction.atomic():
            basket_id, shown = fill(shows, choice, now)
            if choice.code:
                baskets.add_code(basket_id=basket_id, code="MIN15", now=now)
            if choice.card:
                card = gift_cards.issue(house_id=shows[0].house_id, value=choice.card, now=now)
                baskets.add_code(basket_id=basket_id, code=card.code, now=now)
            view = basket_view(find_basket(basket_id), house_slug="zomerhof", now=now)
            order = placed(basket_id, now, shown_total=view.total, shown_due=view.to_pay)
            pay(order, now)
            legs = {leg.means: leg.amount for leg in order.payments.all()}
            sheets = ticket_sheets(valid_tickets(order_id=order.id), key=key, language="nl")
            on_paper = sum((money(sheet.price) for sheet in sheets), Decimal(0))
            assert sum(legs.values(), Decimal(0)) == order.total == view.total == on_paper
            assert legs.get(Payment.Means.PROVIDER, Decimal(0)) == view.to_pay
            assert order.total < shown if choice.code else order.total == shown
            for line in OrderLine.objects.filter(order=order):
                assert line.gross == sum(Decimal(part["gross"]) for part in line.components)
            transaction.set_rollback(True)

    same_everywhere()


def test_the_lowest_price_of_a_card_is_the_lowest_anybody_pays(now: datetime) -> None:
    """The card's price comes from one statement for many performances, the page's from the pricing function."""
    show = building.on_sale(now)
    with_service_vat()
    a_tariff(now, show, "youth", "J", "1.00")
    a_tariff(now, show, "member", "M", "1.00", conditions={"label": {"code": "friend"}})
    house, rank = show.house, building.a_rank(show.house)
    kinds = list(PriceType.objects.filter(house=house).order_by("id"))

    @settings(generated, max_examples=30)
    @given(grid=st.lists(amounts, min_size=3, max_size=3), fee=amounts, override=st.none() | amounts)
    def agree(grid: list[Decimal], fee: Decimal, override: Decimal | None) -> None:
        with transaction.atomic():
            set_prices(now, show, *[Cell(rank, kind, price) for kind, price in zip(kinds, grid, strict=True)])
            prices.create_fee(house=house, name=building.text("Kosten"), amount=fee, activity_class="service")
            if override is not None:
                prices.override_price(performance=show, rank=rank, price_type=kinds[0], price=override, now=now)
            terms = sale_terms(show.code)
            open_to_all = offers(terms, rank_id=rank.pk, buyer=ANYBODY_ON_THE_WEB, now=now)
            assert lowest_prices([show.pk], now=now) == {show.pk: min(offer.gross for offer in open_to_all)}
            transaction.set_rollback(True)
        House.objects.update(programme_version=House.objects.get().programme_version + 100)

    agree()


@generated
@given(base=amounts, percent=st.decimals(min_value="0.01", max_value=100, places=2), fee=amounts)
def test_a_discount_never_goes_below_nothing_nor_above_the_price(
    base: Decimal, percent: Decimal, fee: Decimal, now: datetime, offer_at: Callable[..., Decimal]
) -> None:
    full, lowered = offer_at(base, fee, None), offer_at(base, fee, percent)
    assert 0 <= lowered <= full
    assert full == base + (fee if base else 0)
    assert lowered == lowered.quantize(Decimal("0.01"))


@pytest.fixture
def offer_at(now: datetime) -> Callable[..., Decimal]:
    """What a place costs at a price, a fee and a percentage off; the terms are changed by hand, nothing is stored."""
    show = building.on_sale(now)
    with_service_vat()
    prices.create_fee(house=show.house, name=building.text("Kosten"), amount=Decimal(1), activity_class="service")
    terms = sale_terms(show.code)
    [(rank, kind)] = terms.prices

    def cost(base: Decimal, fee: Decimal, percent: Decimal | None) -> Decimal:
        sold = replace(terms, prices={(rank, kind): base}, fees=(replace(terms.fees[0], amount=fee),))
        codes = [VoucherTerms(1, "X", show.house_id, "percent", None, percent, None, 9)] if percent else []
        buyer = Buyer("web", vouchers=tuple(codes))
        return offer_for(sold, rank_id=rank, price_type_id=None, buyer=buyer, now=now).gross

    return cost


# What changes a price, and when


def test_a_price_for_one_channel_is_for_that_channel_only(now: datetime) -> None:
    show = building.on_sale(now)
    rank, kind = building.a_rank(show.house), building.a_price_type(show.house)
    prices.override_price(
        performance=show, rank=rank, price_type=kind, price=Decimal("20.00"), channel_kind="desk", now=now
    )
    terms = sale_terms(show.code)
    paid = {
        channel: [offer.gross for offer in offers(terms, rank_id=rank.pk, buyer=Buyer(channel), now=now)]
        for channel in ("web", "desk")
    }
    assert paid == {"web": [Decimal("24.00")], "desk": [Decimal("20.00")]}


def test_an_override_holds_from_its_first_minute_until_its_last(now: datetime) -> None:
    show = building.on_sale(now)
    rank, kind = building.a_rank(show.house), building.a_price_type(show.house)
    hour = timedelta(hours=1)
    prices.override_price(
        performance=show, rank=rank, price_type=kind, price=Decimal("10.00"), now=now, valid_from=now + hour,
        valid_until=now + 2 * hour,
    )  # fmt: skip
    terms = sale_terms(show.code)
    moments = [now, now + hour, now + 2 * hour - timedelta(seconds=1), now + 2 * hour]
    assert [rank_prices(terms, now=moment)["rank-1"] for moment in moments] == [
        Decimal("24.00"), Decimal("10.00"), Decimal("10.00"), Decimal("24.00"),
    ]  # fmt: skip


def test_the_day_of_the_night_where_it_is_played_decides_the_vat(now: datetime) -> None:
    """Half past midnight on 1 March in Ghent is still February in Greenwich."""
    show = building.on_sale(now)
    old = building.a_vat_rule()
    reference.end_vat_rule(rule_id=old.pk, valid_until=date(2027, 2, 28))
    new = reference.add_vat_rule(
        country="BE", activity_class="performing_arts", rate=Decimal("12.00"), valid_from=date(2027, 3, 1)
    )
    Performance.objects.update(starts_at=datetime.fromisoformat("2027-02-28T23:30:00+00:00"))
    House.objects.update(programme_version=1000)
    assert sale_terms(show.code).vat["performing_arts"].rule_id == new.pk


@pytest.mark.parametrize(("night", "rate"), [("2027-02-28", "6.00"), ("2027-03-01", "12.00"), ("2027-04-01", None)])
def test_a_vat_rule_counts_from_its_first_day_to_its_last(now: datetime, night: str, rate: str | None) -> None:
    show = building.on_sale(now)
    reference.end_vat_rule(rule_id=building.a_vat_rule().pk, valid_until=date(2027, 2, 28))
    reference.add_vat_rule(
        country="BE", activity_class="performing_arts", rate=Decimal("12.00"),
        valid_from=date(2027, 3, 1), valid_until=date(2027, 3, 31),
    )  # fmt: skip
    starts_at = datetime.fromisoformat(f"{night}T20:00:00+01:00")
    programme.move_performance(performance_id=show.pk, starts_at=starts_at, now=now)
    found = sale_terms(show.code).vat.get("performing_arts")
    assert (found and found.rate) == (rate and Decimal(rate))


def test_nothing_is_sold_without_a_vat_rule(now: datetime) -> None:
    show = building.on_sale(now)
    prices.create_fee(house=show.house, name=building.text("Kosten"), amount=Decimal(1), activity_class="unheard_of")
    with pytest.raises(NoVatRule):
        held(show, now, "0")
    assert not Place.objects.exclude(state="available").exists()


def test_an_archived_tariff_is_offered_to_nobody_and_kept_by_those_who_have_it(now: datetime) -> None:
    show = sold_online(now)
    youth = a_tariff(now, show, "youth", "J", "10.00")
    basket_id = held(show, now, "0", "1", price_type="youth").basket_id
    prices.archive_price_type(price_type_id=youth.pk)
    rank = building.a_rank(show.house)
    found = offers(sale_terms(show.code), rank_id=rank.pk, buyer=ANYBODY_ON_THE_WEB, now=now)
    assert [offer.price_type.code for offer in found] == ["full"]
    order = placed(basket_id, now)
    assert (order.total, {line.family for line in order.lines.all()}) == (Decimal("20.00"), {"reduced"})


def test_a_price_that_rises_after_the_pay_button_does_not_change_the_order(now: datetime) -> None:
    show = sold_online(now)
    order = placed(held(show, now, "0", "1").basket_id, now)
    costs(now, show, "99.00")
    pay(order, now)
    assert Order.objects.get().total == Decimal("48.00")


def test_sales_that_end_between_the_basket_and_the_pay_button_are_said(now: datetime) -> None:
    show = building.on_sale(now)
    basket_id = held(show, now, "0", "1").basket_id
    programme.cancel_performance(performance_id=show.pk, now=now)
    with pytest.raises(SalesClosed):
        placed(basket_id, now)
    assert not Order.objects.exists()
