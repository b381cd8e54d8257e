"""Whoever signs in with a basket has the prices they have a right to, at once and only while signed in."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User

from payments.mollie.fake import FakeMollie
from tests.ticketing import selling
from tests.webshop.conftest import Buyer
from ticketing.models import Basket, Customer, EntitlementUse, Order
from ticketing.order_links import link_token

PASSWORD = "een-lang-wachtwoord"


@pytest.fixture
def member(buyer: Buyer, now: datetime) -> Customer:
    """Has an account, and a card for one place at five euro."""
    kind = selling.a_tariff(now, buyer.performance, "cubo", "C", "5.00", conditions={"label": {"code": "cubo"}})
    user = User.objects.create_user("noor", "noor@example.org", PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    customer = selling.a_customer(now)
    selling.a_membership(now, customer, kind)
    return customer


def sign_in(buyer: Buyer) -> None:
    answer = buyer.post("/en/account/login/", login="noor@example.org", password=PASSWORD)
    assert answer.status_code == 302


@pytest.mark.scope("PR3-13")
def test_a_member_sees_and_pays_the_members_price_after_signing_in(
    buyer: Buyer, member: Customer, mollie: FakeMollie
) -> None:
    buyer.click("0")
    assert 'value="cubo"' not in buyer.get(f"{buyer.shop}basket/").content.decode()
    sign_in(buyer)
    assert Basket.objects.get().customer == member
    assert 'value="cubo"' in buyer.get(f"{buyer.shop}basket/").content.decode()
    line = f"{buyer.shop}basket/lines/{buyer.performance.code}-0/tariff/"
    assert buyer.post(line, **{"price_type": "cubo", "price-cubo": "5.00"}).status_code == 303
    buyer.pay(mollie)
    order = Order.objects.get()
    assert (order.total, order.customer, EntitlementUse.objects.count()) == (Decimal("5.00"), member, 1)


def test_signing_in_leaves_no_message_for_a_later_page(buyer: Buyer, member: Customer) -> None:
    sign_in(buyer)
    assert "noor@example.org" in buyer.get("/en/account/").content.decode()
    assert "signed in as" not in buyer.get("/en/account/email/").content.decode()


def test_after_signing_out_the_basket_costs_what_anybody_pays(buyer: Buyer, member: Customer) -> None:
    buyer.click("0")
    sign_in(buyer)
    buyer.post(f"{buyer.shop}basket/lines/{buyer.performance.code}-0/tariff/", price_type="cubo")
    buyer.post("/en/account/logout/")
    assert (Basket.objects.get().customer, Basket.objects.get().lines.get().gross) == (None, Decimal("24.00"))


def test_a_place_chosen_while_signed_in_is_the_members(buyer: Buyer, member: Customer) -> None:
    buyer.click("0")
    sign_in(buyer)
    buyer.client.cookies.pop("basket")
    buyer.click("4")
    assert Basket.objects.filter(customer=member).count() == 2


def test_operators_are_no_customers(buyer: Buyer) -> None:
    User.objects.create_user("staf", "staf@example.org", PASSWORD, is_staff=True)
    buyer.click("0")
    buyer.client.login(username="staf", password=PASSWORD)
    assert not Customer.objects.exists()


@pytest.mark.scope("PR5-09")
def test_a_basket_says_why_a_price_is_ones_own_and_what_would_lower_it(buyer: Buyer, member: Customer) -> None:
    hint, reason = "A lower price is possible with: Cubo (en).", "With your membership."
    buyer.click("0")
    asked = buyer.get(f"{buyer.shop}basket/").content.decode()
    assert (hint in asked, reason in asked) == (True, False)
    sign_in(buyer)
    line = f"{buyer.shop}basket/lines/{buyer.performance.code}-0/tariff/"
    buyer.post(line, price_type="cubo")
    told = buyer.get(f"{buyer.shop}basket/").content.decode()
    assert (hint in told, reason in told) == (False, True)


@pytest.mark.scope("PR5-09")
def test_a_code_is_the_reason_and_what_a_code_opens_is_told_to_nobody(buyer: Buyer, now: datetime) -> None:
    guests = selling.a_tariff(now, buyer.performance, "guests", "G", "1.00", conditions={"code": {}})
    house = buyer.performance.house
    selling.a_code(now, house, "GAST", effect="price_type", price_type=guests)
    buyer.click("0")
    asked = buyer.get(f"{buyer.shop}basket/").content.decode()
    assert ("Guests" in asked, "With your code." in asked) == (False, False)
    buyer.post(f"{buyer.shop}basket/code/", code="gast")
    told = buyer.get(f"{buyer.shop}basket/").content.decode()
    assert ("Guests" in told, "With your code." in told) == (True, True)


def test_after_signing_out_the_next_at_the_computer_does_not_find_the_order(
    buyer: Buyer, member: Customer, mollie: FakeMollie
) -> None:
    buyer.click("0")
    sign_in(buyer)
    assert buyer.check_out().status_code == 303
    at = f"{buyer.shop}checkout/"
    assert "/order/" in buyer.get(at)["Location"]
    buyer.post("/en/account/logout/")
    assert buyer.get(at)["Location"] == f"{buyer.shop}basket/"


def test_who_signs_in_with_an_address_of_another_customer_is_let_in_at_what_anybody_pays(
    buyer: Buyer, member: Customer
) -> None:
    other = User.objects.create_user("vorige", "vorige@example.org")
    Customer.objects.update(user=other)
    buyer.click("0")
    sign_in(buyer)
    assert Basket.objects.get().customer is None
    assert buyer.get("/en/account/").status_code == 409


def test_after_signing_out_the_basket_does_not_say_whose_it_was(
    buyer: Buyer, member: Customer, mollie: FakeMollie
) -> None:
    buyer.click("0")
    sign_in(buyer)
    assert buyer.check_out(last_name="Peeters-Claes").status_code == 303
    buyer.post(f"{buyer.shop}order/{link_token(Order.objects.get())}/reopen/")
    assert "Peeters-Claes" in buyer.get(f"{buyer.shop}checkout/").content.decode()
    buyer.post("/en/account/logout/")
    answer = buyer.get(f"{buyer.shop}checkout/")
    assert (answer.status_code, "Peeters-Claes" in answer.content.decode()) == (200, False)
