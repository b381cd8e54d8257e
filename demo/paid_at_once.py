"""The payment provider of the demo's past orders: whatever is asked of it has long been paid."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from ticketing.ports import PaymentRequest, ProviderPayment, ProviderRefund, ProviderState, RefundState

PROVIDER = "demo"


def paid(provider_id: str, amount: Decimal, method: str = "bancontact") -> ProviderPayment:
    return ProviderPayment(provider_id, ProviderState.PAID, amount, method=method)


class PaidAtOnce:
    """Refunds succeed at once too, so that cancelling a past order shows everything that follows."""

    def create(self, request: PaymentRequest) -> ProviderPayment:
        return ProviderPayment(
            f"demo_{request.payment_id.hex}", ProviderState.PAID, request.amount, method="bancontact"
        )

    def fetch(self, provider_id: str) -> ProviderPayment:
        return paid(provider_id, Decimal("0.00"))

    def refund(self, provider_id: str, *, amount: Decimal, description: str, idempotency_key: str) -> ProviderRefund:
        return ProviderRefund(f"demo_{idempotency_key}", RefundState.REFUNDED, amount)

    def fetch_refund(self, provider_id: str, refund_id: str) -> ProviderRefund:
        return ProviderRefund(refund_id, RefundState.REFUNDED, Decimal("0.00"))

    def find_refund(self, provider_id: str, *, idempotency_key: str) -> ProviderRefund | None:
        return None

    def methods(self) -> tuple[str, ...]:
        return ("bancontact",)


def paid_at_once(account: Mapping[str, Any]) -> PaidAtOnce:
    return PaidAtOnce()
