"""Orders that are paid, made by the operations a buyer uses, the provider's word given by hand."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from payments.mollie.fake import FakeMollie
from payments.patience import PatientProvider
from tests.ticketing import building
from ticketing import ports
from ticketing.models import House, Order, Payment, PaymentAccount, Performance
from ticketing.operations import orders, payments
from ticketing.operations.contacts import Contact
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish
from ticketing.ports import ProviderPayment, ProviderState

BUYER = Contact("an.peeters@example.org", "An", "Peeters")


def plug_in(fake: FakeMollie, monkeypatch: pytest.MonkeyPatch) -> None:
    """The provider of every account from now on, with the same guards around it as the real one."""
    monkeypatch.setitem(ports._providers, "mollie", lambda settings: PatientProvider(fake))


def a_payment_account(house: House, provider: str = "mollie") -> PaymentAccount:
    account, _made = PaymentAccount.objects.get_or_create(house=house, provider=provider, defaults={"name": provider})
    return account


def sold_online(now: datetime, house: House | None = None, **plan: int) -> Performance:
    """On sale as `building.on_sale` has it, at a house with an account at the provider."""
    performance = building.on_sale(now, house, **plan)
    a_payment_account(performance.house)
    return performance


def paid_order(performance: Performance, now: datetime, *places: str, contact: Contact = BUYER) -> Order:
    """Hold these places, place the order and let the provider say that it was paid."""
    account = a_payment_account(performance.house)
    held = hold(performance=performance.code, wish=Wish(places=places), basket_id=None, language="nl", now=now)
    placed = orders.place_order(basket_id=held.basket_id, contact=contact, now=now)
    leg = Payment.objects.get(order=placed.order)
    provider_id = f"tr_{uuid4().hex[:10]}"
    Payment.objects.filter(id=leg.id).update(provider_id=provider_id, state=Payment.State.OPEN)
    paid = ProviderPayment(provider_id=provider_id, state=ProviderState.PAID, amount=leg.amount, method="bancontact")
    payments.apply_provider_state(provider=account.provider, provider_id=provider_id, state=paid, now=now)
    placed.order.refresh_from_db()
    return placed.order
