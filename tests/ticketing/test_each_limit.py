"""Every limit by itself: who it counts has to wait, and somebody else with all the rest the same does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from tests.api.conftest import ApiClient
from tests.ticketing.paying import BUYER, sold_online
from tests.ticketing.selling import held
from ticketing import attempts
from ticketing.attempts import Limit
from ticketing.mails.order_letters import send_not_paid
from ticketing.models import ApiKey, House, Performance
from ticketing.operations import abandonments, api_keys, orders
from ticketing.operations.contacts import Contact
from ticketing.webshop.basket_cookie import COOKIE, basket_token

FEW = 3
LIMITS = [limit for limit in vars(attempts).values() if isinstance(limit, Limit)]
WRONG = "NOSUCHCODE"


@pytest.fixture(autouse=True)
def _clock(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


@pytest.fixture(autouse=True)
def _always_counting(settings: Settings) -> None:
    """Valkey may be too busy to answer in time, and then nothing is counted."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid4().hex}}


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> Callable[[Limit], None]:
    """One limit one can reach in a test, and none of the others."""

    def lower(limit: Limit) -> None:
        for other in LIMITS:
            monkeypatch.setitem(vars(other), "count", FEW if other is limit else 10**6)

    return lower


Only = Callable[[Limit], None]


@pytest.fixture
def show(db: None, now: datetime) -> Performance:
    return sold_online(now)


@pytest.fixture
def places() -> Iterator[str]:
    return (str(number) for number in count())


def addresses() -> Iterator[str]:
    return (f"192.0.2.{number}" for number in count(1))


def tries(ask: Callable[[], Any]) -> list[int]:
    return [ask().status_code for _time in range(FEW + 1)]


def pausing(first: int) -> list[int]:
    return [first] * FEW + [429]


def a_basket(show: Performance, now: datetime, places: Iterator[str]) -> str:
    return basket_token(held(show, now, next(places)).basket_id)


def types_wrong(show: Performance, token: str, address: str) -> Any:
    client = Client(REMOTE_ADDR=address)
    client.cookies[COOKIE] = token
    return client.post(f"/nl/{show.house.slug}/basket/code/", {"code": WRONG})


def test_codes_of_a_basket(show: Performance, now: datetime, places: Iterator[str], only: Only) -> None:
    only(attempts.WRONG_CODES_OF_BASKET)
    token, elsewhere = a_basket(show, now, places), addresses()
    assert tries(lambda: types_wrong(show, token, next(elsewhere))) == pausing(422)
    assert types_wrong(show, a_basket(show, now, places), "192.0.2.1").status_code == 422


def test_codes_of_an_address(show: Performance, now: datetime, places: Iterator[str], only: Only) -> None:
    only(attempts.WRONG_CODES_OF_ADDRESS)
    assert tries(lambda: types_wrong(show, a_basket(show, now, places), "192.0.2.1")) == pausing(422)
    assert types_wrong(show, a_basket(show, now, places), "192.0.2.2").status_code == 422


def a_key(house: House, now: datetime) -> ApiClient:
    return ApiClient(api_keys.issue_api_key(house=house, name="site", scopes=[ApiKey.Scope.SELL], now=now).secret)


def an_api_basket(key: ApiClient, show: Performance, places: Iterator[str]) -> str:
    return str(key.post("baskets", {"performance": show.code, "places": [next(places)]}).json()["id"])


def test_codes_of_a_basket_of_the_api(show: Performance, now: datetime, places: Iterator[str], only: Only) -> None:
    only(attempts.WRONG_CODES_OF_BASKET)
    key = a_key(show.house, now)
    basket, other = (an_api_basket(key, show, places) for _basket in range(2))
    assert tries(lambda: key.put(f"baskets/{basket}/codes", {"codes": [WRONG]})) == pausing(422)
    assert key.put(f"baskets/{other}/codes", {"codes": [WRONG]}).status_code == 422


def test_codes_of_a_key(show: Performance, now: datetime, places: Iterator[str], only: Only) -> None:
    only(attempts.WRONG_CODES_OF_KEY)
    key, other = a_key(show.house, now), a_key(show.house, now)

    def wrong(asked: ApiClient) -> Any:
        return asked.put(f"baskets/{an_api_basket(asked, show, places)}/codes", {"codes": [WRONG]})

    assert tries(lambda: wrong(key)) == pausing(422)
    assert wrong(other).status_code == 422


def test_links_of_an_address(show: Performance, only: Only) -> None:
    only(attempts.WRONG_LINKS_OF_ADDRESS)
    at = f"/nl/{show.house.slug}/order/AZ-2Jx3KcB6T0V5pJ0m7kA.AAAAAAAAAAAAAAAAAAAAAA/"
    assert tries(lambda: Client(REMOTE_ADDR="192.0.2.1").get(at)) == pausing(404)
    assert Client(REMOTE_ADDR="192.0.2.2").get(at).status_code == 404


def test_keys_of_an_address(db: None, only: Only) -> None:
    only(attempts.WRONG_KEYS_OF_ADDRESS)
    guesses = (f"{number:016}" for number in count())

    def guess(address: str) -> Any:
        key = {"authorization": f"Bearer {next(guesses)}"}
        return Client(REMOTE_ADDR=address).get("/api/v1/doors", headers=key)

    assert tries(lambda: guess("192.0.2.1")) == pausing(401)
    assert guess("192.0.2.2").status_code == 401


def guess_operator(name: str, address: str) -> Any:
    return Client(REMOTE_ADDR=address).post("/admin/login/", {"username": name, "password": "x"})


