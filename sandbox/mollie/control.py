"""What a script may order: outcomes without a browser, chargebacks, bad days of the provider, webhooks on their way."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sandbox.mollie.account import OUTCOMES, Account, Unprocessable
from sandbox.mollie.checkout import read_wish
from sandbox.mollie.faults import Fault, Faults
from sandbox.store import Store
from sandbox.web import Request, Response, Route, json_response, route

Order = dict[str, str]


class ControlApi:
    """Every order takes its options as JSON or as a form: method, delay, copies, lost, amount, reason, force."""

    def __init__(self, store: Store, account: Account, faults: Faults) -> None:
        self.store = store
        self.account = account
        self.faults = faults

    def routes(self) -> list[Route]:
        return [
            route("GET", "/sandbox/payments.json", self.payments),
            route("GET", "/sandbox/webhooks.json", self.webhooks),
            _order("/sandbox/payments/{payment_id}/chargeback", self.charge_back),
            _order("/sandbox/payments/{payment_id}/webhook", self.call_webhook),
            _order("/sandbox/payments/{payment_id}/{outcome}", self.end_payment),
            _order("/sandbox/chargebacks/{chargeback_id}/reverse", self.reverse_chargeback),
            _order("/sandbox/refunds/{refund_id}/{outcome}", self.end_refund),
            _order("/sandbox/faults", self.order_faults),
        ]

    def payments(self, request: Request) -> Response:
        return json_response(self.store.latest("payment", 100))

    def webhooks(self, request: Request) -> Response:
        rows = self.store.run("SELECT * FROM errand WHERE kind = 'webhook' ORDER BY id DESC LIMIT 200")
        return json_response([dict(row) for row in rows])

    def end_payment(self, order: Order, payment_id: str, outcome: str) -> dict[str, Any]:
        if outcome not in OUTCOMES:
            raise Unprocessable(f"No such outcome: {outcome}", status=404)
        return self.account.end_payment(
            payment_id,
            OUTCOMES[outcome],
            method=order.get("method", ""),
            webhook=read_wish(order),
            force=bool(order.get("force")),
        )

    def charge_back(self, order: Order, payment_id: str) -> dict[str, Any]:
        return self.account.charge_back(payment_id, order.get("amount", ""), order.get("reason", ""), read_wish(order))

    def reverse_chargeback(self, order: Order, chargeback_id: str) -> dict[str, Any]:
        return self.account.reverse_chargeback(chargeback_id, read_wish(order))

    def end_refund(self, order: Order, refund_id: str, outcome: str) -> dict[str, Any]:
        if outcome not in ("refunded", "failed"):
            raise Unprocessable(f"No such outcome: {outcome}", status=404)
        return self.account.end_refund(refund_id, outcome, webhook=read_wish(order))

    def call_webhook(self, order: Order, payment_id: str) -> dict[str, Any]:
        payment = self.account.payment(payment_id)
        if payment is None:
            raise Unprocessable("No such payment", status=404)
        self.account.call_webhook(payment, read_wish(order))
        return payment

    def order_faults(self, order: Order) -> dict[str, Any]:
        try:
            fault, calls = Fault(order.get("fault", "unavailable")), int(order.get("calls", "1"))
        except ValueError as error:
            raise Unprocessable(str(error)) from None
        self.faults.order(fault, calls)
        return {"fault": fault, "calls": calls}


def _order(path: str, call: Callable[..., dict[str, Any]]) -> Route:
    def handler(request: Request, **ids: str) -> Response:
        try:
            return json_response(call(_options(request), **ids))
        except Unprocessable as problem:
            return json_response({"detail": problem.detail}, problem.status)

    return route("POST", path, handler)


def _options(request: Request) -> Order:
    if not request.body.lstrip().startswith(b"{"):
        return request.form()
    try:
        return {name: "" if value in (None, False) else str(value) for name, value in request.json().items()}
    except json.JSONDecodeError:
        raise Unprocessable("The options are not JSON", status=400) from None
