"""Every page of the shop through axe: light and dark, three languages, narrow and wide, in pairs that cover all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shopping import Shop, Visitor, faults
from ticketing.models import Performance

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
    yield "sold out", visitor.at(shop.stage.sold_out)
    yield "waiting list", visitor.at(shop.stage.sold_out, "waiting_list")
    yield "nowhere", visitor.go(path("house", "nowhere"))
    yield "sign in", visitor.go(f"/{visitor.language}/account/login/")
    yield "sign up", visitor.go(f"/{visitor.language}/account/signup/")
    yield "forgotten", visitor.go(f"/{visitor.language}/account/password/reset/")
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
    page.locator("a[href$='/cancel/']").click()
    yield "cancel", page


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
        shop.stage.give_picture(nights["seated"])
    visitor = visit(viewport, language=language, color_scheme=scheme, reduced_motion="reduce")
    found = []
    for name, page in pages(visitor, shop, nights):
        found += [f"{name}: {fault}" for fault in faults(page)]
        found += [f"{name}: {fault}" for fault in too_wide(page)]
        assert page.locator("html").get_attribute("lang") == language
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
