"""A house at a host of its own: it comes first there, links lead there, and no other name is let in by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from config.hosts import OwnHosts
from outbox.testing import drain_outbox
from payments.mollie.fake import FakeMollie
from tests.ticketing.building import a_house
from tests.webshop.conftest import Buyer
from ticketing.models import HouseDomain
from ticketing.operations import houses
from ticketing.operations.fields import FieldsRefused
from ticketing.operations.houses import HostUnfit
from ticketing.queries.domains import forget_hosts, house_slug_at, site_of

HOST = "tickets.zomerhof.example"


@pytest.fixture(autouse=True)
def _ours(settings: Settings) -> Iterator[None]:
    settings.SITE_URL = "https://shop.example"
    settings.ALLOWED_HOSTS = OwnHosts(["shop.example"])
    forget_hosts()
    yield
    forget_hosts()


@pytest.fixture
def domain(buyer: Buyer, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> HouseDomain:
    with django_capture_on_commit_callbacks(execute=True):
        return houses.add_domain(house=buyer.performance.house, host=" Tickets.Zomerhof.example")


def at(host: str) -> Client:
    return Client(SERVER_NAME=host)


def test_its_host_begins_with_the_house_and_ours_with_all(domain: HouseDomain, buyer: Buyer) -> None:
    first = at(HOST).get("/nl/", SERVER_PORT="8443")
    assert (first.status_code, first["Location"]) == (302, f"/nl/{buyer.house}/")
    assert at(HOST).get(first["Location"]).status_code == 200
    assert at("shop.example").get("/nl/").status_code == 200


def test_a_host_of_nobody_is_not_answered_nor_one_that_was_taken_away(
    domain: HouseDomain, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert [at(host).get("/nl/").status_code for host in (HOST, "evil.example", f"x.{HOST}")] == [302, 400, 400]
    with django_capture_on_commit_callbacks(execute=True):
        houses.remove_domain(domain_id=domain.pk)
    assert at(HOST).get("/nl/").status_code == 400


@pytest.mark.django_db
def test_whoever_asks_for_a_host_of_nobody_does_not_fill_the_log(caplog: pytest.LogCaptureFixture) -> None:
    assert at("evil.example").get("/nl/").status_code == 400
    assert caplog.records == []


def test_a_closed_house_has_no_host(domain: HouseDomain, now: datetime) -> None:
    houses.update_house(house_id=domain.house_id, is_active=False, now=now)
    assert house_slug_at(HOST) is None


def test_what_its_pages_send_comes_from_there(domain: HouseDomain, buyer: Buyer) -> None:
    hold = f"{buyer.page}hold/"
    sent = {
        origin: at(HOST).post(hold, {"place": "0"}, headers={"Origin": origin}).status_code
        for origin in (f"http://{HOST}", "http://shop.example", "http://evil.example")
    }
    assert sent == {f"http://{HOST}": 303, "http://shop.example": 403, "http://evil.example": 403}


def test_the_bank_the_mail_and_search_engines_lead_there(domain: HouseDomain, buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.client = at(HOST)
    assert f'<link rel="canonical" href="https://{HOST}/en/' in buyer.get().content.decode()
    buyer.click("0")
    assert buyer.pay(mollie).status_code == 200
    (asked,) = mollie.requests.values()
    assert (asked.return_url.split("/en/")[0], asked.webhook_url) == (
        f"https://{HOST}", "https://shop.example/webhooks/mollie/",
    )  # fmt: skip
    drain_outbox()
    (letter,) = mail.outbox
    assert (f"https://{HOST}/en/" in letter.body, "https://shop.example" in letter.body) == (True, False)


def test_a_name_of_the_settings_asks_nobody(
    domain: HouseDomain, count_queries: Callable[[int], AbstractContextManager[CaptureQueriesContext]]
) -> None:
    forget_hosts()
    with count_queries(0):
        assert RequestFactory().get("/", SERVER_NAME="shop.example").get_host() == "shop.example"
    with count_queries(1):
        for _time in range(3):
            assert RequestFactory().get("/", SERVER_NAME=HOST).get_host() == HOST


def test_a_house_without_a_host_is_at_ours(now: datetime, domain: HouseDomain) -> None:
    assert site_of(a_house(now, "winterhof")) == "https://shop.example"


@pytest.mark.parametrize("host", [
    "*", ".zomerhof.example", "zomerhof", "https://zomerhof.example", "zomer hof.example", "zomerhof.example:8000",
    "zomerhof.example/x", "-x.example", "127.0.0.1", "shop.example", "", "x" * 250 + ".example",
])  # fmt: skip
def test_only_a_name_becomes_a_host(buyer: Buyer, host: str) -> None:
    with pytest.raises(HostUnfit):
        houses.add_domain(house=buyer.performance.house, host=host)


def test_a_host_belongs_to_one_house(now: datetime, domain: HouseDomain) -> None:
    with pytest.raises(FieldsRefused):
        houses.add_domain(house=a_house(now, "winterhof"), host=HOST)
