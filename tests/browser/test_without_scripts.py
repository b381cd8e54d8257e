"""Everything is for sale without a line of JavaScript: standing places, the best available, seats from the list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shopping import PHONE, Shop, Visitor
from ticketing.models import Order

pytestmark = pytest.mark.browser


@pytest.fixture
def reader(visit: Callable[..., Visitor]) -> Visitor:
    return visit(PHONE, java_script_enabled=False)


def finish(reader: Visitor, shop: Shop, tickets: int) -> None:
    reader.page.get_by_role("link", name="Continue to payment").click()
    reader.fill_in()
    reader.pay()
    expect(reader.page.locator("article.ticket")).to_have_count(tickets)
    assert shop.order(reader.page).state == Order.State.PAID


def test_standing_places(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.standing())
    page.get_by_label("Full price", exact=True).fill("2")
    page.get_by_label("Young", exact=True).fill("1")
    page.get_by_role("button", name="Put in the basket").click()
    expect(reader.basket).to_contain_text("€70.00")
    finish(reader, shop, 3)


def test_the_best_available(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.seated())
    page.get_by_label("Number of places", exact=True).fill("2")
    page.get_by_role("button", name="Choose the best for me").click()
    expect(reader.basket).to_contain_text("€56.00")
    finish(reader, shop, 2)


def test_seats_from_the_list(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.seated())
    page.get_by_role("link", name="List").click()
    open_all(page)
    page.get_by_label("Balcony, row 1, seat 5, Band C, €16, free").check()
    page.get_by_label("Balcony, row 1, seat 6, Band C, €16, free").check()
    page.get_by_role("button", name="Take these places").click()
    expect(reader.basket).to_contain_text("Balcony, row 1, seat 5")
    expect(reader.basket).to_contain_text("€32.00")
    finish(reader, shop, 2)


def test_a_tariff_is_changed_and_a_place_taken_out(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.seated())
    page.get_by_role("button", name="Choose the best for me").click()
    page.locator("#basket select").first.select_option(label="Young – €14.00")
    page.get_by_role("button", name="Change the tariff").first.click()
    expect(reader.basket).to_contain_text("€42.00")
    page.locator("#basket").get_by_role("button", name="Remove").first.click()
    expect(reader.basket).to_contain_text("€28.00")


def test_a_place_somebody_else_took_is_said_in_one_sentence(
    reader: Visitor, visit: Callable[..., Visitor], shop: Shop
) -> None:
    night = shop.stage.seated()
    page = reader.at(night, "list")
    open_all(page)
    page.get_by_label("Stalls, row A, seat 5, Band A, €28, free").check()
    faster = visit()
    faster.at(night)
    faster.choose("A", 5)
    page.get_by_role("button", name="Take these places").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody")


def open_all(page: Page) -> None:
    closed = page.locator(".seatlist details:not([open]) > summary")
    while closed.count():
        closed.first.click()
