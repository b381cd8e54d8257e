"""Webhooks travel as in the world: again after a refusal, late, twice, or never; a crash forgets none."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.listening import listening
from tests.sandbox.running import RunningSandbox, eventually, running_sandbox
from tests.sandbox.test_mollie_api import KEY, create


def errands_of(sandbox: RunningSandbox, payment_id: str) -> list[dict[str, Any]]:
    return [errand for errand in sandbox.get("/sandbox/webhooks.json").json() if errand["subject"] == payment_id]


def test_refused_webhook_is_called_again(sandbox: RunningSandbox) -> None:
    with listening() as shop:
        shop.answers = [503]
        payment = create(sandbox, webhookUrl=shop.url)

        sandbox.order(f"payments/{payment['id']}/paid")

        eventually(lambda: len(shop.heard) == 2)
        errand = eventually(lambda: [e for e in errands_of(sandbox, payment["id"]) if e["outcome"] == "200"])[0]
        assert (errand["attempts"], errand["due_at"]) == (2, None)


def test_webhook_may_come_more_than_once(sandbox: RunningSandbox) -> None:
    with listening() as shop:
        payment = create(sandbox, webhookUrl=shop.url)

        sandbox.submit(f"/checkout/{payment['id']}", {"outcome": "paid", "copies": "5"})

        eventually(lambda: shop.heard == [payment["id"]] * 5)


def test_webhook_may_be_late(sandbox: RunningSandbox) -> None:
    with listening() as shop:
        payment = create(sandbox, webhookUrl=shop.url)

        sandbox.order(f"payments/{payment['id']}/paid", delay=30)

        (errand,) = errands_of(sandbox, payment["id"])
        assert 25 < errand["due_at"] - time.time() <= 30
        assert shop.heard == []


def test_webhook_may_get_lost(sandbox: RunningSandbox) -> None:
    payment = create(sandbox, webhookUrl="http://127.0.0.1:9/")

    sandbox.submit(f"/checkout/{payment['id']}", {"outcome": "paid", "lost": "1"})

    assert errands_of(sandbox, payment["id"]) == []


@pytest.mark.parametrize("options", [{"delay": "soon"}, {"copies": "many"}])
def test_nonsense_is_refused(sandbox: RunningSandbox, options: dict[str, str]) -> None:
    payment = create(sandbox)

    assert sandbox.post(f"/sandbox/payments/{payment['id']}/paid", options).status == 422


def test_webhook_of_a_refund_and_of_a_chargeback(sandbox: RunningSandbox) -> None:
    with listening() as shop:
        payment = create(sandbox, webhookUrl=shop.url)
        sandbox.order(f"payments/{payment['id']}/paid", lost=True)

        amount = {"amount": {"currency": "EUR", "value": "5.00"}}
        sandbox.post(f"/v2/payments/{payment['id']}/refunds", amount, key=KEY)
        eventually(lambda: len(shop.heard) == 1)
        sandbox.order(f"payments/{payment['id']}/chargeback", amount="10.00")

        eventually(lambda: shop.heard == [payment["id"]] * 2)


def test_unpaid_payment_expires_by_itself(tmp_path: Path) -> None:
    with running_sandbox(tmp_path, SANDBOX_EXPIRY_SECONDS="0.3") as hasty, listening() as shop:
        payment = create(hasty, webhookUrl=shop.url)

        eventually(lambda: shop.heard == [payment["id"]])

        assert hasty.get(f"/v2/payments/{payment['id']}", key=KEY).json()["status"] == "expired"


def test_killed_sandbox_forgets_nothing(tmp_path: Path) -> None:
    with listening() as shop:
        with running_sandbox(tmp_path) as before:
            payment = create(before, webhookUrl=shop.url)
            before.order(f"payments/{payment['id']}/paid", delay=1)
            before.kill()

        with running_sandbox(tmp_path) as after:
            assert after.get(f"/v2/payments/{payment['id']}", key=KEY).json()["status"] == "paid"
            eventually(lambda: shop.heard == [payment["id"]])
