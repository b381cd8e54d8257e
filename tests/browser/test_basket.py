"""One basket for everything: two houses, codes and gift cards, and what happens when paying goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from tests.browser.shopping import PHONE, Shop, Visitor
from tests.browser.stage import VOUCHER
from ticketing.models import Order

pytestmark = pytest.mark.browser


def test_one_basket_and_one_payment_for_two_houses(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    page.get_by_role("button", name="Choose the best for me").click()
    expect(visitor.basket).to_have_attribute("data-count", "2")
    visitor.at(shop.stage.standing(house=shop.stage.neighbour))
    page.locator("input[name=n-full]").fill("1")
    page.get_by_role("button", name="Put in the basket").click()
    expect(visitor.basket).to_have_attribute("data-count", "3")
    visitor.go(shop.path("checkout", "zomerhof"))
    expect(visitor.basket).to_contain_text("Loods Negen")
    visitor.fill_in()
    visitor.pay()
    expect(page.locator("article.ticket")).to_have_count(3)
    assert shop.order(page).total == Decimal("84.00")


def test_a_code_lowers_the_price_and_a_gift_card_pays_the_rest_of_it(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.at(shop.stage.seated())
    page.get_by_role("button", name="Choose the best for me").click()
    expect(visitor.basket).to_contain_text("€56.00")
    for code, total in ((VOUCHER.lower(), "€50.40"), (shop.stage.gift_card(), "€30.40")):
        page.locator("#basket summary").click()
        page.get_by_label("Code", exact=True).fill(code)
        page.get_by_role("button", name="Use", exact=True).click()
        expect(page.locator("#basket .total")).to_contain_text(total)
    page.get_by_role("link", name="Continue to payment").click()
    visitor.fill_in()
    page.get_by_role("button", name="Pay €30.40").click()
    page.locator("button[name=outcome][value=paid]").click()
    expect(page.locator("article.ticket")).to_have_count(2)
    order = shop.order(page)
    assert (order.state, order.total) == (Order.State.PAID, Decimal("50.40"))


def test_a_code_nobody_knows_is_said_beside_its_field(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    page.get_by_role("button", name="Choose the best for me").click()
    page.locator("#basket summary").click()
    page.get_by_label("Code", exact=True).fill("NOTHING")
    page.get_by_role("button", name="Use", exact=True).click()
    expect(page.get_by_label("Code", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#code-error")).not_to_be_empty()


def test_after_a_payment_that_failed_the_same_places_are_one_press_away(
    visit: Callable[..., Visitor], shop: Shop
) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    visitor.choose("C", 5)
    visitor.choose("C", 6)
    page.get_by_role("link", name="Continue to payment").click()
    visitor.fill_in()
    visitor.pay("failed")
    expect(page.get_by_role("heading", level=1)).to_have_text("The payment was not completed")
    page.get_by_role("button", name="Try the same places").click()
    expect(visitor.basket).to_contain_text("row C, seat 6")
    page.get_by_role("link", name="Continue to payment").click()
    visitor.fill_in()
    visitor.pay()
    expect(page.locator("article.ticket")).to_have_count(2)


def test_a_gift_card_is_bought(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.go(shop.path("gift_card", "zomerhof"))
    page.get_by_text("€30", exact=True).click()
    page.get_by_role("button", name="Put in the basket").click()
    page.get_by_role("link", name="Continue to payment").click()
    visitor.fill_in(email="gift@example.org")
    visitor.pay()
    expect(page.get_by_role("heading", name="Gift cards")).to_be_visible()
    assert {letter.to[0] for letter in shop.letters()} >= {"gift@example.org"}


def test_what_is_missing_is_said_at_its_field(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.standing())
    page.locator("input[name=n-full]").fill("1")
    page.get_by_role("button", name="Put in the basket").click()
    page.get_by_role("link", name="Continue to payment").click()
    page.locator("input[name=email]").fill("noor at example")
    page.locator("main form button[type=submit]").click()
    for name in ("email", "first_name", "last_name"):
        expect(page.locator(f"input[name={name}]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("input[name=email]")).to_have_value("noor at example")
    expect(page.locator("input[name=email]")).to_be_focused()


def test_the_keyboard_stays_where_it_was_when_the_basket_changes(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    best = page.get_by_role("button", name="Choose the best for me")
    best.press("Enter")
    expect(visitor.basket).to_have_attribute("data-count", "2")
    expect(best).to_be_focused()
    more_time = visitor.basket.get_by_role("button", name="More time")
    with page.expect_response("**/more-time/"):
        more_time.press("Enter")
    expect(more_time).to_be_focused()
    visitor.basket.locator("summary").press("Enter")
    code = page.get_by_label("Code", exact=True)
    code.fill("NOTHING")
    code.press("Enter")
    expect(code).to_have_attribute("aria-invalid", "true")
    expect(code).to_be_focused()
    expect(code).to_have_value("NOTHING")
    tariff = visitor.basket.locator("select").first
    tariff.focus()
    with page.expect_response("**/tariff/"):
        tariff.select_option(index=1)
    expect(visitor.basket).to_have_attribute("data-total", "€42.00")
    expect(tariff).to_be_focused()
    visitor.basket.get_by_role("button", name="Remove").first.press("Enter")
    expect(visitor.basket).to_have_attribute("data-count", "1")
    # The button that came in the place of the one that went.
    expect(visitor.basket.locator(":focus")).to_have_count(1)
    visitor.basket.get_by_role("button", name="Remove").first.press("Enter")
    expect(visitor.basket).to_have_attribute("data-count", "0")
    expect(visitor.basket).to_be_focused()
