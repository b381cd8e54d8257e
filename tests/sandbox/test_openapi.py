"""Every answer of the stand-in against the provider's own OpenAPI document.

The document is not ours to ship: `PARTERRE_SPECS` names the folder that holds `mollie/mollie.openapi.json`, by default
`../shared/specs` beside the checkout. Without it these tests are skipped and `test_mollie_api.py` stands alone.
"""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.sandbox.running import ROOT, RunningSandbox
from tests.sandbox.test_mollie_api import KEY, create, creation, paid

DOCUMENT = Path(os.environ.get("PARTERRE_SPECS") or ROOT.parent / "shared" / "specs") / "mollie" / "mollie.openapi.json"
pytestmark = pytest.mark.skipif(not DOCUMENT.is_file(), reason=f"no {DOCUMENT.name}; set PARTERRE_SPECS")


@cache
def _document() -> dict[str, Any]:
    return json.loads(DOCUMENT.read_text())


def _step_to(pointer: str) -> Any:
    place: Any = _document()
    for step in pointer.removeprefix("#/").split("/"):
        place = place[step]
    return place


def _absolute(schema: Any) -> Any:
    """References of the document, named so that they work from outside it."""
    if isinstance(schema, dict):
        return {
            key: f"urn:mollie{value}" if key == "$ref" and value.startswith("#") else _absolute(value)
            for key, value in schema.items()
        }
    return [_absolute(item) for item in schema] if isinstance(schema, list) else schema


@cache
def _registry() -> Registry[Any]:
    return Registry().with_resource("urn:mollie", Resource(contents=_document(), specification=DRAFT202012))


def problems(path: str, method: str, status: int, shape: Any) -> list[str]:
    """What the document says against this answer; nothing when it fits."""
    answer = _document()["paths"][path][method]["responses"][str(status)]
    answer = _step_to(answer["$ref"]) if "$ref" in answer else answer
    schema = _absolute(answer["content"]["application/hal+json"]["schema"])
    validator = Draft202012Validator(schema, registry=_registry())
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(shape)]


def test_the_check_notices_a_wrong_answer(sandbox: RunningSandbox) -> None:
    shape = create(sandbox)
    del shape["profileId"]

    assert problems("/v2/payments", "post", 201, shape) == [": 'profileId' is a required property"]


def test_created_payment(sandbox: RunningSandbox) -> None:
    routing = [
        {
            "amount": {"currency": "EUR", "value": "10.00"},
            "destination": {"type": "organization", "organizationId": "org_12345"},
        }
    ]
    shape = create(sandbox, method="bancontact", metadata={"order": "K7Q2XP"}, routing=routing)

    assert problems("/v2/payments", "post", 201, shape) == []


@pytest.mark.parametrize("outcome", ["paid", "failed", "canceled", "expired"])
def test_ended_payment(sandbox: RunningSandbox, outcome: str) -> None:
    payment = create(sandbox)
    sandbox.order(f"payments/{payment['id']}/{outcome}")

    shape = sandbox.get(f"/v2/payments/{payment['id']}", key=KEY).json()

    assert (shape["status"], problems("/v2/payments/{paymentId}", "get", 200, shape)) == (outcome, [])


def test_refunds(sandbox: RunningSandbox) -> None:
    path = f"/v2/payments/{paid(sandbox)['id']}/refunds"

    refund = sandbox.post(path, {"amount": {"currency": "EUR", "value": "5.00"}, "description": "x"}, key=KEY).json()

    document_path = "/v2/payments/{paymentId}/refunds"
    assert problems(document_path, "post", 201, refund) == []
    assert problems(document_path, "get", 200, sandbox.get(path, key=KEY).json()) == []
    one = sandbox.get(f"{path}/{refund['id']}", key=KEY).json()
    assert problems(f"{document_path}/{{refundId}}", "get", 200, one) == []


def test_chargebacks(sandbox: RunningSandbox) -> None:
    path = f"/v2/payments/{paid(sandbox)['id']}"
    chargeback = sandbox.order(f"{path.removeprefix('/v2/')}/chargeback", reason="No funds")
    document_path = "/v2/payments/{paymentId}"

    embedded = sandbox.get(f"{path}?embed=chargebacks", key=KEY).json()
    listed = sandbox.get(f"{path}/chargebacks", key=KEY).json()
    one = sandbox.get(f"{path}/chargebacks/{chargeback['id']}", key=KEY).json()

    assert problems(document_path, "get", 200, embedded) == []
    assert problems(f"{document_path}/chargebacks", "get", 200, listed) == []
    assert problems(f"{document_path}/chargebacks/{{chargebackId}}", "get", 200, one) == []


def test_methods_and_customers(sandbox: RunningSandbox) -> None:
    methods = sandbox.get("/v2/methods", key=KEY).json()
    customer = sandbox.post("/v2/customers", {"name": "Ann Peeters", "email": "ann@example.org"}, key=KEY).json()

    assert problems("/v2/methods", "get", 200, methods) == []
    assert problems("/v2/customers", "post", 201, customer) == []


def test_refusals(sandbox: RunningSandbox) -> None:
    refused = sandbox.post("/v2/payments", creation(description=""), key=KEY)
    unknown = sandbox.get("/v2/payments/tr_nobody", key=KEY)

    assert problems("/v2/payments", "post", 422, refused.json()) == []
    assert problems("/v2/payments/{paymentId}", "get", 404, unknown.json()) == []
