"""After the sale: cancelling through the link of an order, waiting for a sold-out night, an account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.shopping import PHONE, Shop, Visitor, link_in, order_in, waiting_for_the_bank
from tests.ticketing.selling import pay
from ticketing.models import Customer, Ticket, WaitingListEntry

pytestmark = pytest.mark.browser


def test_tickets_are_cancelled_after_a_yes_by_mail_that_works_once(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.page
    order = visitor.buy(shop.stage.seated(), email="cancel@example.org")
    shop.letters()
    page.get_by_role("link", name="Cancel tickets").click()
    page.locator("main input[type=checkbox]").first.uncheck()
    page.get_by_role("button", name="Send me the link").click()
    expect(page.locator("main")).to_contain_text("cancel@example.org")
    [letter] = shop.letters()
    address = link_in(letter.body, "/confirm/")
    visitor.go(address)
    page.get_by_role("button", name="Cancel and refund €28.00").click()
    expect(page.locator("article.ticket--void")).to_have_count(1)
    assert Ticket.objects.filter(line__order=order, cancelled_at=None).count() == 1
    visitor.go(address)
    expect(page.get_by_role("button", name="Cancel and refund")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_who_waits_for_the_bank_sees_the_tickets_by_themselves(
    visit: Callable[..., Visitor], shop: Shop, scripts: bool
) -> None:
    visitor, now = visit(java_script_enabled=scripts), timezone.now()
    order = waiting_for_the_bank(shop)
    page = visitor.go(order_in("en", order))
    expect(page.get_by_role("heading", level=1)).to_have_text("We are waiting for your bank")
    assert page.locator("head > meta[http-equiv=refresh]").count() == 0 or not scripts
    pay(order, now)
    expect(page.get_by_role("heading", level=1)).to_have_text("See you there")


def test_paper_that_is_being_made_is_shown_when_it_is_there(visit: Callable[..., Visitor], shop: Shop) -> None:
    """No worker runs beside this shop: what one would make is put in its place."""
    visitor = visit()
    page = visitor.page
    visitor.buy(shop.stage.standing(), email="paper@example.org")
    page.get_by_role("link", name="All tickets as PDF").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your tickets are being made")
    with page.expect_response("**/tickets.pdf") as again:
        pass
    assert (again.value.status, again.value.request.is_navigation_request()) == (202, False)
    page.route("**/tickets.pdf", lambda route: route.fulfill(body="<h1>On paper</h1>", content_type="text/html"))
    expect(page.get_by_role("heading", level=1)).to_have_text("On paper")


def test_a_sold_out_night_has_a_waiting_list(visit: Callable[..., Visitor], shop: Shop) -> None:
    visitor = visit(PHONE)
    page = visitor.at(shop.stage.sold_out)
    page.get_by_label("E-mail address").fill("waiting@example.org")
    page.get_by_role("button", name="Put me on the list").click()
    expect(page.locator("main")).to_contain_text("We sent a link to waiting@example.org")
    [letter] = [letter for letter in shop.letters() if letter.to == ["waiting@example.org"]]
    visitor.go(link_in(letter.body, "/confirm/"))
    page.get_by_role("button", name="Put me on the list").click()
    expect(page.locator("main")).to_contain_text("You are on the list")
    assert WaitingListEntry.objects.get(email="waiting@example.org").state == "waiting"


def test_an_account_is_made_proved_and_shows_the_orders_of_its_address(
    visit: Callable[..., Visitor], shop: Shop
) -> None:
    visitor = visit()
    page = visitor.page
    order = visitor.buy(shop.stage.standing(), email="lena@example.org")
    shop.letters()
    page.get_by_role("link", name="Make an account").click()
    page.get_by_role("link", name="sign up").click()
    page.locator("input[type=email]").fill("lena@example.org")
    page.locator("input[type=password]").fill("zeven-zwanen-zwemmen")
    page.locator("main form button").last.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert not Customer.objects.filter(email="lena@example.org", email_proved_at__isnull=False).exists()
    page.get_by_label("Code").fill(shop.last_code())
    page.get_by_role("button", name="Confirm my address").click()
    expect(page.locator("main")).to_contain_text(order.reference)
