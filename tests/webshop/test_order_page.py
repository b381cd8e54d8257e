"""The page behind an order's link: who sees it, what it tells, and what it must never tell."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from pytest_django import Settings

from tests.printing.wallets import offer_both
from tests.ticketing import building, paying, selling
from ticketing.models import GiftCard, Order, Performance, Ticket
from ticketing.operations import baskets, programme
from ticketing.operations.cancellations import cancel_gift_card, cancel_tickets
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


def test_with_keys_every_ticket_goes_into_either_wallet(order: Order, settings: Settings) -> None:
    offer_both(settings)
    page = Client().get(order_url(order)).content.decode()
    assert (page.count("Apple Wallet"), page.count("Google Wallet")) == (2, 2)
    ticket = Ticket.objects.earliest("pk")
    apple, google = (Client().get(order_url(order, "ticket_wallet", ticket.code, kind)) for kind in ("apple", "google"))
    with zipfile.ZipFile(io.BytesIO(apple.content)) as opened:
        told = json.loads(opened.read("pass.json"))
    assert (apple["Content-Type"], told["serialNumber"]) == ("application/vnd.apple.pkpass", ticket.code)
    assert (google.status_code, google["Location"].startswith("https://pay.google.com/gp/v/save/")) == (302, True)
    assert {answer["Referrer-Policy"] for answer in (apple, google)} == {"no-referrer"}


def test_a_cancelled_ticket_goes_into_no_wallet(order: Order, settings: Settings, now: datetime) -> None:
    offer_both(settings)
    ticket = Ticket.objects.earliest("pk")
    cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], by_staff=True, now=now)
    assert Client().get(order_url(order, "ticket_wallet", ticket.code, "apple")).status_code == 410
    assert Client().get(order_url(order)).content.decode().count("Apple Wallet") == 1


def test_the_page_says_what_comes_next_and_shows_what_else_there_is(
    order: Order, show: Performance, now: datetime
) -> None:
    doors = show.starts_at - timedelta(minutes=30)
    programme.update_performance(performance_id=show.pk, doors_at=doors, now=now)
    other = building.on_sale(now, show.house)
    programme.update_production(production_id=other.production_id, title=building.text("De walvis"), now=now)
    with override("en"):
        url, paper, calendar = (order_url(order, name) for name in ("order", "order_pdf", "order_calendar"))
    page = Client().get(url).content.decode()
    following = page.split('id="next"')[1].split("</section>")[0]
    wanted = [
        "Doors open at 20:00.",
        "Hofstraat 1, Gent",
        'href="/en/zomerhof/info/practical/"',
        f'href="{paper}"',
        f'href="{calendar}"',
    ]
    assert [words for words in wanted if words not in following] == []
    rail = page.split('id="related"')[1]
    assert ("De walvis" in rail, "De meeuw" in rail) == (True, False)


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
