"""The OpenAPI document says what the API does, and the API does what it says, asked some hundreds of odd things."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import ApiClient, KeyClient
from tests.ticketing.building import a_ticket
from tests.ticketing.paying import a_payment_account
from ticketing.models import House, Performance
from ticketing.operations.programme import move_performance

EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
CONTACT = {"email": "noor@example.org", "first_name": "Noor", "last_name": "Peeters"}


@pytest.mark.django_db
def test_the_document_is_valid_and_names_every_refusal(capsys: pytest.CaptureFixture[str]) -> None:
    document = Client().get("/api/v1/schema").json()
    validate_schema(document)
    assert capsys.readouterr().err == ""
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len(operations) >= 22
    for operation in operations:
        assert operation["security"] == [{"key": []}]
        assert {"401", "403", "404", "422"} <= set(operation["responses"]), operation["operationId"]
        assert list(operation["responses"]["422"]["content"]) == ["application/problem+json"]


@pytest.fixture
def everything(
    now: datetime, house: House, performance: Performance, client_of: KeyClient, monkeypatch: pytest.MonkeyPatch
) -> tuple[ApiClient, dict[str, str]]:
    """A key that may do all, and names of real things, so that odd requests get past "not found"."""
    a_payment_account(house)
    move_performance(performance_id=performance.pk, starts_at=now + timedelta(hours=2), now=now)
    a_ticket(now, performance, "9")
    client = client_of(house, "read", "sell", "scan")
    hold = {"performance": performance.code, "places": ["0"]}
    basket = client.post("baskets", hold).json()["id"]
    other = client.post("baskets", hold | {"places": ["5"]}).json()["id"]
    order = client.post("orders", {"basket": other, "contact": CONTACT}).json()["id"]
    names = {"performance": performance.code, "code": performance.code, "basket": basket, "order": order, "place": "0"}
    monkeypatch.setattr("ticketing.operations.payments.start", lambda **_asked: "https://pay.example/tr_1")
    return client, names


# Outside a transaction: what the database refuses must not spoil the requests after it.
@pytest.mark.django_db(transaction=True)
def test_the_api_does_what_the_document_says(everything: tuple[ApiClient, dict[str, str]]) -> None:
    client, names = everything
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema", WSGIHandler())
    failures: list[str] = []
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def ask(case: Case) -> None:
            case.path_parameters = {name: names[name] for name in case.path_parameters or {}}
            if isinstance(case.body, dict) and "performance" in case.body:
                case.body["performance"] = names["performance"]
            answer = case.call(headers={"Authorization": f"Bearer {client.secret}", "Accept-Encoding": "identity"})
            case.validate_response(answer, checks=CHECKS)

        try:
            ask()
        except (Exception, BaseExceptionGroup) as failed:
            failures.append(f"{operation.method} {operation.path}: {failed}")
    assert not failures, "\n".join(failures)


def test_the_address_of_the_api_itself_leads_to_its_description(client: Client) -> None:
    answer = client.get("/api/v1/")
    assert (answer.status_code, answer["Location"]) == (302, "/api/v1/schema")
