"""Plain requests for a payment, as a test needs them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from ticketing.ports import PaymentRequest


def payment_request(**changes: Any) -> PaymentRequest:
    fields: dict[str, Any] = {
        "payment_id": uuid4(),
        "order_reference": "K7Q2XP",
        "amount": Decimal("33.60"),
        "description": "Order K7Q2XP",
        "language": "nl",
        "return_url": "https://shop.example/return",
        "webhook_url": "https://shop.example/webhooks/mollie/",
        "idempotency_key": uuid4().hex,
    }
    return PaymentRequest(**(fields | changes))
