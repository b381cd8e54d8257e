"""Waiting for a sold-out night: asking, saying yes by mail, the offer's link, and leaving."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client

from outbox.testing import drain_outbox
from tests.webshop.conftest import Buyer
from ticketing.models import Basket, Order, Place, WaitingListEntry
from ticketing.operations import waiting_list
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish


@pytest.fixture
def sold_out(fan: Buyer, now: datetime) -> Buyer:
    hold(performance=fan.performance.code, wish=Wish(standing={"": 20}), basket_id=None, language="nl", now=now)
    hold(performance=fan.performance.code, wish=Wish(standing={"": 10}), basket_id=None, language="nl", now=now)
    return fan


def join(buyer: Buyer, **changes: object) -> str:
    fields = {"email": "noor@example.org", "first_name": "Noor", "quantity": 2} | changes
    return buyer.post(f"{buyer.page}waiting-list/", **fields).content.decode()


def test_a_sold_out_night_offers_the_waiting_list(sold_out: Buyer) -> None:
    page = sold_out.get().content.decode()
    assert f'action="{sold_out.page}waiting-list/"' in page
    assert 'name="email"' in page
    assert 'name="n-full"' not in page


def test_somebody_joins_with_an_address_that_is_theirs(sold_out: Buyer, now: datetime) -> None:
    assert "We sent a link to noor@example.org." in join(sold_out)
    entry = WaitingListEntry.objects.get()
    assert (entry.email, entry.quantity, entry.language, entry.state) == ("noor@example.org", 2, "en", "asked")
    drain_outbox(now=now)
    [letter] = mail.outbox
    [url] = re.findall(r"https?://[^/]+(/\S+/confirm/)", str(letter.body))
    assert 'method="post"' in Client().get(url).content.decode()
    assert WaitingListEntry.objects.get().state == "asked"
    for _twice in range(2):
        answer = Client().post(url)
        assert "You are on the list." in answer.content.decode()
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert WaitingListEntry.objects.get().state == "waiting"


def test_what_was_forgotten_is_not_confirmed(sold_out: Buyer) -> None:
    join(sold_out)
    secret = WaitingListEntry.objects.get().secret
    WaitingListEntry.objects.all().delete()
    assert "You are no longer on the list." in Client().post(confirm_url(sold_out, secret)).content.decode()


def confirm_url(buyer: Buyer, secret: str) -> str:
    return f"{buyer.shop}waiting/{secret}/confirm/"


def on_the_list(buyer: Buyer) -> WaitingListEntry:
    join(buyer)
    entry = WaitingListEntry.objects.get()
    Client().post(confirm_url(buyer, entry.secret))
    entry.refresh_from_db()
    return entry


@pytest.mark.parametrize("change", [{"quantity": "-2"}, {"quantity": "11"}, {"email": "nobody"}, {"quantity": "many"}])
def test_what_cannot_be_is_answered_beside_its_field(sold_out: Buyer, change: dict[str, object]) -> None:
    assert 'aria-invalid="true"' in join(sold_out, **change)
    assert not WaitingListEntry.objects.exists()


def test_nobody_waits_for_a_night_that_has_places(buyer: Buyer) -> None:
    assert "There are still places" in join(buyer)


def test_the_link_of_an_offer_opens_its_basket(sold_out: Buyer, now: datetime) -> None:
    on_the_list(sold_out)
    Place.objects.filter(state="held").update(state="available", holder=None, held_until=None)
    assert waiting_list.offer_next(performance_id=sold_out.performance.id, now=now) == 1
    entry = WaitingListEntry.objects.get()
    noor = Client()
    page = noor.get(f"{sold_out.shop}waiting/{entry.secret}/", follow=True).content.decode()
    assert 'data-count="2"' in page
    assert "<b data-clock>12:00:00</b>" in page
    assert Basket.objects.get(id=entry.basket_id).email == "noor@example.org"
    assert not Order.objects.exists()


def test_a_wrong_secret_opens_nothing(sold_out: Buyer) -> None:
    page = Client().get(f"{sold_out.shop}waiting/nope/", follow=True).content.decode()
    assert "Nothing chosen yet" in page


def test_looking_at_the_link_to_leave_does_not_leave(sold_out: Buyer) -> None:
    entry = on_the_list(sold_out)
    url = f"{sold_out.shop}waiting/{entry.secret}/leave/"
    Client().get(url)
    entry.refresh_from_db()
    assert entry.state == "waiting"
    Client().post(url)
    entry.refresh_from_db()
    assert entry.state == "withdrawn"


def test_who_waits_already_is_told_the_same_as_who_does_not(sold_out: Buyer, now: datetime) -> None:
    join(sold_out)
    waiting_list.confirm(secret=WaitingListEntry.objects.get().secret, now=now)
    told = [join(sold_out, email=email).replace(email, "…") for email in ("noor@example.org", "piet@example.org")]
    assert told[0] == told[1]
    assert WaitingListEntry.objects.filter(email="noor@example.org").count() == 1
