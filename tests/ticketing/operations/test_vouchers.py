"""Codes: what they open or take off, for how many places, once, and gift cards that pay to the cent."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db.models import Sum

from tests.ticketing.building import a_house, on_sale, text
from tests.ticketing.paying import sold_online
from tests.ticketing.racing import race
from tests.ticketing.selling import a_code, a_tariff, costs, held, pay, placed, routed, two_houses, with_service_vat
from ticketing.models import (
    Basket,
    BasketLine,
    Cluster,
    GiftCard,
    GiftCardEntry,
    House,
    LedgerEntry,
    Order,
    OrderLine,
    Payment,
    PaymentSplit,
    Performance,
    Place,
    Refund,
)
from ticketing.operations import abandonments, baskets, cancellations, gift_cards, prices
from ticketing.operations.baskets import CodeAlreadyUsed, CodeNotKnown
from ticketing.operations.orders import TotalChanged
from ticketing.operations.payment_legs import HousesPayApart
from ticketing.operations.tariffs import CodeUsedUp
from ticketing.queries.pricing import PriceNotOffered
from ticketing.queries.vouchers import voucher_uses

pytestmark = pytest.mark.django_db


def prices_of(basket_id: UUID) -> list[Decimal]:
    return list(BasketLine.objects.filter(basket_id=basket_id).order_by("id").values_list("gross", flat=True))


def type_code(basket_id: UUID, code: str, now: datetime) -> baskets.CodeAccepted:
    return baskets.add_code(basket_id=basket_id, code=code, now=now)


# Price vouchers


def test_a_code_of_a_house_of_which_nothing_is_chosen_is_not_known(now: datetime) -> None:
    here, there = two_houses(now)
    a_code(now, there.house, "DAAR")
    basket_id = held(here, now, "0").basket_id
    with pytest.raises(CodeNotKnown):
        type_code(basket_id, "DAAR", now)
    held(there, now, "0", basket_id=basket_id)
    assert not type_code(basket_id, "DAAR", now).is_gift_card


def test_a_percentage_is_taken_off_the_price_of_the_place_and_not_off_its_fee(now: datetime, show: Performance) -> None:
    with_service_vat()
    prices.create_fee(house=show.house, name=text("Kosten"), amount=Decimal("1.50"), activity_class="service")
    a_code(now, show.house, "MIN10")
    basket_id = held(show, now, "0").basket_id
    assert prices_of(basket_id) == [Decimal("25.50")]
    type_code(basket_id, " min-10 ", now)
    assert prices_of(basket_id) == [Decimal("23.10")]
    parts = {part["kind"]: part["gross"] for part in BasketLine.objects.get().components}
    assert parts == {"ticket": "24.00", "discount": "-2.40", "fee": "1.50"}


@pytest.mark.parametrize("code", [{"value": Decimal(100)}, {"effect": "amount", "value": Decimal("30.00")}])
def test_what_is_free_costs_nothing_at_all_and_needs_no_payment(
    now: datetime, show: Performance, code: dict[str, object]
) -> None:
    with_service_vat()
    prices.create_fee(house=show.house, name=text("Kosten"), amount=Decimal("1.50"), activity_class="service")
    a_code(now, show.house, "GRATIS", **code)
    basket_id = held(show, now, "0", "1").basket_id
    type_code(basket_id, "GRATIS", now)
    order = placed(basket_id, now, shown_total=Decimal(0), shown_due=Decimal(0))
    pay(order, now)
    order.refresh_from_db()
    assert (order.state, order.total, Payment.objects.count()) == (Order.State.PAID, Decimal("0.00"), 0)
    assert Place.objects.filter(state="sold").count() == 2


def test_a_code_opens_a_tariff_for_as_many_places_as_it_says(now: datetime, show: Performance) -> None:
    kind = a_tariff(now, show, "guest", "G", "0.00", conditions={"code": {}})
    a_code(now, show.house, "GAST", effect="price_type", price_type=kind, value=0, max_per_order=2)
    first = held(show, now, "0", "1", "2")
    with pytest.raises(PriceNotOffered):
        baskets.change_price_type(basket_id=first.basket_id, line_id=first.lines[0].id, price_type="guest", now=now)
    type_code(first.basket_id, "gast", now)
    assert prices_of(first.basket_id) == [Decimal("0.00"), Decimal("0.00"), Decimal("24.00")]
    with pytest.raises(PriceNotOffered):
        baskets.change_price_type(basket_id=first.basket_id, line_id=first.lines[2].id, price_type="guest", now=now)
    baskets.remove_code(basket_id=first.basket_id, code="gast", now=now)
    assert prices_of(first.basket_id) == [Decimal("24.00")] * 3


def test_a_discount_goes_to_as_many_places_as_it_says_whenever_they_were_chosen(
    now: datetime, show: Performance
) -> None:
    a_code(now, show.house, "TWEE", value=Decimal(50), max_per_order=2)
    basket_id = held(show, now, "0").basket_id
    type_code(basket_id, "TWEE", now)
    held(show, now, "1", "2", basket_id=basket_id)
    assert sorted(prices_of(basket_id)) == [Decimal("12.00"), Decimal("12.00"), Decimal("24.00")]


def test_a_place_has_one_code_at_most(now: datetime, show: Performance) -> None:
    kind = a_tariff(now, show, "guest", "G", "10.00", conditions={"code": {}})
    a_code(now, show.house, "HALF", value=Decimal(50))
    a_code(now, show.house, "GAST", effect="price_type", price_type=kind, value=0)
    basket_id = held(show, now, "0").basket_id
    type_code(basket_id, "GAST", now)
    type_code(basket_id, "HALF", now)
    assert prices_of(basket_id) == [Decimal("10.00")]


def test_a_code_is_taken_once_and_only_when_it_holds(now: datetime, show: Performance) -> None:
    a_code(now, show.house, "NU")
    a_code(now, show.house, "LATER", valid_from=now + timedelta(days=1))
    a_code(now, show.house, "VROEGER", valid_from=now - timedelta(days=9), valid_until=now)
    basket_id = held(show, now, "0").basket_id
    type_code(basket_id, "NU", now)
    with pytest.raises(CodeAlreadyUsed):
        type_code(basket_id, "nu", now)
    for code in ("LATER", "VROEGER", "", "' OR 1=1 --", "\x00", "X" * 400):
        with pytest.raises(CodeNotKnown):
            type_code(basket_id, code, now)
    assert Basket.objects.get().codes == ["NU"]


def test_the_same_code_of_another_house_does_not_lower_this_ones_prices(now: datetime) -> None:
    summer, winter = two_houses(now)
    a_code(now, summer.house, "MIN10")
    a_code(now, winter.house, "MIN10", value=Decimal(90), valid_from=now - timedelta(days=2), valid_until=now)
    basket_id = held(summer, now, "0").basket_id
    held(winter, now, "0", basket_id=basket_id)
    type_code(basket_id, "MIN10", now)
    assert prices_of(basket_id) == [Decimal("21.60"), Decimal("24.00")]


def test_a_code_for_one_production_finds_its_places_behind_others(now: datetime, show: Performance) -> None:
    other = on_sale(now, show.house)
    kind = a_tariff(now, other, "guest", "G", "0.00", conditions={"code": {}})
    a_code(
        now, show.house, "GAST", effect="price_type", price_type=kind, value=0, max_per_order=1,
        production=other.production,
    )  # fmt: skip
    basket_id = held(show, now, "0", "1").basket_id
    held(other, now, "0", basket_id=basket_id)
    type_code(basket_id, "GAST", now)
    assert prices_of(basket_id) == [Decimal("24.00"), Decimal("24.00"), Decimal("0.00")]


def test_only_what_is_left_of_a_code_is_given(now: datetime, show: Performance) -> None:
    a_code(now, show.house, "DRIE", value=Decimal(50), max_uses=3)
    for places in (["0", "1"], ["2", "3"]):
        basket_id = held(show, now, *places).basket_id
        type_code(basket_id, "DRIE", now)
        pay(placed(basket_id, now), now)
    totals = list(Order.objects.order_by("placed_at", "id").values_list("total", flat=True))
    assert totals == [Decimal("24.00"), Decimal("36.00")]
    late = held(show, now, "8").basket_id
    with pytest.raises(CodeNotKnown):
        type_code(late, "DRIE", now)


def test_a_use_comes_back_with_a_cancelled_ticket_and_with_an_order_nobody_paid(now: datetime) -> None:
    show = sold_online(now, a_house(now, cancel_until_hours=1))
    a_code(now, show.house, "EEN", max_uses=1)
    basket_id = held(show, now, "0", "1").basket_id
    type_code(basket_id, "EEN", now)
    order = placed(basket_id, now)
    assert order.total == Decimal("45.60")
    abandonments.abandon(order_id=order.id, reason="expired", keep_places=True, now=now)
    order = placed(basket_id, now)
    pay(order, now)
    ticket = OrderLine.objects.get(order=order, price_voucher__isnull=False).tickets.get()
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now)
    assert type_code(held(show, now, "8").basket_id, "EEN", now).is_gift_card is False


@pytest.mark.parametrize(
    ("uses", "states"), [(1, ["abandoned", "awaiting_payment"]), (2, ["paid", "awaiting_payment"])]
)
def test_money_that_comes_late_takes_the_use_of_its_code_again_or_goes_back(
    now: datetime, show: Performance, uses: int, states: list[str]
) -> None:
    voucher = a_code(now, show.house, "LAATSTE", max_uses=uses)
    found = []
    for place in ("0", "2"):
        basket_id = held(show, now, place).basket_id
        type_code(basket_id, "laatste", now)
        found.append(placed(basket_id, now))
        if place == "0":
            abandonments.abandon(order_id=found[0].id, reason="expired", now=now)
    pay(found[0], now)
    assert list(Order.objects.order_by("id").values_list("state", flat=True)) == states
    assert voucher_uses(voucher) == uses
    assert Refund.objects.count() == (1 if uses == 1 else 0)


@pytest.mark.django_db(transaction=True)
def test_the_last_use_of_a_code_goes_to_one_order(now: datetime) -> None:
    show = sold_online(now)
    a_code(now, show.house, "LAATSTE", max_uses=2)
    found = [held(show, now, code).basket_id for code in ("0", "2", "4", "6", "8", "A", "C", "E")]
    for basket_id in found:
        type_code(basket_id, "LAATSTE", now)
    Performance.objects.update(refuse_orphans=False)
    House.objects.update(programme_version=1000)

    def press(number: int) -> str:
        try:
            placed(found[number], now)
        except CodeUsedUp:
            return "used up"
        return "placed"

    assert race(press, contenders=8, threads=4) == {"placed": 2, "used up": 6}
    assert OrderLine.objects.filter(price_voucher__isnull=False).count() == 2


# Gift cards


def a_card(house: House, value: str, now: datetime) -> GiftCard:
    return gift_cards.issue(house_id=house.pk, value=Decimal(value), now=now)


def left_on(card: GiftCard) -> Decimal:
    return GiftCardEntry.objects.filter(card=card).aggregate(total=Sum("amount"))["total"]


def test_a_card_pays_what_it_can_and_the_provider_is_asked_for_the_rest(now: datetime, show: Performance) -> None:
    card = a_card(show.house, "30.00", now)
    basket_id = held(show, now, "0", "1").basket_id
    assert type_code(basket_id, card.code.lower(), now) == baskets.CodeAccepted(True, Decimal("30.00"))
    order = placed(basket_id, now, shown_due=Decimal("18.00"))
    assert [(leg.means, leg.amount) for leg in order.payments.order_by("means")] == [
        ("gift_card", Decimal("30.00")),
        ("provider", Decimal("18.00")),
    ]
    pay(order, now)
    assert (left_on(card), LedgerEntry.objects.aggregate(total=Sum("amount"))["total"]) == (0, 0)


def test_cards_pay_in_the_order_they_were_typed(now: datetime, show: Performance) -> None:
    older, newer = (a_card(show.house, "20.00", now) for _card in range(2))
    basket_id = held(show, now, "0").basket_id
    for card in (newer, older):
        type_code(basket_id, card.code, now)
    placed(basket_id, now)
    assert (left_on(newer), left_on(older)) == (Decimal("0.00"), Decimal("16.00"))


def test_an_order_that_is_not_paid_gives_the_card_its_money_back(now: datetime, show: Performance) -> None:
    card = a_card(show.house, "30.00", now)
    basket_id = held(show, now, "0", "1").basket_id
    type_code(basket_id, card.code, now)
    order = placed(basket_id, now)
    assert left_on(card) == 0
    abandonments.abandon(order_id=order.id, reason="expired", now=now)
    assert left_on(card) == Decimal("30.00")


@pytest.mark.parametrize("spoil", ["expires_on", "blocked_at"])
def test_a_card_that_ended_meanwhile_is_said_before_anybody_pays_more(
    now: datetime, show: Performance, spoil: str
) -> None:
    card = a_card(show.house, "30.00", now)
    basket_id = held(show, now, "0", "1").basket_id
    type_code(basket_id, card.code, now)
    GiftCard.objects.update(**{spoil: now - timedelta(days=1)})
    with pytest.raises(TotalChanged) as refused:
        placed(basket_id, now, shown_total=Decimal("48.00"), shown_due=Decimal("18.00"))
    assert refused.value.details == {"shown": Decimal("18.00"), "total": Decimal("48.00")}
    assert (Order.objects.count(), left_on(card)) == (0, Decimal("30.00"))
    with pytest.raises(CodeNotKnown):
        type_code(held(show, now, "5").basket_id, card.code, now)


def test_a_card_pays_within_the_cluster_of_its_house_and_nowhere_else(now: datetime) -> None:
    summer, winter = two_houses(now)
    stranger = on_sale(now, a_house(now, "elders"))
    for house, is_taken in ((summer.house, True), (stranger.house, False)):
        card = a_card(house, "30.00", now)
        basket_id = held(winter, now, "0" if is_taken else "5").basket_id
        if is_taken:
            assert type_code(basket_id, card.code, now).is_gift_card
        else:
            with pytest.raises(CodeNotKnown):
                type_code(basket_id, card.code, now)


def test_houses_without_a_cluster_do_not_take_each_others_cards(now: datetime) -> None:
    summer, winter = two_houses(now, in_cluster=False)
    assert not Cluster.objects.exists()
    with pytest.raises(CodeNotKnown):
        type_code(held(winter, now, "0").basket_id, a_card(summer.house, "30.00", now).code, now)


@pytest.mark.django_db(transaction=True)
def test_a_card_is_spent_once_however_many_press_at_the_same_moment(now: datetime) -> None:
    show = sold_online(now)
    Performance.objects.update(refuse_orphans=False)
    House.objects.update(programme_version=1000)
    card = a_card(show.house, "60.00", now)
    found = [held(show, now, code).basket_id for code in ("0", "2", "4", "6", "8", "A")]
    for basket_id in found:
        type_code(basket_id, card.code, now)

    def press(number: int) -> str:
        try:
            placed(found[number], now, shown_due=Decimal("0.00"))
        except TotalChanged:
            return "less left"
        return "paid by card"

    assert race(press, contenders=6, threads=3) == {"paid by card": 2, "less left": 4}
    assert left_on(card) == Decimal("12.00")


def test_what_a_card_paid_is_not_sent_to_another_house_by_the_provider(now: datetime) -> None:
    summer, winter = two_houses(now)
    routed(summer, winter)
    card = a_card(summer.house, "12.00", now)
    basket_id = held(summer, now, "0").basket_id
    held(winter, now, "0", basket_id=basket_id)
    type_code(basket_id, card.code, now)
    placed(basket_id, now)
    leg = Payment.objects.get(means="provider")
    shares = list(PaymentSplit.objects.order_by("house_id").values_list("amount", flat=True))
    assert (leg.amount, shares) == (Decimal("36.00"), [Decimal("18.00"), Decimal("18.00")])


def test_houses_that_cannot_be_paid_together_say_so_and_nothing_is_placed(now: datetime) -> None:
    summer, winter = two_houses(now)
    basket_id = held(summer, now, "0").basket_id
    held(winter, now, "0", basket_id=basket_id)
    with pytest.raises(HousesPayApart) as refused:
        placed(basket_id, now)
    assert winter.house.name in str(refused.value)
    assert (Order.objects.count(), Place.objects.filter(state="held").count()) == (0, 2)


def test_a_house_that_is_owed_nothing_needs_no_way_to_be_paid(now: datetime) -> None:
    """Its places cost nothing; a provider refuses to send nothing."""
    summer, winter = two_houses(now)
    costs(now, winter, "0.00")
    basket_id = held(summer, now, "0").basket_id
    held(winter, now, "0", basket_id=basket_id)
    order = placed(basket_id, now)
    assert (order.total, order.lines.count(), PaymentSplit.objects.count()) == (Decimal("24.00"), 2, 0)


def test_a_share_too_small_to_be_sent_stays_owed_between_the_houses(now: datetime) -> None:
    """A card leaves one cent to pay, of two houses that each have half of it."""
    summer, winter = two_houses(now)
    routed(summer, winter)
    card = a_card(summer.house, "47.99", now)
    basket_id = held(summer, now, "0").basket_id
    held(winter, now, "0", basket_id=basket_id)
    type_code(basket_id, card.code, now)
    pay(placed(basket_id, now), now)
    assert Payment.objects.get(means="provider").amount == Decimal("0.01")
    assert PaymentSplit.objects.count() == 0
    owed = LedgerEntry.objects.filter(account="between_houses").values_list("house__slug")
    assert dict(owed.annotate(total=Sum("amount"))) == {"zomerhof": Decimal("-24.00"), "winterhof": Decimal("24.00")}


@pytest.mark.parametrize("amount", ["4.99", "500.01", "-5", "0", "NaN", "Infinity", "20.001"])
def test_a_gift_card_of_an_absurd_amount_is_not_sold(now: datetime, show: Performance, amount: str) -> None:
    with pytest.raises(baskets.GiftCardAmount):
        baskets.add_gift_card(house=show.house.slug, amount=Decimal(amount), basket_id=None, language="nl", now=now)
    assert not Basket.objects.exists()


def test_a_bought_card_has_its_value_when_it_is_paid_and_not_before(now: datetime, show: Performance) -> None:
    basket_id = baskets.add_gift_card(
        house=show.house.slug, amount=Decimal("25.00"), basket_id=None, language="nl", now=now
    )
    order = placed(basket_id, now)
    assert not GiftCard.objects.exists()
    pay(order, now)
    assert left_on(GiftCard.objects.get()) == Decimal("25.00")


def test_no_more_cards_than_a_basket_may_have(now: datetime, show: Performance) -> None:
    basket_id = None
    for _card in range(baskets.MOST_GIFT_CARDS):
        basket_id = baskets.add_gift_card(
            house=show.house.slug, amount=Decimal(500), basket_id=basket_id, language="nl", now=now
        )
    with pytest.raises(baskets.TooManyGiftCards):
        baskets.add_gift_card(house=show.house.slug, amount=Decimal(500), basket_id=basket_id, language="nl", now=now)


def test_a_code_never_makes_a_held_place_dearer(now: datetime, show: Performance) -> None:
    a_code(now, show.house, "MIN10")
    basket_id = held(show, now, "0").basket_id
    costs(now, show, "30.00")
    type_code(basket_id, "MIN10", now)
    assert prices_of(basket_id) == [Decimal("24.00")]
    held(show, now, "1", basket_id=basket_id)
    assert prices_of(basket_id) == [Decimal("24.00"), Decimal("27.00")]
