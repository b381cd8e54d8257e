"""Every step works without a line of JavaScript: choosing, paying, and all that comes before, beside and after."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.shopping import PHONE, Shop, Visitor, end_basket_in, link_in
from tests.browser.stage import VOUCHER
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


def test_a_wheelchair_and_a_companion(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.seated())
    page.get_by_text("Wheelchair and companion").click()
    page.get_by_role("button", name="Choose the best for me").click()
    expect(reader.basket).to_contain_text("heelchair")
    finish(reader, shop, 2)


def test_more_time_a_code_a_gift_card_and_the_same_places_again(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.seated())
    page.get_by_role("button", name="Choose the best for me").click()
    page.get_by_role("button", name="More time").click()
    expect(page.locator("hold-timer [data-clock]")).to_contain_text("24:")
    for code, total in ((VOUCHER, "€50.40"), (shop.stage.gift_card(), "€30.40")):
        use_code(page, code)
        expect(page.locator("#basket .total")).to_contain_text(total)
    use_code(page, "NOTHING")
    expect(page.get_by_label("Code", exact=True)).to_have_attribute("aria-invalid", "true")
    reader.go(shop.path("basket", "zomerhof"))
    page.get_by_role("button", name=re.compile("Remove Gift card")).click()
    expect(page.locator("#basket .total")).to_contain_text("€50.40")
    end_basket_in(-1)
    page.reload()
    page.get_by_role("button", name="Try the same places").click()
    expect(page.locator("hold-timer [data-clock]")).to_contain_text("14:")
    finish(reader, shop, 2)


def use_code(page: Page, code: str) -> None:
    page.locator("#basket details:not([open]) > summary").click()
    page.get_by_label("Code", exact=True).fill(code)
    page.get_by_role("button", name="Use", exact=True).click()


def test_a_choice_that_leaves_one_seat_alone_is_shifted(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.seated(), "list")
    open_all(page)
    page.get_by_label("Stalls, row C, seat 2, Band A, €28, free").check()
    page.get_by_role("button", name="Take these places").click()
    page.get_by_role("link", name="Continue to payment").click()
    page.get_by_role("button", name="Shift one seat").click()
    expect(reader.basket).to_contain_text("row C, seat 1")
    finish(reader, shop, 1)


def test_a_party_is_seated_apart_after_a_yes(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.parted())
    page.get_by_role("button", name="Choose the best for me").click()
    expect(reader.basket).to_have_attribute("data-count", "0")
    page.get_by_role("button", name="Yes, seat us apart").click()
    expect(reader.basket).to_have_attribute("data-count", "2")


def test_a_search_a_gift_card_and_two_houses_in_one_payment(reader: Visitor, shop: Shop) -> None:
    there, here = shop.stage.standing(house=shop.stage.neighbour), shop.stage.standing("Zeldzaam")
    page = reader.go(shop.path("agenda", "zomerhof"))
    page.get_by_label("Search a title or a name").fill("zeldzaam")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Zeldzaam").click()
    assert page.url.endswith(shop.night(here))
    for night in (here, there):
        reader.at(night)
        page.get_by_label("Full price", exact=True).fill("1")
        page.get_by_role("button", name="Put in the basket").click()
    reader.go(shop.path("gift_card", "zomerhof"))
    page.get_by_text("€30", exact=True).click()
    page.get_by_role("button", name="Put in the basket").click()
    expect(reader.basket).to_have_attribute("data-count", "3")
    finish(reader, shop, 2)
    expect(page.get_by_role("heading", name="Gift cards")).to_be_visible()


def test_tickets_are_cancelled_by_a_link_in_a_mail(reader: Visitor, shop: Shop) -> None:
    page = reader.page
    reader.buy(shop.stage.seated(), email="cancel@example.org")
    shop.letters()
    page.get_by_role("link", name="Cancel tickets").click()
    page.locator("main input[type=checkbox]").first.uncheck()
    page.get_by_role("button", name="Send me the link").click()
    [letter] = shop.letters()
    reader.go(link_in(letter.body, "/confirm/"))
    page.get_by_role("button", name="Cancel and refund €28.00").click()
    expect(page.locator("article.ticket--void")).to_have_count(1)


def test_the_waiting_list_is_joined_and_left(reader: Visitor, shop: Shop) -> None:
    page = reader.at(shop.stage.sold_out)
    page.get_by_label("E-mail address").fill("reader@example.org")
    page.get_by_role("button", name="Put me on the list").click()
    reader.go(link_in(letter_to("reader@example.org", shop), "/confirm/"))
    page.get_by_role("button", name="Put me on the list").click()
    expect(page.locator("main")).to_contain_text("You are on the list")
    reader.go(link_in(letter_to("reader@example.org", shop), "/leave/"))
    page.get_by_role("button", name="Leave the list").click()
    expect(page.locator("main")).to_contain_text("You are no longer on the list")


def letter_to(address: str, shop: Shop) -> str:
    [letter] = [letter for letter in shop.letters() if letter.to == [address]]
    return str(letter.body)


def test_an_account_is_made_and_its_details_are_kept(reader: Visitor, shop: Shop) -> None:
    page = reader.go(f"/{reader.language}/account/signup/")
    page.locator("input[type=email]").fill("zonder@example.org")
    page.locator("input[type=password]").fill("zeven-zwanen-zwemmen")
    page.locator("main form button").last.click()
    page.get_by_label("Code").fill(shop.last_code())
    page.get_by_role("button", name="Confirm my address").click()
    page.get_by_label("First name").fill("Noor")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("First name")).to_have_value("Noor")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    reader.go(shop.path("account"))
    expect(page.locator("input[name=login]")).to_be_visible()


def open_all(page: Page) -> None:
    closed = page.locator(".seatlist details:not([open]) > summary")
    while closed.count():
        closed.first.click()
