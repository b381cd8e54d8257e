"""What the kernel itself does after a fact, out of the buyer's sight."""

from __future__ import annotations

from datetime import datetime

from outbox.subscribing import subscriber
from ticketing.facts import PlacesFreed, RefundRequested
from ticketing.operations import payments, waiting_list


@subscriber(RefundRequested)
def send_refund(fact: RefundRequested, *, now: datetime) -> None:
    payments.send_refund(refund_id=fact.refund_id, now=now)


@subscriber(PlacesFreed)
def offer_to_waiting_list(fact: PlacesFreed, *, now: datetime) -> None:
    waiting_list.offer_next(performance_id=fact.performance_id, now=now)
