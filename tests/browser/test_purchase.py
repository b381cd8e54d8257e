"""From the page of a performance to tickets on the screen: with the mouse, by keyboard alone, on a phone and a desk."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shopping import DESKTOP, PHONE, Shop, Visitor, link_in
from ticketing.models import Order

pytestmark = pytest.mark.browser

# A choice dressed as a chip or a square shows the mark for the field hidden in it, a seat with its edge.
FOCUS = """(selector) => {
    const at = document.activeElement, drawn = at.closest("label:has(:focus-visible)") ?? at;
    const html = at.outerHTML.slice(0, 120), is_there = at.matches(selector);
    if (at === document.body) return { html, is_there, is_marked: true, is_clear: true };
    const styles = [drawn, at].map((node) => getComputedStyle(node));
    const is_outlined = styles.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
    const edge = at.querySelector(":scope > :is(circle, rect)");
    const box = drawn.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
    const top = document.elementFromPoint(Math.min(Math.max(x, 0), innerWidth - 1), y);
    return {
        html, is_there,
        is_marked: is_outlined || (edge !== null && parseFloat(getComputedStyle(edge).strokeWidth) >= 3),
        is_clear: top !== null && (drawn.contains(top) || top.contains(drawn)),
    };
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_two_seats_beside_each_other_are_bought_on_the_map(
    visit: Callable[..., Visitor], shop: Shop, viewport: dict[str, int]
) -> None:
    visitor = visit(viewport)
    page = visitor.at(shop.stage.seated())
    visitor.choose("C", 5)
    visitor.choose("C", 6)
    expect(visitor.basket).to_contain_text("Stalls, row C, seat 5")
    expect(visitor.basket).to_contain_text("€56.00")
    if viewport == PHONE:
        page.get_by_role("link", name="To the basket").click()
    page.get_by_role("link", name="Continue to payment").click()
    visitor.fill_in()
    page.get_by_role("button", name="Pay €56.00").click()
    expect(page.locator("body")).to_contain_text("56.00")
    page.locator("button[name=outcome][value=paid]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("See you there")
    tickets = page.locator("article.ticket")
    expect(tickets).to_have_count(2)
    expect(tickets.first).to_contain_text("row C, seat 5")
    expect(tickets.first.locator(".ticket__qr svg")).to_be_visible()
    order = shop.order(page)
    assert (order.state, order.total) == (Order.State.PAID, Decimal("56.00"))
    [letter] = [letter for letter in shop.letters() if letter.to == ["noor@example.org"]]
    assert link_in(letter.body, "/order/").startswith(shop.base)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_a_guest_needs_few_pages_fields_and_taps(
    visit: Callable[..., Visitor], shop: Shop, viewport: dict[str, int]
) -> None:
    """At most 3 pages, 3 fields and 9 taps from the page of the event to the provider."""
    visitor = visit(viewport)
    page = visitor.page
    page.add_init_script("""
        addEventListener("click", (event) => {
            if (event.isTrusted) sessionStorage.taps = Number(sessionStorage.taps ?? 0) + 1;
        }, true);
    """)
    pages: list[str] = []
    page.on("framenavigated", lambda frame: pages.append(urlsplit(frame.url).path) if shop.base in frame.url else None)
    visitor.at(shop.stage.seated())
    visitor.choose("B", 3)
    visitor.choose("B", 4)
    page.get_by_role("link", name="Continue to payment").click()
    fields = page.locator("main form input[required]:visible")
    fields.first.wait_for()
    assert fields.count() <= 3
    for field, value in zip(fields.all(), ("noor@example.org", "Noor", "Peeters"), strict=True):
        field.click()
        field.fill(value)
    taps = page.evaluate("Number(sessionStorage.taps)")
    page.get_by_role("button", name="Pay €56.00").click()
    page.locator("button[name=outcome][value=paid]").wait_for()
    assert taps + 1 <= 9
    assert len(dict.fromkeys(pages)) <= 3


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_whole_purchase_works_by_keyboard_alone(
    visit: Callable[..., Visitor], shop: Shop, viewport: dict[str, int]
) -> None:
    visitor = visit(viewport)
    page = visitor.at(shop.stage.seated())
    page.mouse.move(0, 0)
    tab_to(page, "the seat map", "[role=checkbox]")
    first = page.evaluate("document.activeElement.dataset.place")
    press(page, "ArrowDown", "Home")
    assert page.evaluate("document.activeElement.dataset.place") != first
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert re.fullmatch(r"Stalls, row \w, seat 1, Band A, €28, free", said)
    page.keyboard.press("Space")
    expect(visitor.basket).to_have_attribute("data-count", "1")
    press(page, "ArrowRight", "Space")
    expect(visitor.basket).to_have_attribute("data-count", "2")
    tab_to(page, "the way to pay", '#basket a[href$="/checkout/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/checkout/")
    for name, value in (("email", "noor@example.org"), ("first_name", "Noor"), ("last_name", "Peeters")):
        tab_to(page, name, f"input[name={name}]")
        page.keyboard.type(value)
    tab_to(page, "the pay button", "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.locator("button[name=outcome][value=paid]").wait_for()
    tab_to(page, "the provider's button", "button[value=paid]")
    page.keyboard.press("Enter")
    expect(page.locator("article.ticket")).to_have_count(2)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, what: str, selector: str, most: int = 60) -> None:
    """Only the tab key; whatever has the focus on the way must show it, with nothing on top."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS, selector)
        assert focus["is_marked"], f"no mark: {focus['html']}"
        assert focus["is_clear"], f"covered or out of sight: {focus['html']}"
        if focus["is_there"]:
            return
    pytest.fail(f"{what} is not reached with {most} tabs")
