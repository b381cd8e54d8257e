"""An account: signing up with proof of the address, then orders, own data, and an end."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from tests.ticketing import paying
from ticketing.models import Customer, Order, Performance

pytestmark = pytest.mark.scope("PR5-05")


@pytest.fixture
def guest_order(show: Performance, now: datetime) -> Order:
    return paying.paid_order(show, now, "3")


@pytest.fixture
def an(guest_order: Order) -> Client:
    """Signed in, with the address of the guest order proved."""
    user = User.objects.create_user("an", guest_order.email, "een-lang-wachtwoord")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_signing_up_asks_for_proof_of_the_address(db: None) -> None:
    client = Client()
    client.post("/en/account/signup/", {"email": "noor@example.org", "password1": "een-lang-wachtwoord"})
    assert not client.get("/en/account/").context
    [letter] = mail.outbox
    link = re.search(r"/en/account/confirm-email/\S+", str(letter.body))
    assert link
    client.post(link[0].rstrip("."))
    assert EmailAddress.objects.get(email="noor@example.org").verified


@pytest.mark.parametrize(("method", "page"), [("get", ""), ("post", ""), ("get", "export/"), ("post", "erase/")])
def test_a_visitor_is_asked_to_sign_in(db: None, method: str, page: str) -> None:
    answer = getattr(Client(), method)(f"/nl/account/{page}", {"sure": "1"})
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_orders_of_the_proved_address_appear_by_themselves(an: Client, guest_order: Order) -> None:
    assert guest_order.reference in an.get("/nl/account/").content.decode()
    guest_order.refresh_from_db()
    assert guest_order.customer == Customer.objects.get()


def test_an_order_tells_the_evening_once_with_its_places(an: Client, show: Performance, now: datetime) -> None:
    paying.paid_order(show, now, "4", "5")
    orders = {
        order["reference"]: [(entry["title"], entry["starts_at"], entry["places"]) for entry in order["entries"]]
        for order in an.get("/nl/account/").context["orders"]
    }
    [pair] = [entries for entries in orders.values() if len(entries[0][2]) == 2]
    assert pair == [("De meeuw", show.starts_at, ["Parterre, rij A, stoel 5", "Parterre, rij A, stoel 6"])]


def test_details_are_kept_and_used_at_the_next_purchase(an: Client) -> None:
    an.post("/nl/account/", {"first_name": "An", "last_name": "Peeters", "city": "Gent"})
    customer = Customer.objects.get()
    assert (customer.first_name, customer.city) == ("An", "Gent")


def test_a_national_number_is_refused_at_its_field(an: Client) -> None:
    answer = an.post("/nl/account/", {"city": "Gent", "street": "85.07.30-033 28"})
    page = answer.content.decode()
    assert (answer.status_code, "Laat het rijksregisternummer weg" in page, 'value="Gent"' in page) == (422, True, True)
    assert Customer.objects.get().city == ""


def test_everything_known_can_be_taken_along(an: Client) -> None:
    answer = an.get("/nl/account/export/")
    assert "an.peeters@example.org" in json.dumps(json.loads(answer.content))


def test_erasing_needs_a_yes_and_leaves_no_name(an: Client, guest_order: Order) -> None:
    an.get("/nl/account/")
    an.post("/nl/account/erase/")
    assert User.objects.exists()
    an.post("/nl/account/erase/", {"sure": "1"})
    assert not User.objects.exists()
    assert not Customer.objects.filter(email__icontains="peeters").exists()


def test_what_is_ordered_later_without_signing_in_appears_too(an: Client, show: Performance, now: datetime) -> None:
    an.get("/nl/account/")
    later = paying.paid_order(show, now, "4")
    assert later.reference in an.get("/nl/account/").content.decode()


def test_orders_of_an_address_the_account_had_before_stay_with_whoever_has_it_now(
    an: Client, show: Performance, now: datetime
) -> None:
    an.get("/nl/account/")
    User.objects.update(email="nieuw@example.org")
    Customer.objects.create(email="nieuw@example.org", created_at=now)
    later = paying.paid_order(show, now, "4")
    assert later.reference not in an.get("/nl/account/").content.decode()
