"""A sick provider may cost a few web threads for a while, never all of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from threading import BoundedSemaphore

from outbox.errors import InsideTransaction, Unavailable
from outbox.transactions import transaction_is_open
from ticketing.ports import PaymentProvider, PaymentRequest, ProviderPayment, ProviderRefund

# A web process has four threads. Two may wait for the provider's full time-out; the others wait this long at most.
CALLS_AT_ONCE = 2
WAIT_SECONDS = 0.5

_slots = BoundedSemaphore(CALLS_AT_ONCE)


class PatientProvider:
    """Lets a provider be called by a few threads of this process at once, and never inside a transaction."""

    def __init__(self, provider: PaymentProvider, slots: BoundedSemaphore = _slots) -> None:
        self._provider = provider
        self._slots = slots

    def create(self, request: PaymentRequest) -> ProviderPayment:
        with self._slot():
            return self._provider.create(request)

    def fetch(self, provider_id: str) -> ProviderPayment:
        with self._slot():
            return self._provider.fetch(provider_id)

    def refund(self, provider_id: str, *, amount: Decimal, description: str, idempotency_key: str) -> ProviderRefund:
        with self._slot():
            return self._provider.refund(
                provider_id, amount=amount, description=description, idempotency_key=idempotency_key
            )

    def fetch_refund(self, provider_id: str, refund_id: str) -> ProviderRefund:
        with self._slot():
            return self._provider.fetch_refund(provider_id, refund_id)

    def find_refund(self, provider_id: str, *, idempotency_key: str) -> ProviderRefund | None:
        with self._slot():
            return self._provider.find_refund(provider_id, idempotency_key=idempotency_key)

    def methods(self) -> tuple[str, ...]:
        with self._slot():
            return self._provider.methods()

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if transaction_is_open():
            raise InsideTransaction("no call to a payment provider while a transaction is open")
        if not self._slots.acquire(timeout=WAIT_SECONDS):
            raise Unavailable("too many calls to the payment provider at once")
        try:
            yield
        finally:
            self._slots.release()
