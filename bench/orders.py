"""Paid orders made beside the measured path, for what is measured after it: PDFs and scans."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from ticketing.models import Order, Payment, Performance
from ticketing.operations import orders, payments
from ticketing.operations.contacts import Contact
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish
from ticketing.ports import ProviderPayment, ProviderState


def paid_order(performance: Performance, places: int) -> Order:
    now = timezone.now()
    wish = Wish(standing={"normal": places})
    held = hold(performance=performance.code, wish=wish, basket_id=None, language="nl", now=now)
    contact = Contact("bench@example.org", "Bench", "Buyer")
    order = orders.place_order(basket_id=held.basket_id, contact=contact, now=now).order
    leg = Payment.objects.get(order=order)
    provider_id = f"tr_{uuid4().hex[:12]}"
    Payment.objects.filter(id=leg.id).update(provider_id=provider_id, state=Payment.State.OPEN)
    paid = ProviderPayment(provider_id=provider_id, state=ProviderState.PAID, amount=leg.amount, method="bancontact")
    payments.apply_provider_state(provider="mollie", provider_id=provider_id, state=paid, now=now)
    order.refresh_from_db()
    return order
