"""What strangers, broken browsers and attackers send: a clear answer, nothing stored, nothing told."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client
from pytest_django import Settings
from structlog.testing import capture_logs

from outbox.testing import drain_outbox
from payments.mollie.fake import FakeMollie
from tests.ticketing import building, paying, selling
from tests.ticketing.untouched import nothing_stored
from tests.webshop.conftest import Buyer
from ticketing import ports
from ticketing.models import (
    ChangeConfirmation,
    House,
    Order,
    Performance,
    Place,
    Production,
    Refund,
    Ticket,
    WaitingListEntry,
)
from ticketing.operations import changes, houses, orders
from ticketing.order_links import link_token
from ticketing.queries.changes import change_token
from ticketing.webshop import order as behind_links
from ticketing.webshop.basket_cookie import COOKIE, ORDER

SCRIPT = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
NONSENSE = ["\x00", "' OR 1=1; --", SCRIPT, "😀" * 50, "A" * 5000, "../../etc/passwd", "%00", "-1", "1e309", "NaN"]


@pytest.fixture
def order(show: Performance, now: datetime) -> Order:
    """Paid, two tickets that may still be given back."""
    houses.update_house(house_id=show.house_id, cancel_until_hours=1, now=now)
    return paying.paid_order(show, now, "0", "1")


def order_pages(token: str, house: str) -> list[tuple[str, str]]:
    """Every address behind the link of an order, with the method it is for."""
    at = f"/en/{house}/order/{token}/"
    gets = ["", "return/", "cancel/", "tickets.pdf", "calendar.ics", "tickets/ABCDEFGHJKLM.pdf",
            "tickets/ABCDEFGHJKLM/apple/", "confirm/x/"]  # fmt: skip
    return [("get", at + path) for path in gets] + [
        ("post", at + path) for path in ("reopen/", "cancel/", "confirm/x/")
    ]


def shop_posts(buyer: Buyer) -> list[str]:
    """Every address of the shop that takes a post."""
    name = f"{buyer.performance.code}-0"
    at_show = [f"{buyer.page}{path}/" for path in ("hold", "best", "standing", "list/choose", "waiting-list")]
    in_shop = ["basket/more-time/", "basket/try-again/", "basket/code/", "basket/code/remove/", "checkout/",
               f"basket/shift/{buyer.performance.code}/", f"basket/lines/{name}/tariff/",
               f"basket/lines/{name}/remove/", "gift-card/", "waiting/no-such-secret/confirm/",
               "waiting/no-such-secret/leave/"]  # fmt: skip
    return at_show + [buyer.shop + path for path in in_shop]


# Links


def _cut(token: str) -> str:
    return token[:-4]


def _turned(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


def _other_order(token: str) -> str:
    return token[:3] + ("x" if token[3] != "x" else "y") + token[4:]


@pytest.mark.parametrize("forge", [
    _cut, _turned, _other_order, lambda token: token.split(".")[0], lambda token: token + "." + token,
    lambda token: token + "!", lambda token: token[:5] + "*" + token[5:],
    lambda _token: "x", lambda _token: "é.é", lambda _token: "\x00", lambda _token: "A" * 4000, lambda _token: "....",
])  # fmt: skip
def test_a_forged_link_opens_no_page_of_an_order(order: Order, forge: Callable[[str], str]) -> None:
    with nothing_stored():
        for method, path in order_pages(quote(forge(link_token(order))), order.house.slug):
            answer = getattr(Client(), method)(path)
            assert answer.status_code == 404, path
            assert order.reference not in answer.content.decode()
            assert order.email not in answer.content.decode()


def test_a_revoked_link_opens_nothing_and_the_new_one_does(order: Order) -> None:
    old = link_token(order)
    orders.revoke_links(order_id=order.id)
    order.refresh_from_db()
    with nothing_stored():
        for method, path in order_pages(old, order.house.slug):
            assert getattr(Client(), method)(path).status_code == 404
    assert Client().get(f"/en/{order.house.slug}/order/{link_token(order)}/").status_code == 200


def test_the_pages_of_an_order_are_told_to_nobody_and_kept_nowhere(order: Order) -> None:
    for method, path in order_pages(link_token(order), order.house.slug):
        answer = getattr(Client(), method)(path)
        if answer.status_code != 404:
            assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("no-referrer", "no-store"), path


def test_links_and_people_never_reach_the_log(order: Order, caplog: pytest.LogCaptureFixture) -> None:
    token = link_token(order)
    client = Client(raise_request_exception=False)
    with capture_logs() as events, caplog.at_level(logging.DEBUG):
        for method, path in [*order_pages(token, order.house.slug), *order_pages(_turned(token), order.house.slug)]:
            getattr(client, method)(path)
    written = repr(events) + caplog.text
    assert len(events) >= 20
    for secret in (token, _turned(token), order.email, order.last_name):
        assert secret not in written


def test_a_confirmation_works_once_and_for_its_order_only(order: Order, now: datetime) -> None:
    ticket = Ticket.objects.earliest("id")
    change_id = changes.ask_cancellation(order_id=order.id, ticket_ids=[ticket.id], now=now)
    other = paying.paid_order(Performance.objects.get(), now, "4", "5")
    token = change_token(change_id)
    at = f"/en/{order.house.slug}/order/{{}}/confirm/{{}}/"
    right = at.format(link_token(order), quote(token))
    with nothing_stored():
        assert Client().get(right).status_code == 200
        assert Client().post(at.format(link_token(other), quote(token))).status_code == 404
        assert Client().post(at.format(link_token(order), quote(change_token(uuid4())))).status_code == 404
        assert Client().post(at.format(link_token(order), quote(token[:-1]))).status_code == 404
    assert Client().post(right).status_code == 303
    with nothing_stored():
        replayed = Client().post(right)
        assert (replayed.status_code, "confirmed already" in replayed.content.decode()) == (409, True)
        assert Client().get(right).status_code == 404
    assert (Refund.objects.count(), ChangeConfirmation.objects.count()) == (1, 1)


def test_an_offer_of_the_waiting_list_opens_by_its_secret_only(buyer: Buyer) -> None:
    with nothing_stored():
        for secret in ("x", "%00", "A" * 3000, "..%2F"):
            answer = Client().get(f"{buyer.shop}waiting/{secret}/")
            assert answer.status_code in (303, 404)
            assert "basket" not in answer.cookies
            for change in ("confirm", "leave"):
                assert Client().post(f"{buyer.shop}waiting/{secret}/{change}/").status_code in (200, 404)


# Methods, sites, sizes


def test_a_look_changes_nothing(buyer: Buyer) -> None:
    buyer.best(2)
    with nothing_stored():
        for path in shop_posts(buyer):
            assert buyer.client.get(path).status_code in (200, 303, 405), path
            assert buyer.client.head(path).status_code in (200, 303, 405), path
    assert Place.objects.filter(state="held").count() == 2


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods_nobody_uses_are_refused(buyer: Buyer, method: str) -> None:
    with nothing_stored():
        for path in [buyer.page, f"{buyer.shop}basket/", buyer.shop, "/en/", *shop_posts(buyer)]:
            assert getattr(buyer.client, method)(path).status_code == 405, path


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"},
     {"Sec-Fetch-Site": "same-site"}],
)  # fmt: skip
def test_what_another_site_sends_is_refused(buyer: Buyer, order: Order, headers: dict[str, str]) -> None:
    posts = [
        *shop_posts(buyer),
        *(path for method, path in order_pages(link_token(order), buyer.house) if method == "post"),
    ]
    with nothing_stored():
        for path in posts:
            answer = buyer.client.post(path, {"place": "5", "quantity": "2"}, headers=headers)
            assert answer.status_code == 403, path


@pytest.mark.parametrize("body", [{"place": "A" * 3_000_000}, {f"n-{number}": "1" for number in range(1100)}])
def test_enormous_bodies_are_refused(buyer: Buyer, body: dict[str, str]) -> None:
    with nothing_stored():
        for path in shop_posts(buyer):
            # Where nothing of a body is read, it is as if none had come.
            assert buyer.client.post(path, body).status_code < 500, path


def test_an_enormous_cookie_is_no_basket(buyer: Buyer) -> None:
    buyer.client.cookies["basket"] = "A" * 9000
    with nothing_stored():
        assert "Nothing chosen yet" in buyer.get(f"{buyer.shop}basket/").content.decode()


# Words where numbers and codes are asked for


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_in_any_field_is_answered_and_not_stored(buyer: Buyer, text: str) -> None:
    numbers = ["quantity", "wheelchair", "may_split", "n-full", "amount", "shown", "due", "price-full", "price-rank-1"]
    names = ["place", "action", "price_type", "rank", "area", "listed", "code", "method"]
    person = ["email", "first_name", "last_name"]
    fields = dict.fromkeys([*numbers, *names, *person, "n-" + text[:20]], text)
    with nothing_stored():
        for path in shop_posts(buyer):
            answer = buyer.client.post(path, fields)
            assert answer.status_code in (200, 303, 404, 409, 422), path
            assert "<script>alert" not in answer.content.decode(), path


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_beside_a_full_basket_changes_nothing_of_it(buyer: Buyer, mollie: FakeMollie, text: str) -> None:
    buyer.best(2)
    paths = [
        path for path in shop_posts(buyer) if "more-time" not in path and "remove" not in path and "hold" not in path
    ]
    with nothing_stored():
        for path in paths:
            buyer.client.post(path, {"code": text, "price_type": text, "email": text, "quantity": text, "shown": text})
    assert Place.objects.filter(state="held").count() == 2


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_in_addresses_is_answered(buyer: Buyer, text: str) -> None:
    with nothing_stored():
        for name in ("q", "genre", "month", "label", "page", "area", "since"):
            for path in (
                f"{buyer.shop}agenda/",
                buyer.page,
                f"{buyer.page}list/",
                "/en/",
                f"/states/{buyer.performance.code}",
            ):
                answer = buyer.client.get(path, {name: text})
                assert answer.status_code in (200, 304), (path, name)
                assert "<script>alert" not in answer.content.decode(), (path, name)


@pytest.mark.parametrize("path", [
    "nowhere/", "nowhere/agenda/", "nowhere/gift-card/", "nowhere/basket/", "{house}/no-such-production/",
    "{house}/{slug}/NOSUCH/", "{house}/{slug}/NOSUCH/list/", "{house}/info/nothing/", "nowhere/{slug}/{code}/",
])  # fmt: skip
def test_what_is_not_there_is_not_there(buyer: Buyer, path: str) -> None:
    show = buyer.performance
    address = path.format(house=buyer.house, slug=show.production.slug, code=show.code)
    with nothing_stored():
        answer = buyer.client.get(f"/en/{address}")
        assert answer.status_code == 404
        assert "text/html" in answer["Content-Type"]


@pytest.mark.parametrize("path", ["hold/", "best/", "standing/", "list/choose/", "waiting-list/"])
def test_places_of_a_night_that_does_not_exist_are_not_held(buyer: Buyer, path: str) -> None:
    page = buyer.page.replace(buyer.performance.code, "NOSUCH")
    with nothing_stored():
        answer = buyer.client.post(page + path, {"place": "0", "quantity": "2", "n-full": "1", "email": "a@b.be"})
        assert answer.status_code == 404
        answer = buyer.client.post(f"/en/nowhere/x/{buyer.performance.code}/" + path, {"quantity": "0"})
        assert answer.status_code in (404, 409, 422)


def test_a_gift_card_of_no_house_is_not_sold(buyer: Buyer) -> None:
    with nothing_stored():
        assert buyer.client.post("/en/nowhere/gift-card/", {"amount": "25"}).status_code == 404


# Prices


@pytest.fixture
def dearer(buyer: Buyer, now: datetime) -> Buyer:
    """The page said 24 euro; now it is 26."""
    selling.costs(now, buyer.performance, "26.00")
    caches["default"].clear()
    return buyer


@pytest.mark.parametrize(("path", "fields"), [
    ("hold/", {"place": "0", "shown": "24.00"}),
    ("best/", {"quantity": "2", "price-rank-1": "24.00"}),
    ("list/choose/", {"place": "0", "listed": "P", "price-rank-1": "24.00"}),
])  # fmt: skip
def test_a_price_that_changed_since_the_page_is_said_with_both(
    dearer: Buyer, path: str, fields: dict[str, str]
) -> None:
    with nothing_stored():
        answer = dearer.client.post(dearer.page + path, fields)
    assert answer.status_code == 409
    assert "from €24.00 to €26.00" in answer.content.decode()
    assert (
        dearer.client.post(
            dearer.page + path,
            {**fields, **dict.fromkeys((name for name in fields if name.startswith(("shown", "price"))), "26.00")},
        ).status_code
        == 303
    )


def test_a_standing_price_that_changed_since_the_page_is_said_with_both(fan: Buyer, now: datetime) -> None:
    selling.costs(now, fan.performance, "26.00")
    with nothing_stored():
        answer = fan.post(f"{fan.page}standing/", **{"n-full": "2", "price-full": "24.00"})
    assert answer.status_code == 409
    assert "from €24.00 to €26.00" in answer.content.decode()


def test_every_form_that_holds_says_what_its_page_showed(buyer: Buyer, fan: Buyer) -> None:
    assert 'name="price-rank-1" value="24.00"' in buyer.get().content.decode()
    assert 'name="price-rank-1" value="24.00"' in buyer.get(f"{buyer.page}list/").content.decode()
    assert 'name="price-full" value="24.00"' in fan.get().content.decode()


def test_a_tariff_that_changed_since_the_page_is_said_with_both(buyer: Buyer, now: datetime) -> None:
    selling.a_tariff(now, buyer.performance, "youth", "J", "12.00")
    buyer.click("0")
    change = f"{buyer.shop}basket/lines/{buyer.performance.code}-0/tariff/"
    assert 'name="price-youth" value="12.00"' in buyer.get(f"{buyer.shop}basket/").content.decode()
    with nothing_stored():
        answer = buyer.post(change, **{"price_type": "youth", "price-youth": "10.00"})
    assert answer.status_code == 409
    assert buyer.basket().lines.get().gross == Decimal("24.00")


@pytest.mark.parametrize("shown", ["0", "0.01", "-48", "1e2", "NaN", "sNaN", "Infinity", "48.0000000001", SCRIPT])
def test_no_price_of_the_buyers_own_is_paid(buyer: Buyer, mollie: FakeMollie, shown: str) -> None:
    buyer.best(2)
    buyer.check_out(shown=shown, due=shown, total=shown, amount=shown, gross=shown)
    for placed in Order.objects.all():
        assert placed.total == Decimal("48.00")
    assert [request.amount for request in mollie.requests.values()] in ([], [Decimal("48.00")])


# Script in names


def test_script_in_names_is_text_everywhere(buyer: Buyer, mollie: FakeMollie, now: datetime) -> None:
    show = buyer.performance
    Production.objects.update(title=building.text(SCRIPT), subtitle=building.text(SCRIPT))
    House.objects.update(name=SCRIPT, tagline=building.text(SCRIPT), programme_version=1000)
    caches["default"].clear()
    buyer.best(2)
    pages = [buyer.get(path) for path in ("", f"{buyer.page}list/", buyer.shop, f"{buyer.shop}agenda/", "/en/",
                                          f"{buyer.shop}basket/", f"{buyer.shop}checkout/")]  # fmt: skip
    fields = {"first_name": SCRIPT[:80], "last_name": SCRIPT[:80]}
    assert buyer.check_out(**fields).status_code == 303
    provider_id = next(reversed(mollie.payments))
    mollie.end(provider_id, ports.ProviderState.PAID)
    way_back = re.sub(r"^https?://[^/]+", "", mollie.requests[provider_id].return_url)
    pages.append(buyer.client.get(way_back, follow=True))
    drain_outbox()
    pages.append(buyer.client.get(way_back, follow=True))
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "script-src 'self';" in page["Content-Security-Policy"]
    assert Ticket.objects.filter(performance=show).count() == 2
    for letter in mail.outbox:
        for body, kind in getattr(letter, "alternatives", []):
            assert kind != "text/html" or "<script>alert" not in body


def test_nothing_about_a_person_stands_in_an_address(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.best(2)
    answer = buyer.check_out(email="noor.peeters@example.org", first_name="Noorbijzonder", last_name="Vandenheuvel")
    seen = [answer["Location"]]
    provider_id = next(reversed(mollie.payments))
    request = mollie.requests[provider_id]
    mollie.end(provider_id, ports.ProviderState.PAID)
    page = buyer.client.get(re.sub(r"^https?://[^/]+", "", request.return_url), follow=True)
    seen += [
        request.return_url,
        request.webhook_url,
        request.description,
        *(url for url, _status in page.redirect_chain),
    ]
    seen += re.findall(r'(?:href|action|src)="([^"]+)"', page.content.decode())
    for address in seen:
        for person in ("noor.peeters", "Noorbijzonder", "Vandenheuvel", "example.org"):
            assert person not in address


# Doors


@pytest.mark.parametrize("path", ["account/", "account/export/"])
def test_an_account_is_shown_to_its_owner_only(db: None, path: str) -> None:
    answer = Client().get(f"/en/{path}")
    assert answer.status_code == 302
    assert "login" in answer["Location"]


# What is kept of a visitor


def test_pages_are_for_their_visitor_and_personal_ones_are_kept_nowhere(buyer: Buyer) -> None:
    buyer.click("0")
    kept = {path: buyer.get(f"{buyer.shop}{path}")["Cache-Control"] for path in ("", "agenda/", "basket/", "checkout/")}
    never = "max-age=0, no-cache, no-store, must-revalidate, private"
    assert kept == dict.fromkeys(("", "agenda/", "basket/"), "private, no-cache") | {"checkout/": never}
    assert buyer.get("/en/account/")["Cache-Control"] == never
    assert buyer.click("1")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("name", [
    "An\r\nBcc: x@example.org", "Win at https://evil.example", "www.evil.example", "claim on evil.example now", "a@b",
])  # fmt: skip
def test_a_name_is_no_advertisement(buyer: Buyer, name: str) -> None:
    """It stands in a mail to an address anybody may type."""
    buyer.click("0")
    assert (buyer.check_out(first_name=name).status_code, Order.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["J.P.", "Anne-Sophie", "O’Neill", "An & Bo", "Émile d'Hoop", "J.Peeters", "j.de"])
def test_names_of_people_are_names(buyer: Buyer, mollie: FakeMollie, name: str) -> None:
    buyer.click("0")
    assert (buyer.check_out(first_name=name).status_code, Order.objects.get().first_name) == (303, name)


def test_nobody_learns_who_is_waiting(fan: Buyer, now: datetime) -> None:
    for quantity in (20, 10):
        selling.stood(fan.performance, now, full=quantity)
    fields = {"email": "noor@example.org", "quantity": 1}
    answers = [Buyer(fan.performance).post(f"{fan.page}waiting-list/", **fields) for _time in range(2)]
    assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
    assert WaitingListEntry.objects.count() == 1


def test_a_basket_handed_over_does_not_open_the_order_of_who_bought_it(buyer: Buyer, mollie: FakeMollie) -> None:
    """Somebody gives a stranger a basket, and comes back for the tickets."""
    buyer.click("0")
    giver = Client()
    giver.cookies[COOKIE] = buyer.client.cookies[COOKIE].value
    assert buyer.check_out().status_code == 303
    order, at = Order.objects.get(), f"{buyer.shop}checkout/"
    answers = [giver.get(at), giver.post(at, {"email": "x@example.org", "first_name": "X", "last_name": "Y"})]
    assert [answer["Location"] for answer in answers] == [f"{buyer.shop}basket/"] * 2
    giver.cookies[ORDER] = "forged:signature"
    assert giver.get(at)["Location"] == f"{buyer.shop}basket/"
    assert buyer.get(at)["Location"].endswith(f"/order/{link_token(order)}/")


def test_who_never_got_the_answer_to_pay_finds_the_order_all_the_same(buyer: Buyer, mollie: FakeMollie) -> None:
    """The process died with the answer: the browser knows only what it knew before."""
    buyer.click("0")
    at = f"{buyer.shop}checkout/"
    buyer.get(at)
    before = {name: morsel.value for name, morsel in buyer.client.cookies.items()}
    assert buyer.check_out().status_code == 303
    lost = Client()
    for name, value in before.items():
        lost.cookies[name] = value
    assert lost.get(at)["Location"].endswith(f"/order/{link_token(Order.objects.get())}/")


def test_a_form_sent_again_after_its_order_was_given_up_makes_a_new_one(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.click("0")
    at = f"{buyer.shop}checkout/"
    buyer.get(at)
    told = buyer.client.cookies[ORDER].value
    assert buyer.check_out().status_code == 303
    first = Order.objects.get()
    buyer.post(f"/en/{buyer.house}/order/{link_token(first)}/reopen/")
    buyer.client.cookies[ORDER] = told
    assert buyer.check_out().status_code == 303
    second = Order.objects.exclude(id=first.id).get()
    assert buyer.get(at)["Location"].endswith(f"/order/{link_token(second)}/")


def test_a_link_outlives_a_new_secret_key_that_names_the_old_one(order: Order, settings: Settings) -> None:
    at = f"/en/{order.house.slug}/order/{link_token(order)}/"
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert Client().get(at).status_code == 404
    settings.SECRET_KEY_FALLBACKS = [old]
    assert [Client().get(at + page).status_code for page in ("", "cancel/")] == [200, 200]


def test_a_crowd_that_comes_back_does_not_wait(buyer: Buyer, mollie: FakeMollie) -> None:
    """With every chair taken the page says that we wait, and nobody is asked."""
    buyer.click("0")
    buyer.check_out()
    mollie.calls.clear()
    back = f"/en/{buyer.house}/order/{link_token(Order.objects.get())}/return/"
    with behind_links._chairs, behind_links._chairs:
        assert buyer.get(back).status_code == 302
    assert mollie.calls == []
    buyer.get(back)
    assert mollie.calls == ["fetch"]


# Files


def test_a_file_of_a_visitor_is_kept_nowhere(buyer: Buyer, monkeypatch: pytest.MonkeyPatch) -> None:
    def keep(*_args: object, **_named: object) -> None:
        pytest.fail("a visitor's file was taken in")

    for handler in (MemoryFileUploadHandler, TemporaryFileUploadHandler):
        monkeypatch.setattr(handler, "new_file", keep)
    for path in shop_posts(buyer):
        answer = buyer.client.post(path, {"code": "x", "file": SimpleUploadedFile("x.jpg", b"x" * 100_000)})
        assert answer.status_code < 500


def test_a_form_larger_than_any_of_ours_is_not_read(buyer: Buyer) -> None:
    file = SimpleUploadedFile("x.jpg", b"x" * 1_100_000)
    answer = buyer.client.post(f"{buyer.shop}basket/code/", {"code": "x", "file": file})
    assert (answer.status_code, "We could not read this" in answer.content.decode()) == (400, True)


def test_a_draft_shows_nobody_its_places(show: Performance) -> None:
    assert Client().get(f"/states/{show.code}").status_code == 200
    Performance.objects.filter(pk=show.pk).update(state=Performance.State.DRAFT)
    assert Client().get(f"/states/{show.code}").status_code == 410
