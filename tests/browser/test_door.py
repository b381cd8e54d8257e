"""The door page in a real browser: typed codes, a camera that sees a square, and a network that goes away."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import segno
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from tests.ticketing.building import a_door_key, a_ticket, on_sale, square_of, text
from ticketing.models import Performance, Scan, Ticket
from ticketing.operations.programme import move_performance, update_production

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
WORDS = {
    "accepted": "Let in",
    "already_used": "Already used",
    "wrong_performance": "Other performance",
    "refunded": "Refunded",
    "unknown": "Unknown ticket",
    "forged": "Forged",
}


class Evening:
    """A performance in an hour, its tickets and its door key."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.performance = self.another("De meeuw")
        self.key = a_door_key(now, self.performance.house).secret

    def another(self, title: str, house: Any = None) -> Performance:
        made = on_sale(self.now, house)
        update_production(production_id=made.production_id, title=text(title), now=self.now)
        return move_performance(performance_id=made.pk, starts_at=self.now + timedelta(hours=1), now=self.now)

    def ticket(self, place: str = "0", performance: Performance | None = None) -> tuple[Ticket, str]:
        ticket = a_ticket(self.now, performance or self.performance, place)
        return ticket, square_of(self.now, ticket)


@pytest.fixture
def evening() -> Evening:
    return Evening(timezone.now())


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="en-GB", timezone_id="Europe/Brussels")
    yield context
    context.close()


def stand_at(page: Page, site: str, evening: Evening, *, gate: str = "North") -> None:
    page.goto(f"{site}/door/en/#key={evening.key}&gate={gate}")
    page.locator("body[data-ready]").wait_for()
    if page.locator("#choose-title").is_visible():
        page.get_by_role("button", name=evening.performance.production.title.localize("en")).click()
    expect(page.locator("#title")).to_be_visible()
    expect(page.locator("#state-list")).to_contain_text("list")


def read(page: Page, said: str) -> None:
    page.locator("#code").fill(said)
    page.keyboard.press("Enter")


def expect_result(page: Page, result: str) -> None:
    panel = page.locator("#result")
    expect(panel).to_have_attribute("data-result", result)
    expect(panel).to_contain_text(WORDS[result])
    expect(panel).to_be_visible()


def ready_for_no_network(page: Page) -> None:
    """The list is here and the page is stored."""
    page.evaluate("navigator.serviceWorker.ready")
    expect(page.locator("#state-list")).to_contain_text("just checked")


def test_a_key_in_the_link_leaves_no_trace_in_the_address(phone: BrowserContext, site: str, evening: Evening) -> None:
    page = phone.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    stand_at(page, site, evening)
    assert page.url == f"{site}/door/en/"
    assert page.evaluate("history.length") <= 2
    assert not [url for url in asked if evening.key in url.split("#")[0]]


def test_a_typed_key_opens_the_door_and_a_wrong_one_says_why(
    phone: BrowserContext, site: str, evening: Evening
) -> None:
    page = phone.new_page()
    page.goto(f"{site}/door/en/")
    page.get_by_label("Door key").fill("WRONG")
    page.get_by_role("button", name="Open this door").click()
    expect(page.locator("#enter-problem")).to_contain_text("This key is not known")
    page.get_by_label("Door key").fill(evening.key.lower())
    page.get_by_role("button", name="Open this door").click()
    expect(page.locator("#title")).to_have_text("De meeuw (en)")


def test_every_answer_says_what_to_do(phone: BrowserContext, site: str, evening: Evening) -> None:
    _ticket, square = evening.ticket("0")
    refunded, refunded_square = evening.ticket("1")
    Ticket.objects.filter(pk=refunded.pk).update(state="cancelled", cancelled_at=evening.now)
    other = evening.another("Late film", evening.performance.house)
    _elsewhere, elsewhere_square = evening.ticket("0", other)
    page = phone.new_page()
    stand_at(page, site, evening)
    for said, result in (
        (square, "accepted"),
        (square, "already_used"),
        (elsewhere_square, "wrong_performance"),
        (refunded_square, "refunded"),
        ("ABCDEFGH", "unknown"),
        (square[:-1] + ("1" if square[-1] != "1" else "2"), "forged"),
    ):
        read(page, said)
        expect_result(page, result)
        if result == "already_used":
            expect(page.locator("#result")).to_contain_text("door North")
        if result == "wrong_performance":
            expect(page.locator("#result")).to_contain_text("Late film")
        page.keyboard.press("Escape")
    assert page.locator("#log li").count() == 6
    expect(page.locator("#inside")).to_have_text("1")


