"""The page behind an order's link: who sees it, what it tells, and what it must never tell."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.ticketing import paying, selling
from ticketing.models import GiftCard, Order, Performance, Ticket
from ticketing.operations import baskets
from ticketing.operations.cancellations import cancel_gift_card
from ticketing.operations.orders import revoke_links
from ticketing.webshop.order_view import order_url

pytestmark = pytest.mark.scope("PR5-05")


@pytest.fixture
def order(show: Performance, now: datetime) -> Order:
    return paying.paid_order(show, now, "3", "4")


def test_the_link_shows_tickets_and_is_told_to_nobody(order: Order) -> None:
    answer = Client().get(order_url(order))
    assert answer.content.decode().count('<article class="ticket">') == 2
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store")


@pytest.mark.parametrize("forged", ["x", "a.b", "…", "AAAA.AAAA", "' OR 1=1"])
def test_a_forged_link_shows_nothing(order: Order, forged: str) -> None:
    assert Client().get(f"/nl/zomerhof/order/{forged}/").status_code == 404


def test_a_revoked_link_shows_nothing(order: Order) -> None:
    url = order_url(order)
    revoke_links(order_id=order.id)
    assert Client().get(url).status_code == 404


def test_no_key_of_the_database_stands_in_the_page(order: Order) -> None:
    page = Client().get(order_url(order)).content.decode()
    keys = set(Ticket.objects.values_list("serial", flat=True))
    assert not any(key in page for key in keys)


def test_the_calendar_file_names_the_night_once(order: Order) -> None:
    answer = Client().get(order_url(order, "order_calendar"))
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer.content.decode().count("BEGIN:VEVENT") == 1


def test_a_pdf_that_is_not_there_yet_is_asked_for_again(order: Order) -> None:
    answer = Client().get(order_url(order, "order_pdf"))
    assert (answer.status_code, answer["Retry-After"]) == (202, "1")


def test_a_wallet_nobody_set_up_is_not_offered(order: Order) -> None:
    ticket = Ticket.objects.first()
    assert ticket is not None
    assert Client().get(order_url(order, "ticket_wallet", ticket.code, "apple")).status_code == 404
    assert "Apple Wallet" not in Client().get(order_url(order)).content.decode()


def test_the_page_costs_the_same_for_one_ticket_and_for_six(show: Performance, now: datetime) -> None:
    counts = []
    for places in (("0",), ("1", "2", "3", "4", "5", "6")):
        order = paying.paid_order(show, now, *places)
        Client().get(order_url(order))
        with CaptureQueriesContext(connection) as captured:
            Client().get(order_url(order))
        counts.append(len(captured.captured_queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 9


def test_a_gift_card_given_back_is_told_and_its_code_no_longer(show: Performance, now: datetime) -> None:
    basket_id = selling.held(show, now, "3").basket_id
    baskets.add_gift_card(house=show.house.slug, amount=Decimal(25), basket_id=basket_id, language="nl", now=now)
    order = selling.placed(basket_id, now)
    selling.pay(order, now)
    card = GiftCard.objects.get()
    assert card.code in Client().get(order_url(order)).content.decode()
    cancel_gift_card(card_id=card.pk, now=now)
    page = Client().get(order_url(order)).content.decode()
    assert (card.code in page, "Geannuleerd: Cadeaubon" in page) == (False, True)
