"""A Mollie in memory for tests: behaves as the gateway does, and lets a test be the buyer, the bank or a bad day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count

from outbox.errors import Rejected, Unavailable
from ticketing.ports import (
    PaymentRequest,
    ProviderChargeback,
    ProviderPayment,
    ProviderRefund,
    ProviderState,
    RefundState,
)

EXPIRY = timedelta(minutes=15)
METHODS = ("bancontact", "ideal", "card", "kbc", "belfius")


@dataclass
class FakeMollie:
    clock: Callable[[], datetime]
    payments: dict[str, ProviderPayment] = field(default_factory=dict)
    requests: dict[str, PaymentRequest] = field(default_factory=dict)
    refunds: dict[str, tuple[str, ProviderRefund]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    _by_key: dict[str, str] = field(default_factory=dict)
    _refund_keys: dict[str, str] = field(default_factory=dict)
    _bad_calls: int = 0
    _lost_answers: int = 0
    _numbers: count[int] = field(default_factory=lambda: count(1))

    # -- what the shop may do ---------------------------------------------------------------------------------------

    def create(self, request: PaymentRequest) -> ProviderPayment:
        self._arrive("create")
        if request.idempotency_key not in self._by_key:
            self._make(request)
        self._answer()
        return self.payments[self._by_key[request.idempotency_key]]

    def fetch(self, provider_id: str) -> ProviderPayment:
        self._arrive("fetch")
        self._answer()
        return self._known(provider_id)

    def refund(self, provider_id: str, *, amount: Decimal, description: str, idempotency_key: str) -> ProviderRefund:
        self._arrive("refund")
        if idempotency_key not in self._by_key:
            self._pay_back(provider_id, amount, idempotency_key)
        self._answer()
        return self.refunds[self._by_key[idempotency_key]][1]

    def fetch_refund(self, provider_id: str, refund_id: str) -> ProviderRefund:
        self._arrive("fetch_refund")
        self._answer()
        owner, refund = self.refunds.get(refund_id, ("", None))
        if refund is None or owner != provider_id:
            raise Rejected("Mollie answered 404", status=404)
        return refund

    def find_refund(self, provider_id: str, *, idempotency_key: str) -> ProviderRefund | None:
        self._arrive("find_refund")
        self._answer()
        self._known(provider_id)
        owner, refund = self.refunds.get(self._refund_keys.get(idempotency_key, ""), ("", None))
        return refund if owner == provider_id else None

    def methods(self) -> tuple[str, ...]:
        self._arrive("methods")
        self._answer()
        return METHODS

    # -- what the buyer and the bank may do ---------------------------------------------------------------------------

    def end(self, provider_id: str, state: ProviderState, *, method: str = "bancontact") -> None:
        payment = self._known(provider_id)
        if not payment.state.is_final:
            paid_at = self.clock() if state is ProviderState.PAID else None
            self.payments[provider_id] = replace(
                payment, state=state, method=method, paid_at=paid_at, checkout_url="", expires_at=None
            )

    def charge_back(self, provider_id: str, *, amount: Decimal | None = None, reason: str = "") -> str:
        payment = self._known(provider_id)
        value = amount or payment.amount
        chargeback = ProviderChargeback(f"chb_{next(self._numbers)}", value, self.clock(), reason)
        self.payments[provider_id] = replace(
            payment,
            amount_charged_back=payment.amount_charged_back + value,
            chargebacks=(*payment.chargebacks, chargeback),
        )
        return chargeback.provider_id

    def reverse_chargeback(self, provider_id: str, chargeback_id: str) -> None:
        payment = self._known(provider_id)
        ended = tuple(
            replace(item, reversed_at=self.clock()) if item.provider_id == chargeback_id else item
            for item in payment.chargebacks
        )
        open_amount = sum((item.amount for item in ended if item.reversed_at is None), Decimal("0.00"))
        self.payments[provider_id] = replace(payment, chargebacks=ended, amount_charged_back=open_amount)

    def end_refund(self, refund_id: str, state: RefundState) -> None:
        provider_id, refund = self.refunds[refund_id]
        if refund.state is not RefundState.PENDING:
            return
        self.refunds[refund_id] = (provider_id, replace(refund, state=state))
        if state is RefundState.FAILED:
            payment = self._known(provider_id)
            self.payments[provider_id] = replace(payment, amount_refunded=payment.amount_refunded - refund.amount)

    # -- bad days ---------------------------------------------------------------------------------------------------

    def break_down(self, calls: int = 1) -> None:
        """The next calls do nothing and fail."""
        self._bad_calls = calls

    def lose_answers(self, calls: int = 1) -> None:
        """The next calls do what was asked, and nobody hears of it."""
        self._lost_answers = calls

    def forget_keys(self) -> None:
        """The hour is over in which a key gives the same answer."""
        self._by_key.clear()

    def start_anew(self) -> None:
        """Forget everything, for a test that plays many times."""
        for memory in (self.payments, self.requests, self.refunds, self._by_key, self._refund_keys):
            memory.clear()
        self.calls.clear()
        self._bad_calls = self._lost_answers = 0

    # -- inside -----------------------------------------------------------------------------------------------------

    def _arrive(self, call: str) -> None:
        self.calls.append(call)
        if self._bad_calls:
            self._bad_calls -= 1
            raise Unavailable("Mollie answered 503")

    def _answer(self) -> None:
        if self._lost_answers:
            self._lost_answers -= 1
            raise Unavailable("no answer from Mollie")

    def _make(self, request: PaymentRequest) -> None:
        if request.amount <= 0:
            raise Rejected("Mollie answered 422 (amount)", status=422)
        provider_id = f"tr_fake{next(self._numbers)}"
        self._by_key[request.idempotency_key] = provider_id
        self.requests[provider_id] = request
        self.payments[provider_id] = ProviderPayment(
            provider_id=provider_id,
            state=ProviderState.OPEN,
            amount=request.amount,
            method=request.method,
            checkout_url=f"https://checkout.example/{provider_id}",
            expires_at=self.clock() + EXPIRY,
        )

    def _pay_back(self, provider_id: str, amount: Decimal, idempotency_key: str) -> None:
        payment = self._known(provider_id)
        left = payment.amount - payment.amount_refunded - payment.amount_charged_back
        if payment.state is not ProviderState.PAID or not Decimal(0) < amount <= left:
            raise Rejected("Mollie answered 422 (amount)", status=422)
        refund = ProviderRefund(f"re_fake{next(self._numbers)}", RefundState.PENDING, amount)
        self._by_key[idempotency_key] = self._refund_keys[idempotency_key] = refund.provider_id
        self.refunds[refund.provider_id] = (provider_id, refund)
        self.payments[provider_id] = replace(payment, amount_refunded=payment.amount_refunded + amount)

    def _known(self, provider_id: str) -> ProviderPayment:
        if provider_id not in self.payments:
            raise Rejected("Mollie answered 404", status=404)
        return self.payments[provider_id]
