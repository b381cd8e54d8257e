"""A link asks, the address of the order decides: once, in time, and only about its own tickets."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from time_machine import TimeMachineFixture

from outbox.testing import drain_outbox, recorded_facts
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import paid_order
from ticketing.facts import ChangeConfirmationAsked
from ticketing.models import ChangeConfirmation, House, Order, Ticket
from ticketing.operations.cancellations import NotCancellable, NothingToCancel, TooLateToCancel
from ticketing.operations.changes import (
    CONFIRMATION_LASTS,
    MOST_QUESTIONS,
    AlreadyConfirmed,
    AskedTooOften,
    ask_cancellation,
    confirm_cancellation,
)
from ticketing.order_links import link_token
from ticketing.queries.changes import ConfirmationRefused, asked_change, change_token

pytestmark = [pytest.mark.django_db, pytest.mark.scope("PR5-05")]


@pytest.fixture
def order(now: datetime) -> Order:
    performance = on_sale(now, a_house(now, cancel_until_hours=24))
    return paid_order(performance, now, "0", "1")


def another_order(order: Order, now: datetime) -> Order:
    return paid_order(Ticket.objects.filter(line__order=order).earliest("id").performance, now, "5")


def tickets() -> list[int]:
    return list(Ticket.objects.order_by("id").values_list("id", flat=True))


def states() -> list[str]:
    return list(Ticket.objects.order_by("id").values_list("state", flat=True))


def test_asking_changes_nothing_and_tells_the_address_of_the_order(now: datetime, order: Order) -> None:
    change = ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now)
    facts = recorded_facts(ChangeConfirmationAsked)
    assert (states(), facts) == (["valid"] * 2, [ChangeConfirmationAsked(order_id=order.id, change_id=change)])


def test_a_confirmation_cancels_exactly_what_was_asked(now: datetime, order: Order) -> None:
    change = ask_cancellation(order_id=order.id, ticket_ids=tickets()[:1], now=now)
    amount = confirm_cancellation(token=change_token(change), order_id=order.id, now=now)
    assert (states(), amount) == (["cancelled", "valid"], Decimal("24.00"))


def test_a_replayed_confirmation_is_refused(now: datetime, order: Order) -> None:
    token = change_token(ask_cancellation(order_id=order.id, ticket_ids=tickets()[:1], now=now))
    confirm_cancellation(token=token, order_id=order.id, now=now)
    with pytest.raises(AlreadyConfirmed):
        confirm_cancellation(token=token, order_id=order.id, now=now)
    with pytest.raises(ConfirmationRefused):
        asked_change(token, order_id=order.id, now=now)


def test_a_confirmation_ends_with_the_hour(now: datetime, order: Order) -> None:
    token = change_token(ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now))
    with pytest.raises(ConfirmationRefused):
        confirm_cancellation(token=token, order_id=order.id, now=now + CONFIRMATION_LASTS)
    assert states() == ["valid"] * 2


def test_a_confirmation_of_another_order_is_refused(now: datetime, order: Order) -> None:
    other = another_order(order, now)
    token = change_token(ask_cancellation(order_id=order.id, ticket_ids=tickets()[:2], now=now))
    for use in (asked_change, confirm_cancellation):
        with pytest.raises(ConfirmationRefused):
            use(token=token, order_id=other.id, now=now)


@pytest.mark.parametrize("token", ["", "x", "x:y", "0" * 32, "0" * 32 + ":forged", "é:\x00"])
def test_forged_confirmations_are_refused(now: datetime, order: Order, token: str) -> None:
    with pytest.raises(ConfirmationRefused):
        confirm_cancellation(token=token, order_id=order.id, now=now)


def test_tickets_of_another_order_cannot_be_asked_for(now: datetime, order: Order) -> None:
    other = another_order(order, now)
    for wanted in (tickets(), [], [10**9]):
        with pytest.raises(NothingToCancel):
            ask_cancellation(order_id=other.id, ticket_ids=wanted[:2], now=now)


def test_what_the_house_refuses_is_refused_before_any_mail(now: datetime, order: Order) -> None:
    with pytest.raises(TooLateToCancel):
        ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now + timedelta(days=9, hours=12))
    House.objects.update(cancel_until_hours=None)
    with pytest.raises(NotCancellable):
        ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now)
    assert ChangeConfirmation.objects.count() == 0


def test_a_link_cannot_fill_a_mail_box(now: datetime, order: Order) -> None:
    for _question in range(MOST_QUESTIONS):
        ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now)
    with pytest.raises(AskedTooOften):
        ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now)
    ask_cancellation(order_id=order.id, ticket_ids=tickets(), now=now + timedelta(hours=1, seconds=1))


def test_a_buyer_cancels_with_two_pages_and_a_mail(
    now: datetime, order: Order, client: Client, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(now)
    address = f"/nl/zomerhof/order/{link_token(order)}/"
    asked = client.post(f"{address}cancel/", {"line": [Ticket.objects.earliest("id").code]})
    drain_outbox(now=now)
    [letter] = [letter for letter in mail.outbox if letter.subject.startswith("Bevestig")]
    [link] = re.findall(r"https?://[^/]+(/nl/zomerhof/order/\S+/confirm/\S+)", letter.body)
    shown, done = client.get(link), client.post(link)
    again = client.post(link)
    assert (asked.status_code, shown.status_code, done.status_code, done["Location"], again.status_code, states()) == (
        200,
        200,
        303,
        address,
        409,
        ["cancelled", "valid"],
    )
    assert "24,00" in shown.content.decode()
