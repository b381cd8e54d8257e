"""The stand-in answers as the provider's published description says, and refuses what the provider refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.running import RunningSandbox, eventually

KEY = "test_shop"


def creation(**changes: Any) -> dict[str, Any]:
    return {
        "amount": {"currency": "EUR", "value": "33.60"},
        "description": "Order K7Q2XP",
        "redirectUrl": "https://shop.example/return",
        "locale": "nl_BE",
    } | changes


def create(sandbox: RunningSandbox, **changes: Any) -> dict[str, Any]:
    answer = sandbox.post("/v2/payments", creation(**changes), key=KEY)
    assert answer.status == 201, answer.text
    return answer.json()


def paid(sandbox: RunningSandbox, **changes: Any) -> dict[str, Any]:
    payment = create(sandbox, **changes)
    sandbox.order(f"payments/{payment['id']}/paid", method="bancontact")
    return payment


def test_new_payment_is_open_and_has_a_checkout(sandbox: RunningSandbox) -> None:
    payment = create(sandbox)

    assert payment["status"] == "open"
    assert payment["id"].startswith("tr_")
    assert payment["_links"]["checkout"]["href"] == f"{sandbox.url}/checkout/{payment['id']}"
    assert sandbox.get(f"/v2/payments/{payment['id']}", key=KEY).json() == payment


@pytest.mark.parametrize("key", ["", "live_shop", "test-shop", "shop"])
def test_only_test_keys_are_let_in(sandbox: RunningSandbox, key: str) -> None:
    answer = sandbox.post("/v2/payments", creation(), key=key)

    assert (answer.status, answer.json()["title"]) == (401, "Unauthorized")


def test_a_key_sees_only_its_own_payments(sandbox: RunningSandbox) -> None:
    payment = create(sandbox)

    assert sandbox.get(f"/v2/payments/{payment['id']}", key="test_other").status == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": {"currency": "EUR", "value": "33.6"}}, "amount"),
        ({"amount": {"currency": "EUR", "value": 33.6}}, "amount"),
        ({"amount": {"currency": "USD", "value": "33.60"}}, "amount"),
        ({"amount": {"currency": "EUR", "value": "0.00"}}, "amount"),
        ({"amount": {"currency": "EUR", "value": "-1.00"}}, "amount"),
        ({"amount": {"currency": "EUR", "value": "99999999.00"}}, "amount"),
        ({"amount": {"currency": "EUR", "value": "NaN"}}, "amount"),
        ({"description": ""}, "description"),
        ({"description": "x" * 256}, "description"),
        ({"redirectUrl": "javascript:alert(1)"}, "redirectUrl"),
        ({"webhookUrl": "file:///etc/passwd"}, "webhookUrl"),
        ({"method": "cowries"}, "method"),
        ({"routing": [{"amount": {"currency": "EUR", "value": "40.00"}}]}, "routing"),
    ],
)
def test_bad_payment_is_refused_by_its_field(sandbox: RunningSandbox, changes: dict[str, Any], field: str) -> None:
    answer = sandbox.post("/v2/payments", creation(**changes), key=KEY)

    assert (answer.status, answer.json()["field"]) == (422, field)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000])
def test_body_that_is_no_object_is_refused(sandbox: RunningSandbox, body: bytes) -> None:
    assert sandbox.post("/v2/payments", body or b" ", key=KEY).status == 400


def test_same_idempotency_key_makes_one_payment(sandbox: RunningSandbox) -> None:
    first = sandbox.post("/v2/payments", creation(), key=KEY, idempotency_key="once")
    again = sandbox.post("/v2/payments", creation(), key=KEY, idempotency_key="once")
    other = sandbox.post("/v2/payments", creation(), key=KEY, idempotency_key="twice")

    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert other.json()["id"] != first.json()["id"]


def test_idempotency_key_of_another_request_is_refused(sandbox: RunningSandbox) -> None:
    sandbox.post("/v2/payments", creation(), key=KEY, idempotency_key="taken")

    answer = sandbox.post("/v2/payments", creation(description="Something else"), key=KEY, idempotency_key="taken")

    assert answer.status == 400


def test_refund_is_pending_and_then_refunded(sandbox: RunningSandbox) -> None:
    payment = paid(sandbox)
    path = f"/v2/payments/{payment['id']}/refunds"

    refund = sandbox.post(path, {"amount": {"currency": "EUR", "value": "10.00"}}, key=KEY).json()

    assert refund["status"] == "pending"
    refunded = eventually(lambda: _with_status(sandbox.get(f"{path}/{refund['id']}", key=KEY).json(), "refunded"))
    assert refunded == refund | {"status": "refunded"}
    now = sandbox.get(f"/v2/payments/{payment['id']}", key=KEY).json()
    assert (now["amountRefunded"]["value"], now["amountRemaining"]["value"]) == ("10.00", "23.60")


def _with_status(shape: dict[str, Any], status: str) -> dict[str, Any] | None:
    return shape if shape["status"] == status else None


def test_no_more_is_refunded_than_was_paid(sandbox: RunningSandbox) -> None:
    payment = paid(sandbox)
    path = f"/v2/payments/{payment['id']}/refunds"
    sandbox.post(path, {"amount": {"currency": "EUR", "value": "30.00"}}, key=KEY)

    answer = sandbox.post(path, {"amount": {"currency": "EUR", "value": "3.61"}}, key=KEY)

    assert (answer.status, answer.json()["field"]) == (422, "amount")


def test_unpaid_payment_is_not_refunded(sandbox: RunningSandbox) -> None:
    payment = create(sandbox)

    answer = sandbox.post(
        f"/v2/payments/{payment['id']}/refunds", {"amount": {"currency": "EUR", "value": "1.00"}}, key=KEY
    )

    assert answer.status == 422


def test_chargeback_shows_on_the_payment_until_it_is_reversed(sandbox: RunningSandbox) -> None:
    payment = paid(sandbox)
    path = f"/v2/payments/{payment['id']}"

    chargeback = sandbox.order(f"payments/{payment['id']}/chargeback", reason="Not my booking")

    now = sandbox.get(f"{path}?embed=chargebacks", key=KEY).json()
    assert now["amountChargedBack"]["value"] == "33.60"
    assert [item["id"] for item in now["_embedded"]["chargebacks"]] == [chargeback["id"]]
    sandbox.order(f"chargebacks/{chargeback['id']}/reverse")
    assert "amountChargedBack" not in sandbox.get(path, key=KEY).json()


def test_payment_ends_once(sandbox: RunningSandbox) -> None:
    payment = paid(sandbox)

    assert sandbox.post(f"/sandbox/payments/{payment['id']}/failed").status == 409
    assert sandbox.get(f"/v2/payments/{payment['id']}", key=KEY).json()["status"] == "paid"


def test_script_may_force_what_hardly_ever_happens(sandbox: RunningSandbox) -> None:
    payment = create(sandbox)
    sandbox.order(f"payments/{payment['id']}/expired")

    sandbox.order(f"payments/{payment['id']}/paid", force=True)

    assert sandbox.get(f"/v2/payments/{payment['id']}", key=KEY).json()["status"] == "paid"


@pytest.mark.parametrize("path", ["/v2/payments/tr_nobody", "/checkout/tr_nobody", "/v2/nothing", "/mail/99999"])
def test_unknown_things_are_not_found(sandbox: RunningSandbox, path: str) -> None:
    assert sandbox.get(path, key=KEY).status == 404


def test_too_large_a_body_is_refused(sandbox: RunningSandbox) -> None:
    assert sandbox.post("/v2/payments", b"x" * (1024 * 1024 + 1), key=KEY).status == 413
