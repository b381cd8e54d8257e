"""Asks a provider how one payment stands, with the refunds still under way for it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ticketing.operations.payments import sync
from ticketing.operations.refunds import send_refund
from ticketing.queries.payments import refunds_under_way


def look_at(payment_id: UUID, *, now: datetime) -> None:
    sync(payment_id=payment_id, now=now)
    for refund_id in refunds_under_way(payment_id=payment_id):
        send_refund(refund_id=refund_id, now=now)
