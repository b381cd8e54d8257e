"""What somebody does in the shop, and what the shop is asked behind their back."""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email import policy
from typing import Any
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from outbox.testing import drain_outbox
from tests.browser.installation import Installation
from tests.browser.stage import Stage
from tests.ticketing.selling import placed, stood
from ticketing.models import Basket, Order, Payment, Performance, Place
from ticketing.order_links import order_behind
from ticketing.webshop.order_view import order_url

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 768}
BUYER = {"email": "noor@example.org", "first_name": "Noor", "last_name": "Peeters"}


class Shop:
    def __init__(self, installation: Installation, stage: Stage) -> None:
        self.installation = installation
        self.base = installation.shop
        self.stage = stage

    def path(self, name: str, *args: str, language: str = "en") -> str:
        with override(language):
            return reverse(f"shop:{name}", args=args)

    def night(self, performance: Performance, name: str = "performance", language: str = "en") -> str:
        house, production = performance.house.slug, performance.production.slug
        return self.path(name, house, production, performance.code, language=language)

    def letters(self) -> list[Any]:
        """Every mail that is due now, sent."""
        before = len(mail.outbox)
        drain_outbox()
        return mail.outbox[before:]

    def last_code(self) -> str:
        """Of the last mail about an account, which the server sends itself."""
        newest = max(self.installation.letters.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        letter = email.message_from_bytes(newest.read_bytes().rpartition(b"\n" + b"-" * 79)[0], policy=policy.default)
        words = letter.get_body(("plain",))
        assert words is not None
        [code] = re.findall(r"^[A-Z]{4}-[A-Z]{4}$", str(words.get_content()), re.MULTILINE)
        return str(code)

    def order(self, page: Page) -> Order:
        """The one whose page is shown."""
        return order_behind(urlsplit(page.url).path.split("/")[4])


class Visitor:
    """One person's browser. Complaints are what it refused or could not do: policies, scripts, files."""

    def __init__(self, page: Page, shop: Shop, language: str) -> None:
        self.page = page
        self.shop = shop
        self.language = language
        self.complaints: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        # An answer that says no (409, 422, 404) is no fault of the page, though the browser notes it; nor is a network
        # that the test took away.
        expected = "the server responded with a status of 4" in message.text or "net::ERR_FAILED" in message.text
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(f"{message.text} ({self.page.url})")

    def go(self, path: str) -> Page:
        self.page.goto(urljoin(self.shop.base, path))
        return self.page

    def at(self, performance: Performance, name: str = "performance") -> Page:
        return self.go(self.shop.night(performance, name, self.language))

    def seat(self, row: str, number: int) -> Locator:
        return self.page.locator(f'svg [role=checkbox][aria-label*="row {row}, seat {number},"]')

    def choose(self, row: str, number: int) -> None:
        self.seat(row, number).click()
        expect(self.seat(row, number)).to_have_attribute("data-state", "m")
        expect(self.seat(row, number)).not_to_have_class(re.compile("is-pending"))

    @property
    def basket(self) -> Locator:
        return self.page.locator("#basket")

    def fill_in(self, **details: str) -> None:
        for name, value in (BUYER | details).items():
            self.page.locator(f"input[name={name}]").fill(value)

    def pay(self, outcome: str = "paid") -> None:
        """From the page with the details to the provider's, and back."""
        self.page.locator("main form button[type=submit]").click()
        self.page.locator(f"button[name=outcome][value={outcome}]").click()
        self.page.wait_for_url(re.compile(re.escape(self.shop.base)))

    def buy(self, performance: Performance, quantity: int = 2, **details: str) -> Order:
        """A purchase that is only the way to what a test is about."""
        self.at(performance)
        if performance.places.filter(kind="seat").exists():
            self.page.get_by_role("button", name="Choose the best for me").click()
        else:
            self.page.locator("input[name=n-full]").fill(str(quantity))
            self.page.get_by_role("button", name="Put in the basket").click()
        expect(self.basket).to_have_attribute("data-count", str(quantity))
        self.go(self.shop.path("checkout", performance.house.slug, language=self.language))
        self.fill_in(**details)
        self.pay()
        expect(self.page.locator("article.ticket")).to_have_count(quantity)
        return self.shop.order(self.page)


def link_in(words: str, part: str) -> str:
    """The address in the plain text of a mail that contains `part`."""
    found = re.search(rf"https?://\S*{part}\S*", words)
    assert found, words
    return found[0]


def faults(page: Page) -> list[str]:
    """What axe finds wrong, one readable line per element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{fault['id']}: {node['html'][:160]} | {' '.join(node['failureSummary'].split())[:240]}"
        for fault in found
        for node in fault["nodes"]
    ]


def end_basket_in(seconds: float) -> None:
    """Moves the end of the basket opened last close by."""
    until = timezone.now() + timedelta(seconds=seconds)
    basket = Basket.objects.latest("created_at")
    Basket.objects.filter(pk=basket.pk).update(expires_at=until)
    Place.objects.filter(holder=basket.pk).update(held_until=until)


def waiting_for_the_bank(shop: Shop) -> Order:
    """An order whose buyer is back from the provider before the money is."""
    now = timezone.now()
    order = placed(stood(shop.stage.standing(), now, full=1).basket_id, now)
    order.payments.update(state=Payment.State.PENDING)
    return order


def order_in(language: str, order: Order) -> str:
    with override(language):
        return order_url(order)
