"""`./dev screenshots`: the pictures of the README, taken of the demo that runs beside it."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import django
import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from devtools.paths import ROOT
from tests.browser.conftest import FLAGS, find_chromium

PICTURES = ROOT / "docs" / "pictures"
WINDOW = {"width": 1280, "height": 860}
PATIENCE = 60
TICKET_SCALE = 1.4
QUALITY = 86
BUYER = {"email": "noor@example.org", "first_name": "Noor", "last_name": "Peeters"}


def describe_demo() -> dict[str, Any]:
    django.setup()
    from django.utils import timezone

    from demo.description import describe

    return describe(now=timezone.now())


def take(told: dict[str, Any], folder: Path = PICTURES) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    seated = told["performances"]["seated"]
    with sync_playwright() as driver:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = driver.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *sandbox])
        page = new_page(browser)
        page.goto(told["shops"][0]["urls"]["nl"], wait_until="networkidle")
        keep(page.screenshot(), folder / "shop.webp")
        choose_seats(page, seated)
        keep(page.screenshot(), folder / "map.webp")
        draw(buy(page, told, seated["house"]), folder / "ticket.webp")
        browser.close()


def new_page(browser: Browser) -> Page:
    context = browser.new_context(
        viewport=WINDOW,  # type: ignore[arg-type]  # two whole numbers
        locale="nl-BE",
        timezone_id="Europe/Brussels",
        color_scheme="light",
    )
    context.set_default_timeout(PATIENCE * 1000)
    return context.new_page()


def choose_seats(page: Page, performance: dict[str, Any]) -> None:
    page.goto(performance["urls"]["nl"], wait_until="networkidle")
    for code in performance["adjacent_places"]:
        page.locator(f'svg [data-place="{code}"]').click()
        page.locator(f'svg [data-place="{code}"][data-state=m]:not(.is-pending)').wait_for()
    page.mouse.move(0, 0)
    page.wait_for_timeout(500)


def buy(page: Page, told: dict[str, Any], house: str) -> bytes:
    """Pays for what is in the basket, and waits for the PDF the worker draws."""
    shop = next(one["urls"]["nl"] for one in told["shops"] if one["slug"] == house)
    page.goto(f"{shop}checkout")
    for name, value in BUYER.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("main form button[type=submit]").click()
    page.locator("button[name=outcome][value=paid]").click()
    page.wait_for_url(f"{told['site']}/**")
    page.locator("article.ticket").first.wait_for()
    address = page.url.rstrip("/") + "/tickets.pdf"
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = page.context.request.get(address)
        if answer.headers.get("content-type") == "application/pdf":
            return answer.body()
        time.sleep(1)
    raise TimeoutError(address)


def draw(pdf: bytes, target: Path) -> None:
    """The stub at the top of the first page; below it stands what the house wants known."""
    sheet = pypdfium2.PdfDocument(pdf)[0].render(scale=TICKET_SCALE).to_pil()
    sheet.crop((0, 0, sheet.width, sheet.height // 2)).save(target, quality=QUALITY)


def keep(picture: bytes, target: Path) -> None:
    Image.open(BytesIO(picture)).save(target, quality=QUALITY)


if __name__ == "__main__":
    take(describe_demo())
