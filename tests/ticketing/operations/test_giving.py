"""What staff give: codes, payment vouchers, labels and memberships, each refused when it could not work."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from tests.ticketing.building import a_house, a_price_type, on_sale
from tests.ticketing.paying import a_payment_account, sold_online
from tests.ticketing.selling import a_customer, a_tariff, held, pay, placed
from tests.ticketing.untouched import nothing_stored
from ticketing.models import Account, CustomerLabel, GiftCard, LedgerEntry, PriceCondition
from ticketing.operations import baskets, cancellations, customers, entitlements, gift_cards, prices, vouchers
from ticketing.operations.baskets import CodeNotKnown
from ticketing.operations.fields import FieldsRefused
from ticketing.operations.prices import ConditionRefused, OfOtherHouse
from ticketing.operations.vouchers import CardWasSold, CodeUnfit, ValueUnfit
from ticketing.queries.customers import entitled
from ticketing.queries.vouchers import valid_vouchers

pytestmark = pytest.mark.django_db


# Codes


def test_a_code_is_kept_as_it_is_looked_for(now: datetime) -> None:
    show = on_sale(now)
    vouchers.create_price_voucher(
        house=show.house, code="zomer-2027 ", name="Zomer", effect="percent", value=Decimal(25), now=now
    )
    basket_id = held(show, now, "0").basket_id
    baskets.add_code(basket_id=basket_id, code="ZOMER 2027", now=now)
    a_payment_account(show.house)
    held(show, now, "1", basket_id=basket_id)
    assert placed(basket_id, now).total == Decimal("36.00")


@pytest.mark.parametrize("code", ["", "abc", " - - ", "\x00\x00\x00\x00"])
def test_a_code_too_short_to_be_one_is_refused(now: datetime, code: str) -> None:
    house = a_house(now)
    with nothing_stored(), pytest.raises(CodeUnfit):
        vouchers.create_price_voucher(house=house, code=code, name="x", effect="percent", value=Decimal(10), now=now)


def test_two_codes_of_a_house_are_never_called_the_same_nor_as_a_gift_card(now: datetime) -> None:
    house = a_house(now)
    card = gift_cards.issue(house_id=house.pk, value=Decimal(10), now=now)
    give: dict[str, Any] = {"house": house, "name": "x", "effect": "percent", "value": Decimal(10), "now": now}
    vouchers.create_price_voucher(code="ZOMER", **give)
    for code in ("zomer", card.code):
        with nothing_stored(), pytest.raises(CodeUnfit):
            vouchers.create_price_voucher(code=code, **give)


@pytest.mark.parametrize("wrong", [
    {"effect": "percent", "value": Decimal(101)}, {"effect": "percent", "value": Decimal(0)},
    {"effect": "amount", "value": Decimal(-5)}, {"effect": "price_type"}, {"effect": "gratis"},
])  # fmt: skip
def test_a_code_that_would_do_nothing_is_refused(now: datetime, wrong: dict[str, Any]) -> None:
    house = a_house(now)
    with nothing_stored(), pytest.raises(FieldsRefused):
        vouchers.create_price_voucher(house=house, code="ZOMER", name="x", now=now, **wrong)


def test_a_code_opens_tariffs_of_its_own_house_only(now: datetime) -> None:
    house, tariff = a_house(now), a_price_type(a_house(now, "winterhof"))
    with nothing_stored(), pytest.raises(OfOtherHouse):
        vouchers.create_price_voucher(
            house=house, code="GAST", name="x", effect="price_type", price_type=tariff, now=now
        )


def test_a_code_that_is_ended_is_taken_no_more(now: datetime) -> None:
    show = on_sale(now)
    voucher = vouchers.create_price_voucher(
        house=show.house, code="ZOMER", name="x", effect="percent", value=Decimal(25), now=now
    )
    later = now + timedelta(minutes=1)
    assert vouchers.end_price_voucher(voucher_id=voucher.pk, now=later)
    assert not vouchers.end_price_voucher(voucher_id=voucher.pk, now=later)
    with pytest.raises(CodeNotKnown):
        baskets.add_code(basket_id=held(show, later, "0").basket_id, code="ZOMER", now=later)


# Payment vouchers


def test_a_payment_voucher_pays_and_the_books_say_who_gave_it(now: datetime) -> None:
    show = sold_online(now)
    card = vouchers.give_card(
        house=show.house, value=Decimal("48.00"), expires_on=now.date() + timedelta(days=30), now=now
    )
    basket_id = held(show, now, "0", "1").basket_id
    baskets.add_code(basket_id=basket_id, code=card.code, now=now)
    order = placed(basket_id, now, shown_due=Decimal("0.00"))
    pay(order, now)
    booked = dict(LedgerEntry.objects.values_list("account").annotate(total=Sum("amount")))
    assert (booked[Account.GIFT_CARDS], booked[Account.DISCOUNTS]) == (0, Decimal("48.00"))
    assert sum(booked.values()) == 0


@pytest.mark.parametrize(("value", "days"), [("0", 30), ("-1", 30), ("1.001", 30), ("NaN", 30), ("10.00", -1)])
def test_a_payment_voucher_of_nothing_is_refused(now: datetime, value: str, days: int) -> None:
    house = a_house(now)
    with nothing_stored(), pytest.raises(ValueUnfit):
        vouchers.give_card(house=house, value=Decimal(value), expires_on=now.date() + timedelta(days=days), now=now)


def test_a_lost_card_pays_for_nothing_until_it_is_found(now: datetime) -> None:
    show = on_sale(now)
    card = gift_cards.issue(house_id=show.house_id, value=Decimal(10), now=now)
    assert vouchers.block_card(card_id=card.pk, now=now)
    assert not vouchers.block_card(card_id=card.pk, now=now)
    basket_id = held(show, now, "0").basket_id
    with pytest.raises(CodeNotKnown):
        baskets.add_code(basket_id=basket_id, code=card.code, now=now)
    assert vouchers.unblock_card(card_id=card.pk)
    assert baskets.add_code(basket_id=basket_id, code=card.code, now=now).balance == Decimal(10)


def test_what_is_left_of_a_card_that_was_given_is_taken_back_and_booked(now: datetime) -> None:
    show = sold_online(now)
    card = vouchers.give_card(house=show.house, value=Decimal("30.00"), expires_on=now.date(), code="dank-u", now=now)
    basket_id = held(show, now, "0").basket_id
    baskets.add_code(basket_id=basket_id, code="DANKU", now=now)
    pay(placed(basket_id, now), now)
    assert vouchers.void_card(card_id=card.pk, now=now) == Decimal("6.00")
    assert vouchers.void_card(card_id=card.pk, now=now) == 0
    booked = dict(LedgerEntry.objects.values_list("account").annotate(total=Sum("amount")))
    assert (booked[Account.GIFT_CARDS], booked[Account.DISCOUNTS]) == (0, Decimal("24.00"))
    card.refresh_from_db()
    assert card.blocked_at == now


def test_a_card_somebody_paid_for_is_never_taken_back(now: datetime) -> None:
    house = a_house(now)
    a_payment_account(house)
    basket_id = baskets.add_gift_card(house=house.slug, amount=Decimal(25), basket_id=None, language="nl", now=now)
    pay(placed(basket_id, now), now)
    with nothing_stored(), pytest.raises(CardWasSold):
        vouchers.void_card(card_id=GiftCard.objects.get().pk, now=now)


def test_money_given_back_on_an_expired_card_can_be_spent(now: datetime) -> None:
    show = sold_online(now)
    card = vouchers.give_card(house=show.house, value=Decimal("24.00"), expires_on=now.date(), now=now)
    basket_id = held(show, now, "0").basket_id
    baskets.add_code(basket_id=basket_id, code=card.code, now=now)
    order = placed(basket_id, now)
    pay(order, now)
    later = now + timedelta(days=2)
    tickets = order.lines.values_list("tickets__id", flat=True)
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=list(tickets), now=later, by_staff=True)
    card.refresh_from_db()
    assert gift_cards.balance(card, now=later + timedelta(days=300)) == Decimal("24.00")


@pytest.mark.parametrize("code", ["abc", "x" * 17, "ZOMER"])
def test_a_card_is_not_called_like_a_code_nor_too_long(now: datetime, code: str) -> None:
    house = a_house(now)
    vouchers.create_price_voucher(house=house, code="zomer", name="x", effect="percent", value=Decimal(10), now=now)
    with nothing_stored(), pytest.raises(CodeUnfit):
        vouchers.give_card(house=house, value=Decimal(10), expires_on=now.date(), code=code, now=now)


def test_a_code_still_to_come_never_begins_once_it_is_ended(now: datetime) -> None:
    house = a_house(now)
    voucher = vouchers.create_price_voucher(
        house=house, code="ZOMER", name="x", effect="percent", value=Decimal(10), valid_from=now + timedelta(days=9),
        now=now,
    )  # fmt: skip
    assert vouchers.end_price_voucher(voucher_id=voucher.pk, now=now)
    assert not valid_vouchers(now + timedelta(days=10)).exists()


# Conditions of a tariff


@pytest.mark.parametrize(("kind", "value"), [
    ("minimum", {}), ("minimum", {"count": 0}), ("minimum", {"count": "2"}), ("maximum", {"count": 10**9}),
    ("maximum", {"count": True}), ("maximum", {"count": 2, "more": 1}), ("channel", {"kinds": "web"}),
    ("channel", {"kinds": ["telepathy"]}), ("channel", {"kinds": [["web"]]}), ("label", {"code": ""}),
    ("label", {"code": 7}), ("period", {"from": "yesterday"}), ("period", {"until": "2027-01-01T00:00:00"}),
    ("period", {"since": None}), ("code", {"x": 1}), ("proof", {"x": 1}), ("weather", {}), ("minimum", [1]),
])  # fmt: skip
def test_a_condition_that_no_sale_could_judge_is_refused(now: datetime, kind: str, value: Any) -> None:
    tariff = a_price_type(a_house(now))
    with nothing_stored(), pytest.raises(ConditionRefused):
        prices.set_conditions(price_type_id=tariff.pk, conditions={kind: value})


@pytest.mark.parametrize(("kind", "value"), [
    ("minimum", {"count": 10}), ("maximum", {"count": 2}), ("channel", {"kinds": ["web", "desk"]}),
    ("label", {"code": "abonnee"}), ("code", {}), ("proof", {}), ("period", {}),
    ("period", {"from": "2027-01-01T00:00:00+01:00", "until": "2027-02-01T00:00:00+01:00"}),
])  # fmt: skip
def test_a_condition_a_sale_can_judge_is_kept(now: datetime, kind: str, value: Any) -> None:
    tariff = a_price_type(a_house(now))
    prices.set_conditions(price_type_id=tariff.pk, conditions={kind: value})
    assert PriceCondition.objects.get().value == value


# Labels and memberships


@pytest.mark.scope("PR3-13")
def test_a_label_and_a_membership_hold_until_their_last_day(now: datetime) -> None:
    show = on_sale(now)
    kind = a_tariff(now, show, "cubo", "C", "5.00", conditions={"label": {"code": "cubo"}})
    customer = a_customer(now)
    label = customers.give_label(customer_id=customer.pk, house=show.house, code="cubo", source="desk", now=now)
    right = entitlements.grant(customer_id=customer.pk, price_type=kind, source="desk", slots=2, valid_from=now.date())
    tomorrow, night = now.date() + timedelta(days=1), show.starts_at.date()
    brought = entitled(customer.pk)
    assert brought.has_label(show.house_id, "cubo", day=night)
    assert brought.slots(kind.pk, day=night) == 2
    customers.end_label(label_id=label.pk, last_day=tomorrow)
    entitlements.end(entitlement_id=right.pk, last_day=tomorrow)
    brought = entitled(customer.pk)
    assert not brought.has_label(show.house_id, "cubo", day=night)
    assert (brought.slots(kind.pk, day=tomorrow), brought.slots(kind.pk, day=night)) == (2, 0)


def test_a_label_is_known_to_the_house_that_gave_it_only(now: datetime) -> None:
    house, other, customer = a_house(now), a_house(now, "winterhof"), a_customer(now)
    customers.give_label(customer_id=customer.pk, house=house, code="vriend", source="desk", now=now)
    assert entitled(customer.pk).has_label(house.pk, "vriend", day=now.date())
    assert not entitled(customer.pk).has_label(other.pk, "vriend", day=now.date())
    assert CustomerLabel.objects.get().relation.house == house
