"""The provider's answers, field by field as its published description has them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.mollie.account import Entity, remaining
from sandbox.mollie.methods import Method

HAL = "application/hal+json"
DOCUMENTATION = {"href": "https://docs.mollie.com/", "type": "text/html"}


def amount(value: str | Decimal) -> dict[str, str]:
    return {"currency": "EUR", "value": str(value)}


def payment_shape(payment: Entity, base: str, *, embedded: dict[str, Any] | None = None) -> dict[str, Any]:
    address = f"{base}/v2/payments/{payment['id']}"
    shape = {
        "resource": "payment",
        "id": payment["id"],
        "mode": "test",
        "createdAt": payment["createdAt"],
        "amount": amount(payment["amount"]),
        "description": payment["description"],
        "metadata": payment["metadata"],
        "status": payment["status"],
        "isCancelable": False,
        "profileId": payment["owner"],
        "sequenceType": payment["sequenceType"],
        "redirectUrl": payment["redirectUrl"],
        "_links": _payment_links(payment, base, address),
    }
    optional = (
        "method",
        "locale",
        "cancelUrl",
        "webhookUrl",
        "customerId",
        "paidAt",
        "failedAt",
        "canceledAt",
        "expiredAt",
    )
    shape |= {field: payment[field] for field in optional if payment.get(field)}
    if payment["status"] == "open":
        shape["expiresAt"] = payment["expiresAt"]
    if payment["routing"]:
        shape["routing"] = [_route_shape(route, address) for route in payment["routing"]]
    if payment["status"] == "paid":
        shape["amountRefunded"] = amount(payment["refunded"])
        shape["amountRemaining"] = amount(remaining(payment))
    if Decimal(payment["chargedBack"]):
        shape["amountChargedBack"] = amount(payment["chargedBack"])
    if embedded:
        shape["_embedded"] = embedded
    return shape


def _payment_links(payment: Entity, base: str, address: str) -> dict[str, Any]:
    links = {"self": _hal(address), "dashboard": {"href": f"{base}/", "type": "text/html"}}
    if payment["status"] == "open":
        links["checkout"] = {"href": f"{base}/checkout/{payment['id']}", "type": "text/html"}
    if Decimal(payment["refunded"]):
        links["refunds"] = _hal(f"{address}/refunds")
    if Decimal(payment["chargedBack"]):
        links["chargebacks"] = _hal(f"{address}/chargebacks")
    return links


def _route_shape(route: Entity, payment_address: str) -> dict[str, Any]:
    return {
        "resource": "route",
        "id": route["id"],
        "mode": "test",
        "createdAt": route["createdAt"],
        "amount": amount(route["amount"]),
        "destination": {"type": "organization", "organizationId": route["organizationId"]},
        "_links": {"self": _hal(f"{payment_address}/routes/{route['id']}"), "payment": _hal(payment_address)},
    }


def refund_shape(refund: Entity, base: str) -> dict[str, Any]:
    payment_address = f"{base}/v2/payments/{refund['paymentId']}"
    return {
        "resource": "refund",
        "id": refund["id"],
        "mode": "test",
        "amount": amount(refund["amount"]),
        "status": refund["status"],
        "createdAt": refund["createdAt"],
        "description": refund["description"],
        "metadata": refund["metadata"],
        "paymentId": refund["paymentId"],
        "_links": {
            "self": _hal(f"{payment_address}/refunds/{refund['id']}"),
            "payment": _hal(payment_address),
            "documentation": DOCUMENTATION,
        },
    }


def chargeback_shape(chargeback: Entity, base: str) -> dict[str, Any]:
    payment_address = f"{base}/v2/payments/{chargeback['paymentId']}"
    return {
        "resource": "chargeback",
        "id": chargeback["id"],
        "amount": amount(chargeback["amount"]),
        "reason": chargeback["reason"],
        "createdAt": chargeback["createdAt"],
        "reversedAt": chargeback["reversedAt"],
        "paymentId": chargeback["paymentId"],
        "_links": {
            "self": _hal(f"{payment_address}/chargebacks/{chargeback['id']}"),
            "payment": _hal(payment_address),
            "documentation": DOCUMENTATION,
        },
    }


def customer_shape(customer: Entity, base: str) -> dict[str, Any]:
    return {
        "resource": "customer",
        "id": customer["id"],
        "mode": "test",
        "name": customer["name"],
        "email": customer["email"],
        "locale": customer["locale"] or "nl_BE",
        "metadata": customer["metadata"],
        "createdAt": customer["createdAt"],
        "_links": {
            "self": _hal(f"{base}/v2/customers/{customer['id']}"),
            "dashboard": {"href": f"{base}/", "type": "text/html"},
            "documentation": DOCUMENTATION,
        },
    }


def method_shape(method: Method, base: str) -> dict[str, Any]:
    image = f"{base}/sandbox/methods/{method.code}.svg"
    return {
        "resource": "method",
        "id": method.code,
        "description": method.title,
        "minimumAmount": amount("0.01"),
        "maximumAmount": amount("10000.00"),
        "image": {"size1x": image, "size2x": image, "svg": image},
        "status": "activated",
        "_links": {"self": _hal(f"{base}/v2/methods/{method.code}"), "documentation": DOCUMENTATION},
    }


def list_shape(name: str, items: list[dict[str, Any]], address: str) -> dict[str, Any]:
    links: dict[str, Any] = {"self": _hal(address), "documentation": DOCUMENTATION}
    if name != "methods":
        links |= {"previous": None, "next": None}
    return {"count": len(items), "_embedded": {name: items}, "_links": links}


def error_shape(status: int, title: str, detail: str, field: str = "") -> dict[str, Any]:
    shape = {"status": status, "title": title, "detail": detail, "_links": {"documentation": DOCUMENTATION}}
    return shape | {"field": field} if field else shape


def _hal(address: str) -> dict[str, str]:
    return {"href": address, "type": HAL}
