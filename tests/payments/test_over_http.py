"""The whole way over real HTTP: our gateway, the stand-in in a process of its own, its webhook knocking at ours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from outbox.testing import drain_outbox
from tests.payments.conftest import Clock
from tests.payments.selling import assert_all_is_well, go_to_pay, leg_of, live_tickets, place_order, state_of
from tests.sandbox.running import RunningSandbox, eventually
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import a_payment_account
from ticketing.models import Order, Refund, Ticket
from ticketing.operations import cancellations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(settings: Any, live_server: LiveServer, sandbox: RunningSandbox, clock: Clock) -> Iterator[Order]:
    """Two seats, their buyer at the hosted checkout."""
    settings.SITE_URL, settings.SANDBOX_URL, settings.MOLLIE_API_KEY = live_server.url, sandbox.url, ""
    house = a_house(clock(), cancel_until_hours=24)
    a_payment_account(house)
    order = place_order(on_sale(clock(), house), clock(), "0", "1")
    go_to_pay(order, clock())
    yield order
    assert_all_is_well()


def test_buyer_pays_and_gets_tickets_however_often_the_provider_calls(order: Order, sandbox: RunningSandbox) -> None:
    leg = leg_of(order)
    path = leg.checkout_url.removeprefix(sandbox.url)
    assert "Betaal € 48,00" in sandbox.get(path).text

    answer = sandbox.submit(path, {"outcome": "paid", "method": "kbc", "copies": "5"})

    assert answer.status == 303
    eventually(lambda: state_of(order) == Order.State.PAID)
    eventually(lambda: all(errand["outcome"] == "200" for errand in _webhooks(sandbox, leg.provider_id)))
    assert (live_tickets(order), leg_of(order).method) == (2, "kbc")


def test_refund_goes_out_and_its_end_comes_back(order: Order, sandbox: RunningSandbox, clock: Clock) -> None:
    sandbox.order(f"payments/{leg_of(order).provider_id}/paid")
    eventually(lambda: state_of(order) == Order.State.PAID)

    ticket = Ticket.objects.filter(line__order=order).earliest("id")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=clock())
    drain_outbox(now=clock())
    refund = Refund.objects.get()
    assert refund.state == Refund.State.PENDING
    sandbox.order(f"refunds/{refund.provider_id}/refunded")

    eventually(lambda: Refund.objects.get().state == Refund.State.REFUNDED)


def test_sick_shop_is_called_again(order: Order, sandbox: RunningSandbox) -> None:
    """The provider answers our question with an outage, so the webhook fails; its second call succeeds."""
    sandbox.order("faults", fault="unavailable", calls=1)

    sandbox.order(f"payments/{leg_of(order).provider_id}/paid")

    eventually(lambda: state_of(order) == Order.State.PAID)
    eventually(lambda: [errand["outcome"] for errand in _webhooks(sandbox, leg_of(order).provider_id)] == ["200"])
    assert [errand["attempts"] for errand in _webhooks(sandbox, leg_of(order).provider_id)] == [2]


def _webhooks(sandbox: RunningSandbox, provider_id: str) -> list[dict[str, Any]]:
    return [errand for errand in sandbox.get("/sandbox/webhooks.json").json() if errand["subject"] == provider_id]
