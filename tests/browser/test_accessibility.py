"""Every page of the shop through axe: light and dark, three languages, narrow and wide, in pairs that cover all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.template.loader import get_template
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.shopping import Shop, Visitor, faults, link_in, order_in, waiting_for_the_bank
from ticketing.models import Payment, Performance
from ticketing.operations.orders import abandon
from ticketing.operations.programme import cancel_performance

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1366, "height": 768}
# Each pair of scheme, language and width comes up at least once.
LOOKS = [
    ("light", "nl", NARROW),
    ("dark", "nl", WIDE),
    ("light", "fr", WIDE),
    ("dark", "fr", NARROW),
    ("light", "en", WIDE),
    ("dark", "en", NARROW),
]


@pytest.fixture(scope="module")
def nights() -> dict[str, Performance]:
    """The same for all looks: what is drawn matters here, not who sits where."""
    return {}


def pages(visitor: Visitor, shop: Shop, nights: dict[str, Performance]) -> Iterator[tuple[str, Page]]:
    """The shop from the front door to after the sale, each page in the state a visitor finds it."""
    house, path = "zomerhof", lambda name, *args: shop.path(name, *args, language=visitor.language)
    yield "cluster", visitor.go(path("cluster"))
    yield "house", visitor.go(path("house", house))
    yield "agenda", visitor.go(path("agenda", house))
    yield "nothing found", visitor.go(path("agenda", house) + "?q=xyzzy")
    for name in ("practical", "terms", "privacy", "accessibility"):
        yield name, visitor.go(path("info", house, name))
    yield "gift card", visitor.go(path("gift_card", house))
    yield "empty basket", visitor.go(path("basket", house))
    yield "cancelled", visitor.at(nights["cancelled"])
    yield "sold out", visitor.at(shop.stage.sold_out)
    yield "waiting list", visitor.at(shop.stage.sold_out, "waiting_list")
    visitor.page.locator("main form button").click()
    yield "waiting list with a fault", visitor.page
    visitor.page.locator("input[name=email]").fill(f"{uuid4().hex}@example.org")
    visitor.page.locator("main form button").click()
    yield "waiting list asked", visitor.page
    letters = [letter.body for letter in shop.letters() if "/waiting/" in letter.body]
    yield "waiting list to be confirmed", visitor.go(link_in(letters[-1], "/confirm/"))
    visitor.page.locator("main form button").click()
    yield "on the waiting list", visitor.page
    yield "leaving the waiting list", visitor.go(link_in(letters[-1], "/confirm/").replace("/confirm/", "/leave/"))
    yield "something broke", broken(visitor)
    yield "nowhere", visitor.go(path("house", "nowhere"))
    yield "sign in", visitor.go(f"/{visitor.language}/account/login/")
    yield "sign up", visitor.go(f"/{visitor.language}/account/signup/")
    visitor.page.locator("input[name=email]").fill(f"{uuid4().hex}@example.org")
    visitor.page.locator("input[name=password1]").fill("zeven-zwanen-zwemmen")
    visitor.page.locator("main form button").click()
    yield "a code is sent", visitor.page
    visitor.page.locator("input[name=code]").fill("BBBB-BBBB")
    visitor.page.locator("main form button").first.click()
    yield "a code that is wrong", visitor.page
    visitor.page.locator("form[action$='/logout/'] button").click()
    yield "forgotten", visitor.go(f"/{visitor.language}/account/password/reset/")
    visitor.page.locator("input[name=email]").fill(f"{uuid4().hex}@example.org")
    visitor.page.locator("main form button").click()
    yield "a way back is sent", visitor.page
    yield "standing", visitor.at(nights["standing"])
    yield "list", visitor.at(nights["seated"], "list")
    yield "map", visitor.at(nights["seated"])
    visitor.page.locator("form[action$='/best/'] button.btn").click()
    expect(visitor.basket).to_have_attribute("data-count", "2")
    visitor.page.locator("#basket summary").click()
    yield "map with a basket", visitor.page
    yield "basket", visitor.go(path("basket", house))
    page = visitor.go(path("checkout", house))
    page.locator("main form button[type=submit]").click()
    yield "checkout with faults", page
    visitor.fill_in()
    visitor.pay()
    expect(page.locator("article.ticket")).to_have_count(2)
    yield "order", page
    yield "tickets being made", visitor.go(page.locator("a[href$='/tickets.pdf']").get_attribute("href") or "")
    page.locator("main p a.link").click()
    page.locator("a[href$='/invoice/']").click()
    page.locator("main form button").click()
    yield "invoice with faults", page
    for name, words in (("street", "Schoolstraat 1"), ("postcode", "9000"), ("city", "Gent")):
        page.locator(f"input[name={name}]").fill(words)
    page.locator("main form button").click()
    expect(page.locator("a[href$='.pdf']")).to_have_count(1)
    yield "invoice", page
    page.locator("main p a.link").click()
    page.locator("a[href$='/cancel/']").click()
    yield "cancel", page
    page.locator("main form button").click()
    yield "cancelling asked", page
    letters = [letter.body for letter in shop.letters() if "/confirm/" in letter.body]
    yield "cancelling to be confirmed", visitor.go(link_in(letters[-1], "/confirm/"))
    page.locator("main form button").click()
    yield "cancelled order", page
    unpaid = waiting_for_the_bank(shop)
    yield "waiting for the bank", visitor.go(order_in(visitor.language, unpaid))
    unpaid.payments.update(state=Payment.State.OPEN, checkout_url=shop.base)
    yield "not paid yet", visitor.go(order_in(visitor.language, unpaid))
    abandon(order_id=unpaid.id, reason="expired", now=timezone.now())
    yield "not paid at all", visitor.go(order_in(visitor.language, unpaid))
    sign_in(visitor)
    yield "account", visitor.go(path("account"))
    yield "address of the account", visitor.go(f"/{visitor.language}/account/email/")
    yield "password", visitor.go(f"/{visitor.language}/account/password/change/")
    yield "sign out", visitor.go(f"/{visitor.language}/account/logout/")


def broken(visitor: Visitor) -> Page:
    """What is shown when nothing else can be."""
    page, template = visitor.page, get_template("500.html")
    page.route("**/broken", lambda route: route.fulfill(body=template.render(), content_type="text/html"))
    return visitor.go("/broken")


def sign_in(visitor: Visitor) -> None:
    email, password = f"{uuid4().hex}@example.org", "zeven-zwanen-zwemmen"
    user = User.objects.create_user(email, email, password)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    page = visitor.go(f"/{visitor.language}/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button").last.click()
    page.wait_for_url("**/account/")


@pytest.mark.parametrize(("scheme", "language", "viewport"), LOOKS, ids=lambda look: str(look)[:5])
def test_nothing_on_a_page_keeps_anybody_out(
    visit: Callable[..., Visitor],
    shop: Shop,
    nights: dict[str, Performance],
    scheme: str,
    language: str,
    viewport: dict[str, int],
) -> None:
    if not nights:
        nights |= {"seated": shop.stage.seated("De meeuw"), "standing": shop.stage.standing()}
        called_off = cancel_performance(performance_id=shop.stage.standing("Storm").pk, now=timezone.now())
        nights["cancelled"] = called_off
        shop.stage.give_picture(nights["seated"])
    visitor = visit(viewport, language=language, color_scheme=scheme, reduced_motion="reduce")
    found = []
    for name, page in pages(visitor, shop, nights):
        page.wait_for_load_state()
        found += [f"{name}: {fault}" for fault in faults(page)]
        found += [f"{name}: {fault}" for fault in too_wide(page)]
        assert name == "something broke" or page.locator("html").get_attribute("lang") == language
    assert not found, "\n".join(found)


def too_wide(page: Page) -> Any:
    """Nobody has to scroll sideways, at 320 px as little as at 400 %."""
    return page.evaluate("""() => {
        const wide = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= wide) return [];
        return [...document.querySelectorAll("body *")]
            .filter((node) => node.getBoundingClientRect().right > wide + 0.5)
            .map((node) => `wider than the window: ${node.outerHTML.slice(0, 100)}`).slice(0, 4);
    }""")
