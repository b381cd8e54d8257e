"""What the payments do when something has happened: money that must go back is sent back."""

from __future__ import annotations

from datetime import datetime

from outbox.subscribing import subscriber
from ticketing.facts import RefundRequested
from ticketing.operations.payments import send_refund


@subscriber(RefundRequested)
def send_money_back(fact: RefundRequested, *, now: datetime) -> None:
    """Its idempotency key was stored with the refund, so hearing this twice gives the money back once."""
    send_refund(refund_id=fact.refund_id, now=now)
