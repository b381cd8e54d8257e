"""What strangers, broken browsers and attackers send: a clear answer, nothing stored, nothing told."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from outbox.testing import drain_outbox
from payments.mollie.fake import FakeMollie
from tests.ticketing import building
from tests.ticketing.untouched import nothing_stored
from tests.webshop.conftest import Buyer
from tests.webshop.strangers import NONSENSE, SCRIPT, order_pages, shop_posts
from ticketing import ports
from ticketing.models import (
    House,
    Order,
    Performance,
    Place,
    Production,
    Ticket,
)
from ticketing.order_links import link_token

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


# Names


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


# Files


def test_a_form_larger_than_any_of_ours_is_not_read(buyer: Buyer) -> None:
    file = SimpleUploadedFile("x.jpg", b"x" * 1_100_000)
    answer = buyer.client.post(f"{buyer.shop}basket/code/", {"code": "x", "file": file})
    assert (answer.status_code, "We could not read this" in answer.content.decode()) == (400, True)


def test_a_draft_shows_nobody_its_places(show: Performance) -> None:
    assert Client().get(f"/states/{show.code}").status_code == 200
    Performance.objects.filter(pk=show.pk).update(state=Performance.State.DRAFT)
    assert Client().get(f"/states/{show.code}").status_code == 410


@pytest.mark.parametrize("path", ["", "agenda/", "basket/", "gift-card/"])
def test_what_stands_behind_an_address_is_text_in_the_links_to_other_languages(buyer: Buyer, path: str) -> None:
    answer = buyer.client.get(f"{buyer.shop}{path}", QUERY_STRING='q="><script>alert(1)</script>')
    page = answer.content.decode()
    assert ("<script>alert" in page, "&quot;&gt;&lt;script&gt;alert(1)" in page) == (False, True)
