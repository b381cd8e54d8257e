"""Whoever knocks at the webhook: a stranger learns and changes nothing, the provider is heard once however often."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from outbox.models import StoredFact
from payments.mollie.fake import FakeMollie
from tests.payments.conftest import Clock
from tests.payments.selling import go_to_pay, live_tickets, place_order, state_of
from tests.ticketing.paying import sold_online
from ticketing.models import Order, Payment
from ticketing.ports import ProviderState

pytestmark = pytest.mark.django_db

ADDRESS = "/webhooks/mollie/"


def knock(client: Client, **fields: str) -> HttpResponse:
    return client.post(ADDRESS, fields)


@pytest.fixture
def order(clock: Clock, mollie: FakeMollie) -> Order:
    """Two seats on their way to be paid."""
    performance = sold_online(clock())
    order = place_order(performance, clock(), "0", "1")
    go_to_pay(order, clock())
    mollie.calls.clear()
    return order


def provider_id_of(order: Order) -> str:
    return Payment.objects.get(order=order).provider_id


def test_paid_order_gets_its_tickets(client: Client, order: Order, mollie: FakeMollie) -> None:
    mollie.end(provider_id_of(order), ProviderState.PAID)

    answer = knock(client, id=provider_id_of(order))

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert (state_of(order), live_tickets(order)) == (Order.State.PAID, 2)


def test_nothing_the_message_says_is_believed(client: Client, order: Order) -> None:
    answer = knock(client, id=provider_id_of(order), status="paid", amount="48.00")

    assert answer.status_code == 200
    assert (state_of(order), live_tickets(order)) == (Order.State.AWAITING_PAYMENT, 0)


def test_repeated_message_changes_nothing(client: Client, order: Order, mollie: FakeMollie) -> None:
    mollie.end(provider_id_of(order), ProviderState.PAID)
    for _ in range(5):
        assert knock(client, id=provider_id_of(order)).status_code == 200

    assert live_tickets(order) == 2
    assert StoredFact.objects.filter(name__endswith="OrderPaid").count() == 1


def test_stranger_leaves_no_trace_and_costs_one_look(
    client: Client,
    order: Order,
    mollie: FakeMollie,
    count_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]],
) -> None:
    facts = StoredFact.objects.count()

    with count_queries(1):
        answer = knock(client, id="tr_stranger123")

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert mollie.calls == []
    assert (Payment.objects.count(), StoredFact.objects.count()) == (1, facts)


@pytest.mark.parametrize(
    "sent",
    ["", "tr_", "re_123", "tr_" + "x" * 61, "tr_a b", "tr_a'--", "tr_ａ", "<script>", "tr_a\x00", "tr_a\n"],
)
def test_malformed_id_is_refused_without_asking_anybody(
    client: Client,
    mollie: FakeMollie,
    sent: str,
    count_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]],
) -> None:
    with count_queries(0):
        answer = knock(client, id=sent)

    assert (answer.status_code, answer.content) == (400, b"The id is missing or malformed.")
    assert mollie.calls == []


def test_overlong_message_is_not_read(client: Client) -> None:
    assert knock(client, id="tr_1", rest="x" * 2000).status_code == 413


def test_only_posts_are_heard(client: Client) -> None:
    assert client.get(ADDRESS, {"id": "tr_1"}).status_code == 405


def test_no_token_of_ours_is_needed() -> None:
    assert Client(enforce_csrf_checks=True).post(ADDRESS, {"id": "tr_1"}).status_code == 200


def test_provider_is_asked_to_call_again_when_it_does_not_answer(
    client: Client, order: Order, mollie: FakeMollie
) -> None:
    mollie.end(provider_id_of(order), ProviderState.PAID)
    mollie.break_down()

    assert knock(client, id=provider_id_of(order)).status_code == 503
    assert state_of(order) == Order.State.AWAITING_PAYMENT
    assert knock(client, id=provider_id_of(order)).status_code == 200
    assert state_of(order) == Order.State.PAID


def test_payment_the_provider_denies_is_answered_and_changes_nothing(
    client: Client, order: Order, mollie: FakeMollie
) -> None:
    mollie.payments.clear()

    assert knock(client, id=provider_id_of(order)).status_code == 200
    assert state_of(order) == Order.State.AWAITING_PAYMENT
