"""Guessing: many wrong tries are answered with a pause, in the visitor's language, and right ones are not counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.api.conftest import ApiClient
from tests.ticketing.building import a_house, on_sale
from ticketing import attempts
from ticketing.api.problems import CONTENT_TYPE
from ticketing.attempts import Limit, TooManyAttempts, check, client_address, count
from ticketing.models import ApiKey, House, Performance, WaitingListEntry
from ticketing.operations import api_keys, gift_cards
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish
from ticketing.webshop.basket_cookie import COOKIE, basket_token

FEW = 3
USED = (
    "config.operators",
    "ticketing.api.baskets",
    "ticketing.api.keys",
    "ticketing.mails.accounts",
    "ticketing.webshop.basket",
    "ticketing.webshop.order",
    "ticketing.webshop.waiting_list",
)
TEN = Decimal("10.00")


@pytest.fixture(autouse=True)
def _few(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits one can reach in a test, and a clock that stands still."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    for name, limit in vars(attempts).items():
        if isinstance(limit, Limit):
            for where in USED:
                monkeypatch.setattr(f"{where}.{name}", Limit(limit.name, FEW, limit.seconds), raising=False)


def tries(ask: Callable[[], Any], times: int = FEW + 1) -> list[int]:
    return [ask().status_code for _time in range(times)]


# Whom


@pytest.mark.parametrize(("proxies", "told", "address"), [
    (0, "", "192.0.2.7"),
    (0, "203.0.113.9", "192.0.2.7"),
    (1, "203.0.113.9", "203.0.113.9"),
    (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
    (2, "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
    (2, "10.0.0.1", "192.0.2.7"),
    (1, "nonsense", ""),
    (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    (1, "::ffff:203.0.113.9", "203.0.113.9"),
])  # fmt: skip
def test_an_address_is_what_our_own_proxies_say(settings: Settings, proxies: int, told: str, address: str) -> None:
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": told} if told else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7", headers=headers)) == address


def test_one_is_not_counted_for_another() -> None:
    limit = Limit("test", 2, 60)
    for who in ("an", "an", "bo"):
        count((limit, who))
    check((limit, "bo"))
    with pytest.raises(TooManyAttempts):
        check((limit, "an"))


# Codes


def browser(show: Performance, now: datetime, place: str) -> Client:
    held = hold(performance=show.code, wish=Wish(places=(place,)), basket_id=None, language="nl", now=now)
    client = Client()
    client.cookies[COOKIE] = basket_token(held.basket_id)
    return client


def test_wrong_codes_end_in_a_pause_and_then_not_even_a_right_one_is_told(show: Performance, now: datetime) -> None:
    client, address = browser(show, now, "0"), f"/nl/{show.house.slug}/basket/code/"
    right = gift_cards.issue(house_id=show.house_id, value=TEN, now=now).code
    assert tries(lambda: client.post(address, {"code": "NOSUCHCODE"})) == [422] * FEW + [429]
    answer = client.post(address, {"code": right}, headers={"HX-Request": "true"})
    assert (answer.status_code, "Wacht een paar minuten" in answer.content.decode()) == (429, True)


def test_a_new_basket_from_the_same_address_does_not_begin_anew(show: Performance, now: datetime) -> None:
    address = f"/en/{show.house.slug}/basket/code/"
    asked = [browser(show, now, str(seat)).post(address, {"code": "NOSUCHCODE"}).status_code for seat in range(FEW + 1)]
    assert asked == [422] * FEW + [429]


def test_right_codes_are_not_counted(show: Performance, now: datetime) -> None:
    client, address = browser(show, now, "0"), f"/en/{show.house.slug}/basket/code/"
    cards = [gift_cards.issue(house_id=show.house_id, value=TEN, now=now).code for _card in range(FEW + 2)]
    assert [client.post(address, {"code": code}).status_code for code in cards] == [303] * (FEW + 2)


def key_client(house: House, now: datetime, *scopes: str) -> ApiClient:
    return ApiClient(api_keys.issue_api_key(house=house, name="site", scopes=scopes, now=now).secret)


def test_the_api_says_it_in_a_problem(show: Performance, now: datetime) -> None:
    seller = key_client(show.house, now, ApiKey.Scope.SELL)
    basket = seller.post("baskets", {"performance": show.code, "places": ["0"]}).json()["id"]
    guess = {"codes": ["NOSUCHCODE"]}
    assert tries(lambda: seller.put(f"baskets/{basket}/codes", guess)) == [422] * FEW + [429]
    answer = seller.put(f"baskets/{basket}/codes", guess)
    assert (answer["Content-Type"], answer.json()["code"], answer["Retry-After"]) == (
        CONTENT_TYPE, "too_many_requests", "600",
    )  # fmt: skip


# Links and keys


def test_wrong_links_end_in_a_pause(show: Performance) -> None:
    address = f"/fr/{show.house.slug}/order/AZ-2Jx3KcB6T0V5pJ0m7kA.AAAAAAAAAAAAAAAAAAAAAA/"
    client = Client()
    assert tries(lambda: client.get(address)) == [404] * FEW + [429]
    answer = client.get(address)
    assert (answer["Retry-After"], answer["Cache-Control"], "Attendez quelques minutes" in answer.content.decode()) == (
        "600", "no-store", True,
    )  # fmt: skip


@pytest.mark.django_db
def test_wrong_keys_end_in_a_pause_and_a_right_one_is_heard(now: datetime) -> None:
    house = a_house(now)
    stranger, ours = ApiClient("ABCDEFGHJKMNPQRS"), key_client(house, now, ApiKey.Scope.SCAN)
    assert tries(lambda: stranger.get("doors")) == [401] * FEW + [429]
    assert (stranger.get("doors").json()["code"], ours.get("doors").status_code) == ("too_many_requests", 200)


# Mails and passwords


def test_one_address_is_not_put_on_every_waiting_list(show: Performance, now: datetime) -> None:
    shows = [on_sale(now, a_house(now, f"huis-{number}"), rows=1, seats=1) for number in range(FEW + 1)]
    for sold_out in shows:
        hold(performance=sold_out.code, wish=Wish(places=("0",)), basket_id=None, language="nl", now=now)
    joined = [
        Client().post(
            f"/en/{sold_out.house.slug}/{sold_out.production.slug}/{sold_out.code}/waiting-list/",
            {"email": "victim@example.org", "quantity": "1"},
        ).status_code
        for sold_out in shows
    ]  # fmt: skip
    assert (joined, WaitingListEntry.objects.count()) == ([200] * FEW + [429], FEW)


@pytest.mark.django_db
@pytest.mark.parametrize("has_account", [True, False])
def test_a_recipient_gets_few_account_mails_and_nobody_sees_the_difference(has_account: bool) -> None:
    if has_account:
        User.objects.create_user("victim", "victim@example.org", "een-lang-wachtwoord")
    answers = [
        Client().post("/en/account/password/reset/", {"email": "victim@example.org"}) for _time in range(FEW + 1)
    ]
    assert [answer.status_code for answer in answers] == [302] * (FEW + 1)
    assert [letter.to for letter in mail.outbox] == [["victim@example.org"]] * FEW


@pytest.mark.django_db
def test_guessing_a_password_ends_in_a_pause(client: Client) -> None:
    User.objects.create_user("noor", "noor@example.org", "een-lang-wachtwoord")
    asked = tries(lambda: client.post("/nl/account/login/", {"login": "noor@example.org", "password": "x"}), 6)
    assert asked == [200] * 5 + [429]
    answer = client.post("/nl/account/login/", {"login": "noor@example.org", "password": "een-lang-wachtwoord"})
    assert (answer.status_code, "Wacht een paar minuten" in answer.content.decode()) == (429, True)


@pytest.mark.django_db
def test_guessing_an_operator_ends_in_a_pause(client: Client) -> None:
    User.objects.create_superuser("operator", "operator@example.org", "een-lang-wachtwoord")
    guess = {"username": "operator", "password": "x"}
    assert tries(lambda: client.post("/admin/login/", guess)) == [200] * FEW + [429]
    assert client.post("/admin/login/", guess | {"password": "een-lang-wachtwoord"}).status_code == 429
