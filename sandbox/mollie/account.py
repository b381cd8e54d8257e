"""What happens at the provider: payments, refunds and chargebacks, and the webhooks that tell of them."""

from __future__ import annotations

import secrets
import string
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from sandbox.configuration import Configuration
from sandbox.mollie.methods import METHODS
from sandbox.store import Store

Entity = dict[str, Any]

OUTCOMES = {"paid": "paid", "failed": "failed", "cancelled": "canceled", "canceled": "canceled", "expired": "expired"}
MOMENTS = {"paid": "paidAt", "failed": "failedAt", "canceled": "canceledAt", "expired": "expiredAt"}
MAX_AMOUNT = Decimal("10000.00")
ALPHABET = string.ascii_letters + string.digits


class Unprocessable(Exception):
    """The provider's 422: the request is understood and refused."""

    def __init__(self, detail: str, field: str = "", status: int = 422) -> None:
        self.detail = detail
        self.field = field
        self.status = status
        super().__init__(detail)


@dataclass(frozen=True)
class WebhookWish:
    """How the webhook of a change travels: late, more than once, or never."""

    delay: float = 0
    copies: int = 1
    lost: bool = False


AT_ONCE = WebhookWish()


def profile_of(api_key: str) -> str:
    """Every key is an account of its own: what one made, another cannot see."""
    return "pfl_" + sha256(api_key.encode()).hexdigest()[:10]


class Account:
    def __init__(self, store: Store, configuration: Configuration) -> None:
        self.store = store
        self.configuration = configuration

    def create_payment(self, owner: str, data: Entity) -> Entity:
        moment = _moment()
        payment: Entity = {
            "id": _new_id("tr_"),
            "owner": owner,
            "status": "open",
            "amount": _amount(data.get("amount")),
            "refunded": "0.00",
            "chargedBack": "0.00",
            "description": _text(data, "description"),
            "redirectUrl": _address(data, "redirectUrl", required=True),
            "cancelUrl": _address(data, "cancelUrl"),
            "webhookUrl": _address(data, "webhookUrl"),
            "locale": data.get("locale") or None,
            "method": _method(data.get("method")),
            "metadata": data.get("metadata"),
            "customerId": data.get("customerId"),
            "sequenceType": data.get("sequenceType") or "oneoff",
            "routing": _routing(data, owner),
            "createdAt": _iso(moment),
            "expiresAt": _iso(moment + timedelta(seconds=self.configuration.expiry_seconds)),
        }
        with self.store.change():
            self.store.put("payment", payment, owner=owner)
            due_at = moment.timestamp() + self.configuration.expiry_seconds
            self.store.send_on_errand("expire", payment["id"], due_at=due_at)
        return payment

    def payment(self, payment_id: str, owner: str = "") -> Entity | None:
        payment = self.store.get("payment", payment_id)
        return payment if payment and owner in ("", payment["owner"]) else None

    def end_payment(
        self, payment_id: str, status: str, *, method: str = "", webhook: WebhookWish = AT_ONCE, force: bool = False
    ) -> Entity:
        """The buyer's (or the clock's) last word. A payment ends once, unless a script forces it."""
        with self.store.change():
            payment = self._existing(payment_id)
            if payment["status"] not in ("open", "pending") and not force:
                raise Unprocessable(f"The payment is already {payment['status']}", status=409)
            payment["status"] = status
            payment[MOMENTS[status]] = _iso(_moment())
            payment["method"] = method or payment["method"] or next(iter(METHODS))
            self.store.put("payment", payment, owner=payment["owner"])
            self.call_webhook(payment, webhook)
        return payment

    def expire(self, payment_id: str) -> None:
        """The provider's clock; a buyer who was quicker keeps what they did."""
        with self.store.change():
            if self._existing(payment_id)["status"] in ("open", "pending"):
                self.end_payment(payment_id, "expired")

    def refund(self, payment_id: str, data: Entity) -> Entity:
        with self.store.change():
            payment = self._existing(payment_id)
            amount = _amount(data.get("amount"))
            if payment["status"] != "paid":
                raise Unprocessable("The payment cannot be refunded: it is not paid")
            if Decimal(amount) > remaining(payment):
                raise Unprocessable("The amount is higher than the remaining amount", "amount")
            refund: Entity = {
                "id": _new_id("re_"),
                "paymentId": payment_id,
                "status": "pending",
                "amount": amount,
                "description": str(data.get("description") or "")[:255],
                "metadata": data.get("metadata"),
                "createdAt": _iso(_moment()),
            }
            payment["refunded"] = str(Decimal(payment["refunded"]) + Decimal(amount))
            self.store.put("payment", payment, owner=payment["owner"])
            self.store.put("refund", refund, owner=payment["owner"], parent=payment_id)
            due_at = time.time() + self.configuration.refund_seconds
            self.store.send_on_errand("settle", refund["id"], due_at=due_at)
        return refund

    def end_refund(self, refund_id: str, status: str, *, webhook: WebhookWish = AT_ONCE) -> Entity:
        with self.store.change():
            refund = self.store.get("refund", refund_id)
            if refund is None:
                raise Unprocessable("No such refund", status=404)
            if refund["status"] != "pending":
                return refund
            payment = self._existing(refund["paymentId"])
            refund["status"] = status
            if status == "failed":
                payment["refunded"] = str(Decimal(payment["refunded"]) - Decimal(refund["amount"]))
                self.store.put("payment", payment, owner=payment["owner"])
            self.store.put("refund", refund, owner=payment["owner"])
            self.call_webhook(payment, webhook)
        return refund

    def charge_back(
        self, payment_id: str, amount: str = "", reason: str = "", webhook: WebhookWish = AT_ONCE
    ) -> Entity:
        """The buyer's bank takes the money back."""
        with self.store.change():
            payment = self._existing(payment_id)
            if payment["status"] != "paid":
                raise Unprocessable("Only a paid payment can be charged back", status=409)
            value = _amount({"currency": "EUR", "value": amount or payment["amount"]})
            chargeback = {
                "id": _new_id("chb_"),
                "paymentId": payment_id,
                "amount": value,
                "reason": {"code": "MD06", "description": reason} if reason else None,
                "createdAt": _iso(_moment()),
                "reversedAt": None,
            }
            payment["chargedBack"] = str(Decimal(payment["chargedBack"]) + Decimal(value))
            self.store.put("payment", payment, owner=payment["owner"])
            self.store.put("chargeback", chargeback, owner=payment["owner"], parent=payment_id)
            self.call_webhook(payment, webhook)
        return chargeback

    def reverse_chargeback(self, chargeback_id: str, webhook: WebhookWish = AT_ONCE) -> Entity:
        with self.store.change():
            chargeback = self.store.get("chargeback", chargeback_id)
            if chargeback is None:
                raise Unprocessable("No such chargeback", status=404)
            if chargeback["reversedAt"] is None:
                payment = self._existing(chargeback["paymentId"])
                chargeback["reversedAt"] = _iso(_moment())
                payment["chargedBack"] = str(Decimal(payment["chargedBack"]) - Decimal(chargeback["amount"]))
                self.store.put("payment", payment, owner=payment["owner"])
                self.store.put("chargeback", chargeback, owner=payment["owner"])
                self.call_webhook(payment, webhook)
        return chargeback

    def create_customer(self, owner: str, data: Entity) -> Entity:
        customer = {
            "id": _new_id("cst_"),
            "owner": owner,
            "name": data.get("name"),
            "email": data.get("email"),
            "locale": data.get("locale"),
            "metadata": data.get("metadata"),
            "createdAt": _iso(_moment()),
        }
        self.store.put("customer", customer, owner=owner)
        return customer

    def call_webhook(self, payment: Entity, wish: WebhookWish = AT_ONCE) -> None:
        if payment["webhookUrl"] and not wish.lost:
            for _ in range(wish.copies):
                self.store.send_on_errand(
                    "webhook", payment["id"], due_at=time.time() + wish.delay, url=payment["webhookUrl"]
                )

    def _existing(self, payment_id: str) -> Entity:
        payment = self.store.get("payment", payment_id)
        if payment is None:
            raise Unprocessable(f"No payment exists with token {payment_id}.", status=404)
        return payment


