"""A house on sale, and a client that speaks to the API with a key of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.ticketing.building import on_sale
from ticketing.models import House, Performance
from ticketing.operations.api_keys import issue_api_key


class ApiClient:
    """Paths below /api/v1/, JSON both ways."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers=self._headers(headers))

    def delete(self, path: str, **headers: str) -> Any:
        return self.client.delete(f"/api/v1/{path}", headers=self._headers(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("put", path, body, headers)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> HttpResponse:
        send = getattr(self.client, method)
        sent: HttpResponse = send(
            f"/api/v1/{path}", data=body or {}, content_type="application/json", headers=self._headers(headers)
        )
        return sent

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"authorization": f"Bearer {self.secret}"} | own


KeyClient = Callable[..., ApiClient]


@pytest.fixture(autouse=True)
def _clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """The API asks the clock once per request, for everything below it."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture
def performance(now: datetime) -> Performance:
    return on_sale(now)


@pytest.fixture
def house(performance: Performance) -> House:
    return performance.house


@pytest.fixture
def client_of(now: datetime) -> KeyClient:
    def make(house: House, *scopes: str, performance: Performance | None = None) -> ApiClient:
        issued = issue_api_key(house=house, name="Test", scopes=scopes, now=now, performance=performance)
        return ApiClient(issued.secret)

    return make


@pytest.fixture
def reader(house: House, client_of: KeyClient) -> ApiClient:
    return client_of(house, "read")


@pytest.fixture
def seller(house: House, client_of: KeyClient) -> ApiClient:
    return client_of(house, "read", "sell")


@pytest.fixture
def door(house: House, client_of: KeyClient) -> ApiClient:
    return client_of(house, "scan")
