"""Where the real client differs from a fake: what travels, and every way an answer can be no answer."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from outbox.errors import Rejected, Unavailable
from payments.mollie import words
from payments.mollie.configuration import mollie_provider
from payments.mollie.gateway import MollieGateway
from tests.payments.requests import payment_request
from tests.sandbox.running import RunningSandbox, free_port
from ticketing.ports import ProviderState, Split


@pytest.fixture
def gateway(sandbox: RunningSandbox) -> MollieGateway:
    return MollieGateway(api_key="test_gateway", api_endpoint=sandbox.url)


def stored(sandbox: RunningSandbox, provider_id: str) -> dict[str, Any]:
    return next(payment for payment in sandbox.get("/sandbox/payments.json").json() if payment["id"] == provider_id)


def test_everything_the_buyer_sees_arrives(gateway: MollieGateway, sandbox: RunningSandbox) -> None:
    request = payment_request(
        amount=Decimal("7"), language="fr", description="é" * 300, splits=(Split("org_1", Decimal("2.5")),)
    )

    arrived = stored(sandbox, gateway.create(request).provider_id)

    assert arrived["amount"] == "7.00"
    assert arrived["locale"] == "fr_BE"
    assert arrived["description"] == "é" * 255
    assert arrived["redirectUrl"] == request.return_url
    assert arrived["webhookUrl"] == request.webhook_url
    assert arrived["metadata"] == {"payment": str(request.payment_id), "order": "K7Q2XP"}
    assert [(route["organizationId"], route["amount"]) for route in arrived["routing"]] == [("org_1", "2.50")]


@pytest.mark.parametrize("fault", ["unavailable", "lost_answer", "garbage", "busy"])
def test_no_usable_answer_means_later(gateway: MollieGateway, sandbox: RunningSandbox, fault: str) -> None:
    sandbox.order("faults", fault=fault, calls=1)

    with pytest.raises(Unavailable):
        gateway.create(payment_request())


def test_nobody_listening_means_later() -> None:
    gateway = MollieGateway(api_key="test_gateway", api_endpoint=f"http://127.0.0.1:{free_port()}")

    with pytest.raises(Unavailable):
        gateway.fetch("tr_any")


def test_silence_means_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payments.mollie.gateway.TIMEOUT", (0.2, 0.2))
    with socket.create_server(("127.0.0.1", 0)) as server:
        gateway = MollieGateway(api_key="test_gateway", api_endpoint=f"http://127.0.0.1:{server.getsockname()[1]}")

        with pytest.raises(Unavailable):
            gateway.fetch("tr_any")


@pytest.mark.parametrize("key", ["", "secret-without-prefix", "test_with-dash"])
def test_malformed_key_is_rejected_and_not_repeated_in_the_reason(sandbox: RunningSandbox, key: str) -> None:
    with pytest.raises(Rejected) as caught:
        MollieGateway(api_key=key, api_endpoint=sandbox.url).fetch("tr_any")

    assert caught.value.reason == "the key or an id has the wrong form"


def test_foreign_key_is_rejected(sandbox: RunningSandbox) -> None:
    with pytest.raises(Rejected) as caught:
        MollieGateway(api_key="live_unknown", api_endpoint=sandbox.url).methods()

    assert caught.value.status == 401


def test_refusal_names_the_field(gateway: MollieGateway) -> None:
    with pytest.raises(Rejected) as caught:
        gateway.create(payment_request(method="cowries"))

    assert caught.value.reason == "Mollie answered 422 (method)"


@pytest.mark.parametrize("provider_id", ["", "re_123", "order_1"])
def test_id_of_another_kind_is_rejected(gateway: MollieGateway, provider_id: str) -> None:
    with pytest.raises(Rejected):
        gateway.fetch(provider_id)


PAYMENT = {"id": "tr_1", "status": "paid", "amount": {"currency": "EUR", "value": "10.00"}}


@pytest.mark.parametrize(
    "changes",
    [{"id": None}, {"status": None}, {"amount": {"currency": "EUR", "value": "ten"}}, {"paidAt": "yesterday"}],
)
def test_unreadable_payment_means_later(changes: dict[str, Any]) -> None:
    with pytest.raises(Unavailable):
        words.payment(PAYMENT | changes)


@pytest.mark.parametrize("changes", [{"status": "dreaming"}, {"amount": {"currency": "USD", "value": "10.00"}}])
def test_payment_we_do_not_understand_is_rejected(changes: dict[str, Any]) -> None:
    with pytest.raises(Rejected):
        words.payment(PAYMENT | changes)


def test_authorised_is_not_paid() -> None:
    assert words.payment(PAYMENT | {"status": "authorized"}).state is ProviderState.PENDING


def test_account_without_a_key_pays_in_the_sandbox(settings: Any, sandbox: RunningSandbox) -> None:
    settings.MOLLIE_API_KEY, settings.SANDBOX_URL = "", sandbox.url

    payment = mollie_provider({}).create(payment_request())

    assert payment.checkout_url == f"{sandbox.url}/checkout/{payment.provider_id}"


def test_own_key_never_goes_to_the_sandbox(settings: Any, sandbox: RunningSandbox) -> None:
    settings.MOLLIE_API_KEY, settings.SANDBOX_URL = "", sandbox.url

    provider = mollie_provider({"api_key": "live_abc", "api_endpoint": f"http://127.0.0.1:{free_port()}"})

    with pytest.raises(Unavailable):
        provider.methods()


def test_no_key_and_no_sandbox_is_rejected(settings: Any) -> None:
    settings.MOLLIE_API_KEY, settings.SANDBOX_URL = "", ""

    with pytest.raises(Rejected):
        mollie_provider({})


class Provider(ThreadingHTTPServer):
    """Knows one open payment, and from which connections it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.connections: list[int] = []
        self.status = 200


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Provider

    def do_GET(self) -> None:
        self.server.connections.append(self.client_address[1])
        body = json.dumps(PAYMENT | {"status": "open"}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def provider() -> Iterator[Provider]:
    with Provider() as found:
        Thread(target=found.serve_forever, daemon=True).start()
        yield found
        found.shutdown()


@pytest.fixture
def client(provider: Provider) -> MollieGateway:
    return MollieGateway(api_key="test_gateway", api_endpoint=f"http://127.0.0.1:{provider.server_port}")


def test_the_next_call_takes_the_open_connection(client: MollieGateway, provider: Provider) -> None:
    client.fetch("tr_1")
    client.fetch("tr_1")

    first, second = provider.connections
    assert first == second


def test_after_a_failure_the_connection_is_not_trusted(client: MollieGateway, provider: Provider) -> None:
    client.fetch("tr_1")
    provider.status = 503
    with pytest.raises(Unavailable):
        client.fetch("tr_1")
    provider.status = 200
    client.fetch("tr_1")

    first, failing, after = provider.connections
    assert (first == failing, after == failing) == (True, False)


def test_a_connection_that_waited_long_is_not_trusted(
    client: MollieGateway, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payments.mollie.gateway.SPARE_SECONDS", 0)
    client.fetch("tr_1")
    client.fetch("tr_1")

    first, second = provider.connections
    assert first != second
