"""What opens an order, a change of it or an offer: its own link, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings
from structlog.testing import capture_logs

from payments.mollie.fake import FakeMollie
from tests.ticketing import paying
from tests.ticketing.untouched import nothing_stored
from tests.webshop.conftest import Buyer
from tests.webshop.strangers import order_pages
from ticketing.models import (
    ChangeConfirmation,
    Order,
    Performance,
    Refund,
    Ticket,
)
from ticketing.operations import changes, orders
from ticketing.order_links import link_token
from ticketing.queries.changes import change_token
from ticketing.webshop import order as behind_links
from ticketing.webshop.basket_cookie import COOKIE, ORDER


def _cut(token: str) -> str:
    return token[:-4]


def _turned(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


def _other_order(token: str) -> str:
    return token[:3] + ("x" if token[3] != "x" else "y") + token[4:]


@pytest.mark.parametrize("forge", [
    _cut, _turned, _other_order, lambda token: token.split(".")[0], lambda token: token + "." + token,
    lambda token: token + "!", lambda token: token[:5] + "*" + token[5:],
    lambda _token: "x", lambda _token: "é.é", lambda _token: "\x00", lambda _token: "A" * 4000, lambda _token: "....",
])  # fmt: skip
def test_a_forged_link_opens_no_page_of_an_order(order: Order, forge: Callable[[str], str]) -> None:
    with nothing_stored():
        for method, path in order_pages(quote(forge(link_token(order))), order.house.slug):
            answer = getattr(Client(), method)(path)
            assert answer.status_code == 404, path
            assert order.reference not in answer.content.decode()
            assert order.email not in answer.content.decode()


def test_a_revoked_link_opens_nothing_and_the_new_one_does(order: Order) -> None:
    old = link_token(order)
    orders.revoke_links(order_id=order.id)
    order.refresh_from_db()
    with nothing_stored():
        for method, path in order_pages(old, order.house.slug):
            assert getattr(Client(), method)(path).status_code == 404
    assert Client().get(f"/en/{order.house.slug}/order/{link_token(order)}/").status_code == 200


def test_the_pages_of_an_order_are_told_to_nobody_and_kept_nowhere(order: Order) -> None:
    for method, path in order_pages(link_token(order), order.house.slug):
        answer = getattr(Client(), method)(path)
        if answer.status_code != 404:
            assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store"), path


def test_links_and_people_never_reach_the_log(order: Order, caplog: pytest.LogCaptureFixture) -> None:
    token = link_token(order)
    client = Client(raise_request_exception=False)
    with capture_logs() as events, caplog.at_level(logging.DEBUG):
        for method, path in [*order_pages(token, order.house.slug), *order_pages(_turned(token), order.house.slug)]:
            getattr(client, method)(path)
    written = repr(events) + caplog.text
    assert len(events) >= 20
    for secret in (token, _turned(token), order.email, order.last_name):
        assert secret not in written


def test_a_confirmation_works_once_and_for_its_order_only(order: Order, now: datetime) -> None:
    ticket = Ticket.objects.earliest("id")
    change_id = changes.ask_cancellation(order_id=order.id, ticket_ids=[ticket.id], now=now)
    other = paying.paid_order(Performance.objects.get(), now, "4", "5")
    token = change_token(change_id)
    at = f"/en/{order.house.slug}/order/{{}}/confirm/{{}}/"
    right = at.format(link_token(order), quote(token))
    with nothing_stored():
        assert Client().get(right).status_code == 200
        assert Client().post(at.format(link_token(other), quote(token))).status_code == 404
        assert Client().post(at.format(link_token(order), quote(change_token(uuid4())))).status_code == 404
        assert Client().post(at.format(link_token(order), quote(token[:-1]))).status_code == 404
    assert Client().post(right).status_code == 303
    with nothing_stored():
        replayed = Client().post(right)
        assert (replayed.status_code, "confirmed already" in replayed.content.decode()) == (409, True)
        assert Client().get(right).status_code == 404
    assert (Refund.objects.count(), ChangeConfirmation.objects.count()) == (1, 1)


def test_an_offer_of_the_waiting_list_opens_by_its_secret_only(buyer: Buyer) -> None:
    with nothing_stored():
        for secret in ("x", "%00", "A" * 3000, "..%2F"):
            answer = Client().get(f"{buyer.shop}waiting/{secret}/")
            assert answer.status_code in (303, 404)
            assert "basket" not in answer.cookies
            for change in ("confirm", "leave"):
                assert Client().post(f"{buyer.shop}waiting/{secret}/{change}/").status_code in (200, 404)


def test_a_basket_handed_over_does_not_open_the_order_of_who_bought_it(buyer: Buyer, mollie: FakeMollie) -> None:
    """Somebody gives a stranger a basket, and comes back for the tickets."""
    buyer.click("0")
    giver = Client()
    giver.cookies[COOKIE] = buyer.client.cookies[COOKIE].value
    assert buyer.check_out().status_code == 303
    order, at = Order.objects.get(), f"{buyer.shop}checkout/"
    answers = [giver.get(at), giver.post(at, {"email": "x@example.org", "first_name": "X", "last_name": "Y"})]
    assert [answer["Location"] for answer in answers] == [f"{buyer.shop}basket/"] * 2
    giver.cookies[ORDER] = "forged:signature"
    assert giver.get(at)["Location"] == f"{buyer.shop}basket/"
    assert buyer.get(at)["Location"].endswith(f"/order/{link_token(order)}/")


def test_who_never_got_the_answer_to_pay_finds_the_order_all_the_same(buyer: Buyer, mollie: FakeMollie) -> None:
    """The process died with the answer: the browser knows only what it knew before."""
    buyer.click("0")
    at = f"{buyer.shop}checkout/"
    buyer.get(at)
    before = {name: morsel.value for name, morsel in buyer.client.cookies.items()}
    assert buyer.check_out().status_code == 303
    lost = Client()
    for name, value in before.items():
        lost.cookies[name] = value
    assert lost.get(at)["Location"].endswith(f"/order/{link_token(Order.objects.get())}/")


def test_a_form_sent_again_after_its_order_was_given_up_makes_a_new_one(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.click("0")
    at = f"{buyer.shop}checkout/"
    buyer.get(at)
    told = buyer.client.cookies[ORDER].value
    assert buyer.check_out().status_code == 303
    first = Order.objects.get()
    buyer.post(f"/en/{buyer.house}/order/{link_token(first)}/reopen/")
    buyer.client.cookies[ORDER] = told
    assert buyer.check_out().status_code == 303
    second = Order.objects.exclude(id=first.id).get()
    assert buyer.get(at)["Location"].endswith(f"/order/{link_token(second)}/")


def test_a_link_outlives_a_new_secret_key_that_names_the_old_one(order: Order, settings: Settings) -> None:
    at = f"/en/{order.house.slug}/order/{link_token(order)}/"
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert Client().get(at).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [old]
    assert [Client().get(at + page).status_code for page in ("", "cancel/")] == [200, 200]


def test_a_crowd_that_comes_back_does_not_wait(buyer: Buyer, mollie: FakeMollie) -> None:
    """With every chair taken the page says that we wait, and nobody is asked."""
    buyer.click("0")
    buyer.check_out()
    mollie.calls.clear()
    back = f"/en/{buyer.house}/order/{link_token(Order.objects.get())}/return/"
    with behind_links._chairs, behind_links._chairs:
        assert buyer.get(back).status_code == 302
    assert mollie.calls == []
    buyer.get(back)
    assert mollie.calls == ["fetch"]
