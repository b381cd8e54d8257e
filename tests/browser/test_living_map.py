"""Two people before the same map: what one takes the other sees, and who comes second is told so."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.shopping import PHONE, Shop, Visitor, end_basket_in, faults

pytestmark = pytest.mark.browser


def test_another_screen_shows_a_taken_seat_with_its_next_question(visit: Callable[..., Visitor], shop: Shop) -> None:
    """It asks every two seconds; how long that takes on a busy machine says nothing."""
    night = shop.stage.seated()
    one, other = visit(), visit(PHONE)
    asked: list[str] = []
    one.at(night)
    other.at(night)
    other.page.on("request", lambda request: asked.append(request.url) if "/states/" in request.url else None)
    for state, word in (("t", "taken"), ("f", "free")):
        one.seat("D", 4).click()
        expect(one.seat("D", 4)).not_to_have_class(re.compile("is-pending"))
        asked.clear()
        expect(other.seat("D", 4)).to_have_attribute("data-state", state)
        expect(other.seat("D", 4)).to_have_attribute("aria-label", f"Stalls, row D, seat 4, Band A, €28, {word}")
        assert len(asked) <= 2


def test_a_lost_seat_is_said_in_one_sentence_with_the_row_as_it_is_now(
    visit: Callable[..., Visitor], shop: Shop
) -> None:
    night = shop.stage.seated()
    one, other = visit(), visit()
    other.page.route("**/states/**", lambda route: route.abort())
    other.at(night)
    one.at(night)
    one.choose("E", 5)
    one.choose("E", 6)
    with other.page.expect_response("**/hold/") as answer:
        other.seat("E", 5).click()
    assert answer.value.status == 409
    expect(other.page.get_by_role("alert")).to_contain_text("Somebody was just ahead of you")
    for number in (5, 6):
        expect(other.seat("E", number)).to_have_attribute("data-state", "t")


def test_a_click_that_would_leave_one_seat_alone_offers_to_shift(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    visitor.choose("C", 2)
    page.get_by_role("link", name="Continue to payment").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Shift one seat").click()
    expect(visitor.basket).to_contain_text("row C, seat 1")


def test_time_counts_down_can_be_longer_and_after_the_end_the_choice_stays(
    visit: Callable[..., Visitor], shop: Shop
) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    visitor.choose("C", 5)
    visitor.choose("C", 6)
    before = page.locator("hold-timer [data-clock]").inner_text()
    assert before.startswith("14:")
    page.get_by_role("button", name="More time").click()
    expect(page.locator("hold-timer [data-clock]")).to_contain_text("24:")
    page.get_by_role("button", name="More time").click()
    expect(page.locator("hold-timer [data-clock]")).to_contain_text("34:")
    expect(page.get_by_role("button", name="More time")).to_have_count(0)

    end_basket_in(2 * 3600 + 90)
    page.reload()
    expect(page.locator("hold-timer [data-clock]")).to_contain_text(re.compile("2:01:"))
    end_basket_in(3)
    page.reload()
    expect(page.get_by_role("button", name="Try the same places")).to_be_visible()
    expect(visitor.basket).to_contain_text("row C, seat 5")
    expect(page.locator("#live")).to_contain_text("The time is over")
    page.get_by_role("button", name="Try the same places").click()
    expect(page.locator("hold-timer [data-clock]")).to_contain_text("14:")


def test_three_minutes_before_the_end_it_is_said(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit()
    page = visitor.at(shop.stage.seated())
    visitor.choose("C", 5)
    end_basket_in(183)
    page.reload()
    expect(page.locator("#live")).to_contain_text("three more minutes")


def test_the_map_is_zoomed_and_a_rank_is_put_aside(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.at(shop.stage.seated())
    width = page.locator("seat-map svg[data-seats]").bounding_box()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(50)
    wider = page.locator("seat-map svg[data-seats]").bounding_box()
    assert width and wider and wider["width"] > width["width"]
    page.get_by_role("button", name="Band C").click()
    assert page.locator(".seat.is-dimmed").count() == page.locator(".seat.rank3").count() > 0


def test_a_wheelchair_and_a_companion_sit_together(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.at(shop.stage.seated())
    page.get_by_text("Wheelchair and companion").click()
    page.get_by_role("button", name="Choose the best for me").click()
    expect(visitor.basket).to_have_attribute("data-count", "2")
    chosen = page.locator("svg [role=checkbox][data-state=m]")
    assert sorted(seat.get_attribute("class") or "" for seat in chosen.all()) == [
        "seat rank2 companion",
        "seat rank2 wheelchair",
    ]


def test_a_very_large_hall_shows_its_sectors_first(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.at(shop.stage.large())
    assert page.locator("svg [role=checkbox]").count() == 0
    page.get_by_role("link", name="Sector 102, 500 free, €28").click()
    expect(page.locator("svg [role=checkbox]")).to_have_count(500)
    page.locator("svg [role=checkbox]").nth(0).click()
    page.locator("svg [role=checkbox]").nth(1).click()
    expect(visitor.basket).to_have_attribute("data-count", "2")
    expect(visitor.basket).to_contain_text("Sector 102, row 1, seat 1")
    assert faults(page) == []
    page.get_by_role("link", name="Back to the whole hall").click()
    expect(page.get_by_role("link", name="Sector 102, 498 free, €28")).to_be_visible()
    assert faults(page) == []