def test_operators_of_an_address(db: None, only: Only) -> None:
    only(attempts.WRONG_OPERATORS_OF_ADDRESS)
    names = (f"operator-{number}" for number in count())
    assert tries(lambda: guess_operator(next(names), "192.0.2.1")) == pausing(200)
    assert guess_operator(next(names), "192.0.2.2").status_code == 200


def test_operators_of_a_name_however_it_is_written(db: None, only: Only) -> None:
    only(attempts.WRONG_OPERATORS_OF_NAME)
    names, elsewhere = iter(("noor", "Noor", "NOOR", "nOOr")), addresses()
    assert tries(lambda: guess_operator(next(names), next(elsewhere))) == pausing(200)
    assert guess_operator("piet", "192.0.2.1").status_code == 200


def test_an_operator_who_signs_in_is_not_counted(db: None, only: Only) -> None:
    only(attempts.WRONG_OPERATORS_OF_NAME)
    User.objects.create_superuser("noor", "noor@example.org", "een-lang-wachtwoord")
    told = {"username": "noor", "password": "een-lang-wachtwoord"}
    assert tries(lambda: Client().post("/admin/login/", told)) == [302] * (FEW + 1)


def test_signing_in_of_an_address_whatever_it_writes_of_itself(db: None) -> None:
    """Allauth counts these itself, ten a minute, by the address we tell it."""
    numbers = count()

    def guess(address: str) -> Any:
        number = next(numbers)
        told = {"login": f"an-{number}@example.org", "password": "x"}
        claim = {"x-forwarded-for": f"203.0.113.{number}"}
        return Client(REMOTE_ADDR=address).post("/en/account/login/", told, headers=claim)

    assert [guess("192.0.2.1").status_code for _time in range(11)] == [200] * 10 + [429]
    assert guess("192.0.2.2").status_code == 200


@pytest.mark.parametrize("form", ["signup", "password/reset"])
def test_mails_asked_for_from_an_address(db: None, form: str) -> None:
    """Twenty a minute, by allauth; each to somebody else, for of one recipient there are fewer anyhow."""
    numbers = count()

    def ask(address: str) -> Any:
        told = {"email": f"an-{next(numbers)}@example.org", "password1": "een-lang-wachtwoord"}
        return Client(REMOTE_ADDR=address).post(f"/en/account/{form}/", told)

    assert [ask("192.0.2.1").status_code for _time in range(21)] == [302] * 20 + [429]
    assert ask("192.0.2.2").status_code == 302


def test_what_is_counted_keeps_no_address() -> None:
    attempts.count((attempts.WAITING_OF_RECIPIENT, "an@example.org"))
    assert [key for key in caches["default"]._cache if "an@example.org" in key] == []


@pytest.fixture
def sold_out(db: None, now: datetime) -> Performance:
    performance = sold_online(now, rows=1, seats=1)
    held(performance, now, "0")
    return performance


def waits(show: Performance, email: str, address: str) -> Any:
    at = f"/en/{show.house.slug}/{show.production.slug}/{show.code}/waiting-list/"
    return Client(REMOTE_ADDR=address).post(at, {"email": email, "quantity": "1"})


def test_waiting_of_an_address(sold_out: Performance, only: Only) -> None:
    only(attempts.WAITING_OF_ADDRESS)
    people = (f"an-{number}@example.org" for number in count())
    assert tries(lambda: waits(sold_out, next(people), "192.0.2.1")) == pausing(200)
    assert waits(sold_out, next(people), "192.0.2.2").status_code == 200


def test_waiting_of_a_recipient_however_it_is_written(sold_out: Performance, only: Only) -> None:
    only(attempts.WAITING_OF_RECIPIENT)
    written = iter(("an@example.org", "An@example.org", "AN@example.org", "aN@example.org"))
    elsewhere = addresses()
    assert tries(lambda: waits(sold_out, next(written), next(elsewhere))) == pausing(200)
    assert waits(sold_out, "piet@example.org", "192.0.2.1").status_code == 200


def test_mails_about_unpaid_orders_of_a_recipient(show: Performance, now: datetime, only: Only) -> None:
    only(attempts.UNPAID_MAILS_OF_RECIPIENT)

    def given_up(email: str) -> None:
        contact = Contact(email, BUYER.first_name, BUYER.last_name)
        basket_id = held(show, now, "0").basket_id
        order = orders.place_order(basket_id=basket_id, contact=contact, now=now).order
        abandonments.abandon(order_id=order.id, reason="expired", now=now)
        send_not_paid(order.id, reason="expired", now=now)

    for email in ("an@example.org", "An@example.org", "AN@example.org", "aN@example.org", "piet@example.org"):
        given_up(email)
    assert [letter.to[0].lower() for letter in mail.outbox] == ["an@example.org"] * FEW + ["piet@example.org"]


def test_mails_about_accounts_of_a_recipient_however_it_is_written(db: None, only: Only) -> None:
    only(attempts.ACCOUNT_MAILS_OF_RECIPIENT)
    for email in ("an@example.org", "An@example.org", "AN@example.org", "aN@example.org", "piet@example.org"):
        assert Client().post("/en/account/password/reset/", {"email": email}).status_code == 302
    assert [letter.to[0].lower() for letter in mail.outbox] == ["an@example.org"] * FEW + ["piet@example.org"]


def test_every_limit_is_proved_here() -> None:
    """A new one is added above, too."""
    assert sorted(limit.name for limit in LIMITS) == [
        "account-mails", "codes-address", "codes-basket", "codes-key", "keys-address", "links-address",
        "operators-address", "operators-name", "unpaid-mails", "waiting-address", "waiting-recipient",
    ]  # fmt: skip