def test_a_hand_scanner_types_wherever_the_focus_is(phone: BrowserContext, site: str, evening: Evening) -> None:
    _ticket, square = evening.ticket()
    page = phone.new_page()
    stand_at(page, site, evening)
    page.locator("#log-empty").click()
    page.keyboard.type(square)
    page.keyboard.press("Enter")
    expect_result(page, "accepted")


def test_without_network_the_door_decides_and_tells_later(phone: BrowserContext, site: str, evening: Evening) -> None:
    ticket, square = evening.ticket("0")
    _typed, typed_square = evening.ticket("1")
    refunded, refunded_square = evening.ticket("2")
    Ticket.objects.filter(pk=refunded.pk).update(state="cancelled", cancelled_at=evening.now)
    page = phone.new_page()
    stand_at(page, site, evening)
    ready_for_no_network(page)
    _late, late_square = evening.ticket("3")
    phone.set_offline(True)
    for said, result in (
        (ticket.code, "accepted"),
        (square, "already_used"),
        (typed_square, "accepted"),
        (refunded_square, "refunded"),
        (late_square, "accepted"),
        (square[:-1] + ("1" if square[-1] != "1" else "2"), "forged"),
        ("ABCDEFGH", "unknown"),
    ):
        read(page, said)
        expect_result(page, result)
        expect(page.locator("#result")).to_contain_text("Decided without network")
        page.keyboard.press("Escape")
    expect(page.locator("#state-word")).to_have_text("No network")
    expect(page.locator("#state-list")).to_contain_text("7 to send")
    assert not Scan.objects.exists()
    phone.set_offline(False)
    expect(page.locator("#state-list")).not_to_contain_text("to send", timeout=15_000)
    assert sorted(Scan.objects.values_list("result", "was_offline", "is_conflict")) == [
        ("accepted", True, False),
        ("accepted", True, False),
        ("accepted", True, False),
        ("already_used", True, False),
        ("forged", True, False),
        ("refunded", True, False),
        ("unknown", True, False),
    ]
    expect(page.locator("#conflicts")).to_be_hidden()


def test_a_ticket_let_in_at_two_doors_is_reported_when_the_network_is_back(
    browser: Browser, phone: BrowserContext, site: str, evening: Evening
) -> None:
    _ticket, square = evening.ticket()
    north = phone.new_page()
    stand_at(north, site, evening)
    ready_for_no_network(north)
    other = browser.new_context(viewport=PHONE, locale="en-GB")
    south = other.new_page()
    stand_at(south, site, evening, gate="South")
    read(south, square)
    expect_result(south, "accepted")
    phone.set_offline(True)
    read(north, square)
    expect_result(north, "accepted")
    north.keyboard.press("Escape")
    phone.set_offline(False)
    expect(north.locator("#conflicts-list")).to_contain_text("door South", timeout=15_000)
    assert sorted(Scan.objects.values_list("gate", "result", "is_conflict")) == [
        ("North", "already_used", True),
        ("South", "accepted", False),
    ]
    north.get_by_role("button", name="I have seen this").click()
    expect(north.locator("#conflicts")).to_be_hidden()
    other.close()


def test_the_page_opens_again_without_network(phone: BrowserContext, site: str, evening: Evening) -> None:
    _ticket, square = evening.ticket()
    page = phone.new_page()
    stand_at(page, site, evening)
    ready_for_no_network(page)
    phone.set_offline(True)
    page.reload()
    expect(page.locator("#title")).to_have_text("De meeuw (en)")
    read(page, square)
    expect_result(page, "accepted")


