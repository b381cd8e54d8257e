"""The sockets others fill. The kernel waits for an answer through these and through nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class ProviderState(StrEnum):
    """What a provider can say of a payment; adapters translate their vendor's words into these."""

    OPEN = "open"  # the buyer can still pay
    PENDING = "pending"  # the buyer did all they could, the money is under way
    PAID = "paid"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"

    @property
    def is_final(self) -> bool:
        return self not in (ProviderState.OPEN, ProviderState.PENDING)


class RefundState(StrEnum):
    PENDING = "pending"
    REFUNDED = "refunded"
    FAILED = "failed"


@dataclass(frozen=True)
class Split:
    """A part of a payment that belongs to another house, by that house's account at the provider."""

    destination: str
    amount: Decimal


@dataclass(frozen=True)
class PaymentRequest:
    """Everything a provider needs to start a payment. Amounts in EUR with two places."""

    payment_id: UUID
    order_reference: str
    amount: Decimal
    description: str
    language: str
    return_url: str
    webhook_url: str
    idempotency_key: str
    expires_at: datetime | None = None
    method: str = ""
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True)
class ProviderPayment:
    """The present state of a payment as its provider knows it."""

    provider_id: str
    state: ProviderState
    amount: Decimal
    amount_refunded: Decimal = Decimal("0.00")
    amount_charged_back: Decimal = Decimal("0.00")
    method: str = ""
    checkout_url: str = ""
    paid_at: datetime | None = None
    expires_at: datetime | None = None
    chargebacks: tuple[ProviderChargeback, ...] = ()


@dataclass(frozen=True)
class ProviderChargeback:
    provider_id: str
    amount: Decimal
    created_at: datetime
    reason: str = ""
    reversed_at: datetime | None = None


@dataclass(frozen=True)
class ProviderRefund:
    provider_id: str
    state: RefundState
    amount: Decimal


class PaymentProvider(Protocol):
    """Raises `outbox.errors.Unavailable` (try later) or `outbox.errors.Rejected` (never like this), nothing else.

    Never called inside a transaction; every call that creates something carries our stored idempotency key.
    """

    def create(self, request: PaymentRequest) -> ProviderPayment: ...

    def fetch(self, provider_id: str) -> ProviderPayment: ...

    def refund(
        self, provider_id: str, *, amount: Decimal, description: str, idempotency_key: str
    ) -> ProviderRefund: ...

    def fetch_refund(self, provider_id: str, refund_id: str) -> ProviderRefund: ...

    def find_refund(self, provider_id: str, *, idempotency_key: str) -> ProviderRefund | None:
        """The refund made under this key, however long ago; None when there is none."""

    def methods(self) -> tuple[str, ...]: ...


# A provider is made for one payment account: its stored settings (keys, profile) are the only argument.
ProviderFactory = Callable[[Mapping[str, Any]], PaymentProvider]
_providers: dict[str, ProviderFactory] = {}


def register_payment_provider(code: str, factory: ProviderFactory) -> None:
    _providers[code] = factory


def payment_provider(code: str, settings: Mapping[str, Any]) -> PaymentProvider:
    return _providers[code](settings)


@dataclass(frozen=True)
class Refusal:
    """Why an order may not go to payment yet; the basket reopens with its places."""

    code: str
    messages: Mapping[str, str] = field(default_factory=dict)


class BeforePayment(Protocol):
    """Called between preparing and awaiting_payment, outside any transaction."""

    def prepare(self, order_id: UUID, *, now: datetime) -> Refusal | None: ...

    def undo(self, order_id: UUID, *, now: datetime) -> None: ...


_before_payment: dict[str, BeforePayment] = {}


def register_before_payment(name: str, socket: BeforePayment) -> None:
    _before_payment[name] = socket


def before_payment_sockets() -> tuple[BeforePayment, ...]:
    return tuple(_before_payment.values())
