"""Money that goes back: to where it came from, once, and again when the provider could not."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db.models import Sum

from payments.mollie.fake import FakeMollie
from payments.patience import PatientProvider
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import a_payment_account
from tests.ticketing.selling import held, placed
from ticketing import ports
from ticketing.models import Account, LedgerEntry, Order, Payment, Refund, Ticket
from ticketing.operations import cancellations, payments
from ticketing.operations.payments import NothingToRetry
from ticketing.ports import ProviderState, RefundState

pytestmark = pytest.mark.django_db


@pytest.fixture
def mollie(now: datetime, monkeypatch: pytest.MonkeyPatch) -> FakeMollie:
    fake = FakeMollie(clock=lambda: now)
    monkeypatch.setitem(ports._providers, "mollie", lambda settings: PatientProvider(fake))
    return fake


@pytest.fixture
def refund(now: datetime, mollie: FakeMollie) -> Refund:
    """One of two tickets given back; the provider is asked and says no."""
    show = on_sale(now, a_house(now, cancel_until_hours=1))
    a_payment_account(show.house)
    order = placed(held(show, now, "0", "1").basket_id, now)
    payments.start(order_id=order.id, return_url=lambda _order: "https://shop.example/", now=now)
    leg = Payment.objects.get()
    mollie.end(leg.provider_id, ProviderState.PAID)
    payments.sync(payment_id=leg.id, now=now)
    ticket = Ticket.objects.earliest("id")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now)
    found = Refund.objects.get()
    payments.send_refund(refund_id=found.id, now=now)
    mollie.end_refund(next(iter(mollie.refunds)), RefundState.FAILED)
    payments.send_refund(refund_id=found.id, now=now)
    found.refresh_from_db()
    return found


def due() -> Decimal:
    return LedgerEntry.objects.filter(account=Account.REFUNDS_DUE).aggregate(total=Sum("amount"))["total"]


def test_a_refund_that_failed_stays_owed(refund: Refund) -> None:
    assert (refund.state, due()) == (Refund.State.FAILED, Decimal("-24.00"))


def test_a_refund_that_failed_is_asked_again_as_another_one(now: datetime, refund: Refund, mollie: FakeMollie) -> None:
    again = payments.retry_refund(refund_id=refund.id, now=now)
    assert again.idempotency_key != refund.idempotency_key
    payments.send_refund(refund_id=again.id, now=now)
    mollie.end_refund(list(mollie.refunds)[-1], RefundState.REFUNDED)
    payments.send_refund(refund_id=again.id, now=now)
    again.refresh_from_db()
    assert (again.state, due()) == (Refund.State.REFUNDED, 0)


def test_the_same_money_is_not_asked_for_twice(now: datetime, refund: Refund) -> None:
    order = Order.objects.get()
    payments.retry_refund(refund_id=refund.id, now=now)
    ticket = Ticket.objects.get(state="valid")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now)
    with pytest.raises(NothingToRetry):
        payments.retry_refund(refund_id=refund.id, now=now)
    living = Refund.objects.exclude(state=Refund.State.FAILED).aggregate(total=Sum("amount"))["total"]
    assert living == order.total


def test_a_refund_under_way_is_not_asked_again(now: datetime, refund: Refund) -> None:
    again = payments.retry_refund(refund_id=refund.id, now=now)
    with pytest.raises(NothingToRetry):
        payments.retry_refund(refund_id=again.id, now=now)