def filmed(square: str, path: Path) -> Path:
    """A film for Chromium's fake camera: a ticket held before it."""
    picture = io.BytesIO()
    segno.make(square, mode="numeric", error="m").save(picture, kind="png", scale=6, border=4)
    frame = Image.new("RGB", (640, 480), "#777777")
    code = Image.open(picture).convert("RGB")
    code.thumbnail((440, 440), Image.Resampling.NEAREST)
    frame.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    shot = io.BytesIO()
    frame.save(shot, "JPEG", quality=92)
    path.write_bytes(shot.getvalue() * 5)
    return path


@pytest.fixture
def with_camera(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], evening: Evening, tmp_path: Path
) -> Iterator[BrowserContext]:
    """A browser whose camera looks at the ticket of place 0."""
    _ticket, square = evening.ticket()
    film = filmed(square, tmp_path / "ticket.mjpeg")
    flags = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={film}")
    arguments = browser_type_launch_args | {"args": [*browser_type_launch_args["args"], *flags]}
    browser = browser_type.launch(**arguments)
    yield browser.new_context(viewport=PHONE, locale="en-GB", permissions=["camera"])
    browser.close()


def test_the_camera_reads_a_ticket_with_the_vendored_reader(
    with_camera: BrowserContext, site: str, evening: Evening
) -> None:
    page = with_camera.new_page()
    page.add_init_script("delete globalThis.BarcodeDetector")
    stand_at(page, site, evening)
    page.get_by_role("button", name="Scan with the camera").click()
    expect_result(page, "accepted")
    expect(page.locator("#result")).to_contain_text("row A, seat 1")
    # Held before the camera all the time, it counts once.
    expect(page.locator("#result")).to_be_hidden(timeout=6000)
    assert list(Scan.objects.values_list("result", flat=True)) == ["accepted"]


def test_the_camera_uses_the_browsers_own_detector_where_there_is_one(
    with_camera: BrowserContext, site: str, evening: Evening
) -> None:
    square = square_of(evening.now, Ticket.objects.get())
    page = with_camera.new_page()
    page.add_init_script(f"""
        globalThis.BarcodeDetector = class {{
            static async getSupportedFormats() {{ return ["qr_code"]; }}
            async detect() {{ return [{{ rawValue: "{square}" }}]; }}
        }};
    """)
    stand_at(page, site, evening)
    page.get_by_role("button", name="Scan with the camera").click()
    expect_result(page, "accepted")
    assert page.evaluate("typeof ZXingWASM") == "undefined"


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("nl", "dark", 320), ("fr", "light", 390), ("en", "dark", 1280), ("nl", "light", 320)],
)
def test_nothing_on_the_page_keeps_anybody_out(
    browser: Browser, site: str, evening: Evening, language: str, theme: str, width: int
) -> None:
    _ticket, square = evening.ticket()
    evening.another("Late film", evening.performance.house)
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=f"{language}-BE")
    page = context.new_page()
    page.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    found = {}

    def look(screen: str) -> None:
        found[screen] = Axe().run(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, screen

    page.goto(f"{site}/door/{language}/")
    page.locator("body[data-ready]").wait_for()
    look("enter")
    page.locator("#key").fill("WRONG")
    page.keyboard.press("Enter")
    expect(page.locator("#enter-problem")).to_be_visible()
    look("refused")
    page.locator("#key").fill(evening.key)
    page.keyboard.press("Enter")
    expect(page.locator("#choose-title")).to_be_visible()
    look("choose")
    page.locator("#choices button").first.click()
    expect(page.locator("#title")).to_be_visible()
    look("scan")
    for result in ("accepted", "already_used"):
        read(page, square)
        expect(page.locator("#result")).to_have_attribute("data-result", result)
        look(result)
        page.keyboard.press("Escape")
    context.set_offline(True)
    read(page, "ABCD")
    expect(page.locator("body")).to_have_attribute("data-online", "false")
    page.keyboard.press("Escape")
    page.evaluate("document.getElementById('conflicts').hidden = false")
    look("offline")
    assert {screen: result.generate_report() for screen, result in found.items() if result.violations_count} == {}
    context.close()