def remaining(payment: Entity) -> Decimal:
    return Decimal(payment["amount"]) - Decimal(payment["refunded"]) - Decimal(payment["chargedBack"])


def _new_id(prefix: str) -> str:
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(14))


def _moment() -> datetime:
    return datetime.now(UTC)


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()


def _amount(given: Any) -> str:
    """The provider takes text with exactly two places and nothing else."""
    if not isinstance(given, dict) or given.get("currency") != "EUR" or not isinstance(given.get("value"), str):
        raise Unprocessable("The amount must have the currency EUR and a value as text", "amount")
    try:
        value = Decimal(given["value"])
    except InvalidOperation:
        raise Unprocessable("The amount is not a number", "amount") from None
    if not value.is_finite() or value.as_tuple().exponent != -2:
        raise Unprocessable("The amount must have two decimals", "amount")
    if value <= 0:
        raise Unprocessable("The amount is lower than the minimum", "amount")
    if value > MAX_AMOUNT:
        raise Unprocessable("The amount is higher than the maximum", "amount")
    return str(value)


def _text(data: Entity, field: str) -> str:
    value = data.get(field)
    if not isinstance(value, str) or not value.strip():
        raise Unprocessable(f"The {field} is missing", field)
    if len(value) > 255:
        raise Unprocessable(f"The {field} is too long", field)
    return value


def _address(data: Entity, field: str, *, required: bool = False) -> str | None:
    value = data.get(field)
    if not value and not required:
        return None
    if not isinstance(value, str) or urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc:
        raise Unprocessable(f"The {field} is not a valid address", field)
    return value


def _method(given: Any) -> str | None:
    if not given:
        return None
    if not isinstance(given, str) or given not in METHODS:
        raise Unprocessable("The payment method is not active in your account", "method")
    return given


def _routing(data: Entity, owner: str) -> list[Entity] | None:
    parts = data.get("routing")
    if not parts:
        return None
    try:
        routed = [
            {
                "id": _new_id("rt_"),
                "amount": _amount(part["amount"]),
                "organizationId": str(part["destination"]["organizationId"]),
                "createdAt": _iso(_moment()),
            }
            for part in parts
        ]
    except (KeyError, TypeError):
        raise Unprocessable("The routing is not complete", "routing") from None
    if sum((Decimal(part["amount"]) for part in routed), Decimal(0)) > Decimal(_amount(data.get("amount"))):
        raise Unprocessable("The routing is higher than the amount", "routing")
    return routed
