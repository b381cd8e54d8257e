"""The vendor's words and ours, one table per subject. Beyond this package nobody reads Mollie's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from outbox.errors import Rejected, Unavailable
from ticketing.ports import ProviderChargeback, ProviderPayment, ProviderRefund, ProviderState, RefundState

STATES = {
    "open": ProviderState.OPEN,
    "pending": ProviderState.PENDING,
    # Money is promised but not captured yet; it is ours only when the payment says paid.
    "authorized": ProviderState.PENDING,
    "paid": ProviderState.PAID,
    "failed": ProviderState.FAILED,
    "canceled": ProviderState.CANCELLED,
    "expired": ProviderState.EXPIRED,
}
REFUND_STATES = {
    "queued": RefundState.PENDING,
    "pending": RefundState.PENDING,
    "processing": RefundState.PENDING,
    "refunded": RefundState.REFUNDED,
    "failed": RefundState.FAILED,
    "canceled": RefundState.FAILED,
}
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}
# Methods that are not named here keep the vendor's name.
METHODS = {"creditcard": "card", "banktransfer": "transfer", "directdebit": "direct_debit"}
VENDOR_METHODS = {ours: theirs for theirs, ours in METHODS.items()}
LONGEST_DESCRIPTION = 255

State = TypeVar("State")


def amount(value: Decimal) -> dict[str, str]:
    """Amounts travel as text with two places."""
    return {"currency": "EUR", "value": f"{value:.2f}"}


def method(vendor_method: object) -> str:
    return METHODS.get(str(vendor_method), str(vendor_method)) if vendor_method else ""


def vendor_method(code: str) -> str:
    return VENDOR_METHODS.get(code, code)


def payment(answer: Mapping[str, Any], chargebacks: tuple[ProviderChargeback, ...] = ()) -> ProviderPayment:
    return ProviderPayment(
        provider_id=_text(answer, "id"),
        state=_state(STATES, answer),
        amount=_money(answer, "amount"),
        amount_refunded=_money(answer, "amountRefunded"),
        amount_charged_back=_money(answer, "amountChargedBack"),
        method=method(answer.get("method")),
        checkout_url=str(answer.get("_links", {}).get("checkout", {}).get("href", "")),
        paid_at=_moment(answer, "paidAt"),
        expires_at=_moment(answer, "expiresAt"),
        chargebacks=chargebacks,
    )


def refund(answer: Mapping[str, Any]) -> ProviderRefund:
    return ProviderRefund(
        provider_id=_text(answer, "id"), state=_state(REFUND_STATES, answer), amount=_money(answer, "amount")
    )


def chargeback(answer: Mapping[str, Any]) -> ProviderChargeback:
    created_at = _moment(answer, "createdAt")
    if created_at is None:
        raise Unavailable("a chargeback without its moment")
    return ProviderChargeback(
        provider_id=_text(answer, "id"),
        amount=_money(answer, "amount"),
        created_at=created_at,
        reason=str((answer.get("reason") or {}).get("description", "")),
        reversed_at=_moment(answer, "reversedAt"),
    )


def _text(answer: Mapping[str, Any], field: str) -> str:
    value = answer.get(field)
    if not isinstance(value, str) or not value:
        raise Unavailable(f"an answer without {field}")
    return value


def _state(states: Mapping[str, State], answer: Mapping[str, Any]) -> State:
    word = _text(answer, "status")
    if word not in states:
        raise Rejected(f"unknown status {word}")
    return states[word]


def _money(answer: Mapping[str, Any], field: str) -> Decimal:
    """A missing amount is zero: refunds and chargebacks appear only once there are any."""
    given = answer.get(field)
    if not given:
        return Decimal("0.00")
    if given.get("currency") != "EUR":
        raise Rejected("a currency other than EUR")
    try:
        return Decimal(given["value"]).quantize(Decimal("0.01"))
    except (InvalidOperation, KeyError, TypeError):
        raise Unavailable(f"an unreadable {field}") from None


def _moment(answer: Mapping[str, Any], field: str) -> datetime | None:
    given = answer.get(field)
    if not given:
        return None
    try:
        return datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise Unavailable(f"an unreadable {field}") from None
