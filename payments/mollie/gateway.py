"""Mollie's API in our words, on Mollie's own library. Ends in an answer, `Unavailable` or `Rejected`, nothing else."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from typing import Any

from mollie.api.client import Client
from mollie.api.error import Error, RequestError, RequestSetupError, ResponseError
from mollie.api.objects.payment import Payment
from mollie.api.resources import PaymentRefunds

from outbox.errors import Rejected, Unavailable
from payments.mollie import words
from ticketing.ports import PaymentRequest, ProviderChargeback, ProviderPayment, ProviderRefund, Split

TIMEOUT = (2, 10)
# 409 is a twin of this call that is still under way: the same key gets its answer a moment later.
TRY_LATER = frozenset({408, 409, 423, 425, 429})
LONGEST_LIST = 250
# How long a client waits for its next call with its connection open: well under what servers allow, so that none is
# closed under a call. A new one costs a handshake, and reading every certificate authority of this machine.
SPARE_SECONDS = 20


class MollieGateway:
    """The `PaymentProvider` for one account at Mollie. Clients at rest are `_spare`, with when each was last used."""

    def __init__(self, *, api_key: str, api_endpoint: str) -> None:
        self._api_key = api_key
        self._api_endpoint = api_endpoint
        self._spare: deque[tuple[Client, float]] = deque()

    def create(self, request: PaymentRequest) -> ProviderPayment:
        with self._call() as client:
            answer = client.payments.create(_creation(request), idempotency_key=request.idempotency_key)
            return words.payment(answer)

    def fetch(self, provider_id: str) -> ProviderPayment:
        with self._call() as client:
            answer = client.payments.get(provider_id, embed="chargebacks")
            return words.payment(answer, _chargebacks(answer))

    def refund(self, provider_id: str, *, amount: Decimal, description: str, idempotency_key: str) -> ProviderRefund:
        data = {
            "amount": words.amount(amount),
            "description": description[: words.LONGEST_DESCRIPTION],
            "metadata": {"key": idempotency_key},
        }
        with self._call() as client:
            return words.refund(_refunds(client, provider_id).create(data, idempotency_key=idempotency_key))

    def fetch_refund(self, provider_id: str, refund_id: str) -> ProviderRefund:
        with self._call() as client:
            return words.refund(_refunds(client, provider_id).get(refund_id))

    def find_refund(self, provider_id: str, *, idempotency_key: str) -> ProviderRefund | None:
        """Mollie forgets idempotency keys within the hour, so each refund carries its own."""
        with self._call() as client:
            for listed in _refunds(client, provider_id).list(limit=LONGEST_LIST):
                if (listed.get("metadata") or {}).get("key") == idempotency_key:
                    return words.refund(listed)
        return None

    def methods(self) -> tuple[str, ...]:
        with self._call() as client:
            return tuple(words.method(offered["id"]) for offered in client.methods.list())

    @contextmanager
    def _call(self) -> Iterator[Client]:
        """A client to itself: the library does not promise to be thread-safe. After a failure it is not used again."""
        try:
            client = self._rested() or self._made()
            yield client
            self._spare.append((client, time.monotonic()))
        except RequestSetupError:
            # The library's own sentence may hold the key.
            raise Rejected("the key or an id has the wrong form") from None
        except RequestError as error:
            raise Unavailable("no answer from Mollie") from error
        except ResponseError as error:
            raise _judged(error) from error
        except (Error, KeyError, TypeError, ValueError, AttributeError) as error:
            raise Unavailable("an unreadable answer from Mollie") from error

    def _rested(self) -> Client | None:
        with suppress(IndexError):
            client, used_at = self._spare.pop()
            if time.monotonic() - used_at < SPARE_SECONDS:
                return client
            self._spare.clear()  # the others have waited longer still
        return None

    def _made(self) -> Client:
        """It never retries by itself; we do."""
        client = Client(api_endpoint=self._api_endpoint, timeout=TIMEOUT, retry=0)
        client.set_api_key(self._api_key)
        return client


def _refunds(client: Client, provider_id: str) -> PaymentRefunds:
    """Reached through the id alone, which saves fetching the payment first."""
    payment = Payment({"id": provider_id}, client)  # type: ignore[no-untyped-call]  # the library types no objects
    return PaymentRefunds(client, payment)


def _creation(request: PaymentRequest) -> dict[str, Any]:
    creation: dict[str, Any] = {
        "amount": words.amount(request.amount),
        "description": request.description[: words.LONGEST_DESCRIPTION],
        "redirectUrl": request.return_url,
        "webhookUrl": request.webhook_url,
        "metadata": {"payment": str(request.payment_id), "order": request.order_reference},
    }
    if locale := words.LOCALES.get(request.language):
        creation["locale"] = locale
    if request.method:
        creation["method"] = words.vendor_method(request.method)
    if request.splits:
        creation["routing"] = [_route(split) for split in request.splits]
    return creation


def _route(split: Split) -> dict[str, Any]:
    destination = {"type": "organization", "organizationId": split.destination}
    return {"amount": words.amount(split.amount), "destination": destination}


def _chargebacks(answer: Payment) -> tuple[ProviderChargeback, ...]:
    embedded = answer.get("_embedded", {}).get("chargebacks")
    if embedded is None:
        linked = "chargebacks" in answer.get("_links", {})
        embedded = answer.chargebacks.list(limit=LONGEST_LIST) if linked else ()
    return tuple(words.chargeback(item) for item in embedded)


def _judged(error: ResponseError) -> Exception:
    status = error.status if isinstance(error.status, int) else 0
    if status >= 500 or status in TRY_LATER:
        return Unavailable(f"Mollie answered {status}")
    field = f" ({error.field})" if error.field else ""
    return Rejected(f"Mollie answered {status}{field}", status=status)
