"""A shop with something to sell, its clock stopped, and a provider in memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils import translation

from payments.mollie.fake import FakeMollie
from tests.ticketing import paying
from ticketing import ports
from ticketing.models import Basket, House, Order, Performance
from ticketing.operations import houses
from ticketing.webshop.cards import performance_url


@pytest.fixture(autouse=True)
def _clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A visitor's language stays with the thread after the answer, and must not name the next test's addresses."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def mollie(now: datetime, monkeypatch: pytest.MonkeyPatch) -> FakeMollie:
    fake = FakeMollie(clock=lambda: now)
    paying.plug_in(fake, monkeypatch)
    return fake


@pytest.fixture
def show(db: None, now: datetime) -> Performance:
    """Two rows of ten seats at 24 euro, in ten days, at a house with an account at the provider."""
    return paying.sold_online(now)


@pytest.fixture
def concert(db: None, now: datetime) -> Performance:
    """Standing only, in the same house when there is one."""
    return paying.sold_online(now, House.objects.first(), rows=0, standing=30)


@dataclass
class Buyer:
    """A browser without scripts, as far as the server can tell."""

    performance: Performance
    client: Client = field(default_factory=Client)
    language: str = "en"

    @property
    def house(self) -> str:
        return self.performance.house.slug

    @property
    def page(self) -> str:
        slug = self.performance.production.slug
        return f"/{self.language}/" + performance_url(self.house, slug, self.performance.code).split("/", 2)[2]

    @property
    def shop(self) -> str:
        return f"/{self.language}/{self.house}/"

    def get(self, path: str = "") -> HttpResponse:
        return self.client.get(path or self.page)

    def post(self, path: str, **fields: object) -> HttpResponse:
        return self.client.post(path, fields)

    def click(self, *places: str, action: str = "hold") -> HttpResponse:
        """As the seat map posts."""
        fields = {"place": list(places), "action": action}
        return self.client.post(f"{self.page}hold/", fields, headers={"X-Seat-Map": "1"})

    def best(self, quantity: object = 2, **more: object) -> HttpResponse:
        return self.post(f"{self.page}best/", quantity=quantity, **more)

    def check_out(self, **changes: object) -> HttpResponse:
        fields = {"email": "an@example.org", "first_name": "An", "last_name": "Peeters"} | changes
        return self.post(f"{self.shop}checkout/", **fields)

    def basket(self) -> Basket:
        return Basket.objects.latest("id")

    def pay(self, mollie: FakeMollie) -> HttpResponse:
        """Goes to the provider, pays there, and follows the way back to the order."""
        assert self.check_out().status_code == 303
        provider_id = next(reversed(mollie.payments))
        mollie.end(provider_id, ports.ProviderState.PAID)
        way_back = mollie.requests[provider_id].return_url
        return self.client.get(re.sub(r"^https?://[^/]+", "", way_back), follow=True)


@pytest.fixture
def buyer(show: Performance) -> Buyer:
    return Buyer(show)


@pytest.fixture
def fan(concert: Performance) -> Buyer:
    return Buyer(concert)


@pytest.fixture
def order(show: Performance, now: datetime) -> Order:
    """Paid, two tickets that may still be given back."""
    houses.update_house(house_id=show.house_id, cancel_until_hours=1, now=now)
    return paying.paid_order(show, now, "0", "1")
