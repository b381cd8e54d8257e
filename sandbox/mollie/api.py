"""The provider's API as far as a ticket shop uses it: payments, refunds, chargebacks, methods, customers."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from sandbox.mollie import shapes
from sandbox.mollie.account import Account, Unprocessable, profile_of
from sandbox.mollie.faults import Fault, Faults
from sandbox.mollie.methods import METHODS
from sandbox.store import Store
from sandbox.web import REASONS, Refused, Request, Response, Route, json_response, route

KEY = re.compile(r"Bearer (test_\w+)\Z")
EMBEDDABLE = {"refunds": ("refund", shapes.refund_shape), "chargebacks": ("chargeback", shapes.chargeback_shape)}

Call = Callable[..., tuple[int, dict[str, Any]]]


class MollieApi:
    def __init__(self, store: Store, account: Account, faults: Faults) -> None:
        self.store = store
        self.account = account
        self.faults = faults

    def routes(self) -> list[Route]:
        return [
            self._route("POST", "/v2/payments", self.create_payment),
            self._route("GET", "/v2/payments", self.list_payments),
            self._route("GET", "/v2/payments/{payment_id}", self.get_payment),
            self._route("POST", "/v2/payments/{payment_id}/refunds", self.create_refund),
            self._route("GET", "/v2/payments/{payment_id}/refunds", self.list_refunds),
            self._route("GET", "/v2/payments/{payment_id}/refunds/{refund_id}", self.get_refund),
            self._route("GET", "/v2/payments/{payment_id}/chargebacks", self.list_chargebacks),
            self._route("GET", "/v2/payments/{payment_id}/chargebacks/{chargeback_id}", self.get_chargeback),
            self._route("GET", "/v2/methods", self.list_methods),
            self._route("POST", "/v2/customers", self.create_customer),
            self._route("GET", "/v2/customers/{customer_id}", self.get_customer),
        ]

    # -- calls ----------------------------------------------------------------------------------------------------

    def create_payment(self, request: Request, owner: str) -> tuple[int, dict[str, Any]]:
        payment = self.account.create_payment(owner, _payload(request))
        return 201, shapes.payment_shape(payment, request.base_url)

    def get_payment(self, request: Request, owner: str, payment_id: str) -> tuple[int, dict[str, Any]]:
        payment = self._payment(payment_id, owner)
        embedded = {}
        for name in request.query.get("embed", "").split(","):
            if name in EMBEDDABLE:
                kind, shape = EMBEDDABLE[name]
                embedded[name] = [shape(child, request.base_url) for child in self.store.children(kind, payment_id)]
        return 200, shapes.payment_shape(payment, request.base_url, embedded=embedded)

    def list_payments(self, request: Request, owner: str) -> tuple[int, dict[str, Any]]:
        payments = self.store.latest("payment", 50, owner)
        items = [shapes.payment_shape(payment, request.base_url) for payment in payments]
        return 200, shapes.list_shape("payments", items, f"{request.base_url}/v2/payments")

    def create_refund(self, request: Request, owner: str, payment_id: str) -> tuple[int, dict[str, Any]]:
        self._payment(payment_id, owner)
        return 201, shapes.refund_shape(self.account.refund(payment_id, _payload(request)), request.base_url)

    def list_refunds(self, request: Request, owner: str, payment_id: str) -> tuple[int, dict[str, Any]]:
        self._payment(payment_id, owner)
        refunds = self.store.children("refund", payment_id)
        items = [shapes.refund_shape(refund, request.base_url) for refund in refunds]
        return 200, shapes.list_shape("refunds", items, request.base_url + request.path)

    def get_refund(self, request: Request, owner: str, payment_id: str, refund_id: str) -> tuple[int, dict[str, Any]]:
        self._payment(payment_id, owner)
        refund = self.store.get("refund", refund_id)
        if refund is None or refund["paymentId"] != payment_id:
            raise Unprocessable(f"No refund exists with token {refund_id}.", status=404)
        return 200, shapes.refund_shape(refund, request.base_url)

    def list_chargebacks(self, request: Request, owner: str, payment_id: str) -> tuple[int, dict[str, Any]]:
        self._payment(payment_id, owner)
        chargebacks = self.store.children("chargeback", payment_id)
        items = [shapes.chargeback_shape(chargeback, request.base_url) for chargeback in chargebacks]
        return 200, shapes.list_shape("chargebacks", items, request.base_url + request.path)

    def get_chargeback(
        self, request: Request, owner: str, payment_id: str, chargeback_id: str
    ) -> tuple[int, dict[str, Any]]:
        self._payment(payment_id, owner)
        chargeback = self.store.get("chargeback", chargeback_id)
        if chargeback is None or chargeback["paymentId"] != payment_id:
            raise Unprocessable(f"No chargeback exists with token {chargeback_id}.", status=404)
        return 200, shapes.chargeback_shape(chargeback, request.base_url)

    def list_methods(self, request: Request, owner: str) -> tuple[int, dict[str, Any]]:
        items = [shapes.method_shape(method, request.base_url) for method in METHODS.values()]
        return 200, shapes.list_shape("methods", items, f"{request.base_url}/v2/methods")

    def create_customer(self, request: Request, owner: str) -> tuple[int, dict[str, Any]]:
        customer = self.account.create_customer(owner, _payload(request))
        return 201, shapes.customer_shape(customer, request.base_url)

    def get_customer(self, request: Request, owner: str, customer_id: str) -> tuple[int, dict[str, Any]]:
        customer = self.store.get("customer", customer_id)
        if customer is None or customer["owner"] != owner:
            raise Unprocessable(f"No customer exists with token {customer_id}.", status=404)
        return 200, shapes.customer_shape(customer, request.base_url)

    def _payment(self, payment_id: str, owner: str) -> dict[str, Any]:
        payment = self.account.payment(payment_id, owner)
        if payment is None:
            raise Unprocessable(f"No payment exists with token {payment_id}.", status=404)
        return payment

    # -- around every call ----------------------------------------------------------------------------------------

    def _route(self, method: str, path: str, call: Call) -> Route:
        def handler(request: Request, **ids: str) -> Response:
            owner = _owner(request)
            fault = self.faults.take()
            if fault is Fault.UNAVAILABLE:
                return _problem(503, "The service is down for a moment")
            if fault is Fault.BUSY:
                return _problem(429, "You have exceeded the rate limit. Please slow down your requests.")
            if fault is Fault.GARBAGE:
                return Response(b"<html>upstream", 200, shapes.HAL)
            response = self._once(request, owner, lambda: self._answer(call, request, owner, ids))
            return _problem(503, "The answer got lost") if fault is Fault.LOST_ANSWER else response

        return route(method, path, handler)

    def _once(self, request: Request, owner: str, answer: Callable[[], Response]) -> Response:
        """The same idempotency key gets the same answer, and the thing is made once."""
        key = request.headers.get("idempotency-key", "")
        if not key or request.method == "GET":
            return answer()
        fingerprint = sha256(f"{request.path}\n".encode() + request.body).hexdigest()
        with self.store.change():
            known = self.store.run("SELECT * FROM answer WHERE owner = ? AND key = ?", owner, key)
            if known and known[0]["request"] != fingerprint:
                return _problem(400, "The idempotency key was used before for another request")
            if known:
                return Response(
                    known[0]["body"], known[0]["status"], shapes.HAL, headers={"Idempotent-Replayed": "true"}
                )
            response = answer()
            self.store.run(
                "INSERT INTO answer (owner, key, request, status, body, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                owner,
                key,
                fingerprint,
                response.status,
                response.body,
                time.time(),
            )
        return response

    def _answer(self, call: Call, request: Request, owner: str, ids: dict[str, str]) -> Response:
        try:
            status, shape = call(request, owner, **ids)
        except Unprocessable as problem:
            return _problem(problem.status, problem.detail, problem.field)
        return json_response(shape, status, shapes.HAL)


def _owner(request: Request) -> str:
    match = KEY.match(request.headers.get("authorization", ""))
    if match is None:
        raise Refused(_problem(401, "Missing authentication, or failed to authenticate"))
    return profile_of(match[1])


def _payload(request: Request) -> dict[str, Any]:
    try:
        payload = request.json()
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        raise Unprocessable("The request body is not JSON", status=400) from None
    if not isinstance(payload, dict):
        raise Unprocessable("The request body is not an object", status=400)
    return payload


def _problem(status: int, detail: str, field: str = "") -> Response:
    title = "Too Many Requests" if status == 429 else REASONS[status]
    return json_response(shapes.error_shape(status, title, detail, field), status, shapes.HAL)
