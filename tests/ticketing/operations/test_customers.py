"""Accounts: one per address, orders only for who proved the address, consents that are never rewritten."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from tests.ticketing.building import on_sale
from tests.ticketing.paying import paid_order
from tests.ticketing.selling import a_customer, held, placed
from ticketing.models import ConsentEntry, Customer, HouseRelation, Order
from ticketing.operations.contacts import Contact
from ticketing.operations.customers import AddressInUse, answer_consent, change_details, prove_email, register

pytestmark = pytest.mark.django_db


def a_user(email: str) -> User:
    return User.objects.create_user(username=email, email=email)


def test_signing_in_makes_one_customer(now: datetime) -> None:
    user = a_user("noor@example.org")
    first = register(user=user, language="nl", now=now)
    assert register(user=user, language="fr", now=now) == first
    assert Customer.objects.count() == 1


def test_an_account_takes_over_what_a_house_knew_of_its_address(now: datetime) -> None:
    known = a_customer(now, "Noor@Example.org")
    assert register(user=a_user("noor@example.org"), language="nl", now=now) == known


def test_an_address_that_has_an_account_gets_no_second_one(now: datetime) -> None:
    register(user=a_user("noor@example.org"), language="nl", now=now)
    other = User.objects.create_user(username="other", email="NOOR@example.org")
    with pytest.raises(AddressInUse):
        register(user=other, language="nl", now=now)
    assert Customer.objects.count() == 1


def test_a_customer_follows_the_address_of_the_account_unless_it_is_somebodys(now: datetime) -> None:
    user = a_user("old@example.org")
    customer = register(user=user, language="nl", now=now)
    a_customer(now, "taken@example.org")
    user.email = "taken@example.org"
    assert register(user=user, language="nl", now=now).email == "old@example.org"
    user.email = "new@example.org"
    assert register(user=user, language="nl", now=now) == customer
    customer.refresh_from_db()
    assert (customer.email, customer.email_proved_at) == ("new@example.org", now)


@pytest.mark.scope("PR5-05")
def test_paid_guest_orders_are_theirs_once_the_address_is_proved(now: datetime) -> None:
    show = on_sale(now)
    mine = paid_order(show, now, "0", "1", contact=Contact("NOOR@example.org", "Noor", "Peeters"))
    theirs = paid_order(show, now, "4", "5")
    placed(held(show, now, "8", "9").basket_id, now)
    customer = register(user=a_user("noor@example.org"), language="nl", now=now)
    assert not Order.objects.exclude(customer=None).exists()
    assert prove_email(customer_id=customer.id, now=now) == 1
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.customer, theirs.customer) == (customer, None)
    assert HouseRelation.objects.get().house == show.house


def test_only_details_are_details(now: datetime) -> None:
    customer = a_customer(now)
    change_details(customer_id=customer.pk, now=now, city="Gent")
    for field in ("email", "user", "public_id"):
        values: dict[str, Any] = {field: None}
        with pytest.raises(TypeError):
            change_details(customer_id=customer.pk, now=now, **values)
    customer.refresh_from_db()
    assert (customer.city, customer.email) == ("Gent", "noor@example.org")


def test_consents_are_added_and_never_rewritten(now: datetime) -> None:
    show, customer = on_sale(now), a_customer(now)
    for granted in (True, False):
        answer_consent(
            customer_id=customer.pk, house_id=show.house_id, purpose="newsletter", granted=granted, text_version="v1",
            source="account", now=now,
        )  # fmt: skip
    assert list(ConsentEntry.objects.order_by("id").values_list("granted", flat=True)) == [True, False]
    with pytest.raises(DatabaseError), transaction.atomic():
        ConsentEntry.objects.update(granted=True)
