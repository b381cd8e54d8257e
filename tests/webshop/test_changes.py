"""The page behind the link that confirms a change: for as long as the mail says, and of its own order."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from tests.ticketing.paying import paid_order
from tests.ticketing.untouched import nothing_stored
from ticketing.models import House, Order, Performance, Ticket
from ticketing.operations import changes
from ticketing.order_links import link_token
from ticketing.queries.changes import change_token


@pytest.fixture
def order(show: Performance, now: datetime) -> Order:
    House.objects.update(cancel_until_hours=24)
    return paid_order(show, now, "0", "1")


def confirmation(order: Order, token: str) -> str:
    return f"/en/{order.house.slug}/order/{link_token(order)}/confirm/{quote(token)}/"


def test_a_question_is_shown_for_an_hour(order: Order, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = changes.ask_cancellation(order_id=order.id, ticket_ids=[Ticket.objects.earliest("id").id], now=now)
    at, seen = confirmation(order, change_token(asked)), []
    for passed in (timedelta(minutes=59), timedelta(hours=1)):
        monkeypatch.setattr("django.utils.timezone.now", lambda later=now + passed: later)
        seen.append(Client().get(at).status_code)
    assert seen == [200, 404]


def test_a_question_is_shown_behind_its_own_order_only(order: Order, show: Performance, now: datetime) -> None:
    other = paid_order(show, now, "4", "5")
    asked = changes.ask_cancellation(order_id=order.id, ticket_ids=[Ticket.objects.earliest("id").id], now=now)
    with nothing_stored():
        assert Client().get(confirmation(other, change_token(asked))).status_code == 404
