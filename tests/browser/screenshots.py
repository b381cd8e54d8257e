"""`./dev screenshots`: draws every page of the running demo into var/screenshots/, and the README's three into docs/.

For people who change what things look like: on a phone and a desk, in light and dark, full pages.
"""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from devtools.paths import ROOT, DataFolder
from tests.browser.chromium import FLAGS, find_chromium

DRAWN, SHOWN = ROOT / "var" / "screenshots", ROOT / "docs" / "pictures"
WINDOWS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1366, "height": 900}}
README_WINDOW = {"width": 1280, "height": 860}
LARGEST_SHOWN = 200_000


class Walk:
    """Through the shop as one buyer; `see` is called at each stop with a name for it."""

    def __init__(self, page: Page, demo: dict[str, Any], see: Callable[[str], None]) -> None:
        self.page, self.demo, self.see = page, demo, see

    def all(self) -> None:
        self.look_around()
        self.choose()
        self.pay()
        self.afterwards()

    def stop(self, name: str, address: str) -> None:
        self.page.goto(urljoin(self.demo["site"], address))
        self.page.wait_for_load_state("networkidle")
        self.see(name)

    def look_around(self) -> None:
        self.stop("cluster", self.demo["cluster"]["nl"])
        for shop in self.demo["shops"]:
            self.stop(f"house-{shop['slug']}", shop["urls"]["nl"])
        house = self.demo["shops"][0]["urls"]["nl"]
        self.stop("agenda", self.demo["shops"][0]["agenda"]["nl"])
        self.stop("agenda-empty", self.demo["shops"][0]["agenda"]["nl"] + "?q=xyzzy")
        for name in ("practical", "terms"):
            self.stop(name, f"{house}info/{name}/")
        self.stop("gift-card", f"{house}gift-card/")
        self.stop("basket-empty", f"{house}basket/")
        self.stop("not-found", f"{house}nothing-here/")
        for name in ("login", "signup", "password/reset"):
            self.stop(f"account-{name.replace('/', '-')}", f"/nl/account/{name}/")
        self.stop("standing", self.demo["performances"]["standing"]["urls"]["nl"])
        if self.demo["performances"].get("nearly_full"):
            self.stop("nearly-full", self.demo["performances"]["nearly_full"]["urls"]["nl"])

    def choose(self) -> None:
        seated = self.demo["performances"]["seated"]["urls"]["nl"]
        self.stop("list", f"{seated}list/")
        self.page.locator(".seatlist summary").first.click()
        self.see("list-open")
        self.stop("map", seated)
        self.page.locator("form[action$='/best/'] button.btn").click()
        self.page.locator("#basket .line").first.wait_for()
        self.page.locator("seat-map [data-state=m]").first.hover()
        self.see("map-chosen")

    def pay(self) -> None:
        house = self.demo["performances"]["seated"]["urls"]["nl"].split("/")[4]
        self.stop("basket", f"/nl/{house}/basket/")
        self.stop("checkout", f"/nl/{house}/checkout/")
        self.page.locator("main form button[type=submit]").click()
        self.see("checkout-faults")
        for name, value in (("email", "marie@example.org"), ("first_name", "Marie"), ("last_name", "Claes")):
            self.page.locator(f"input[name={name}]").fill(value)
        self.page.locator("main form button[type=submit]").click()
        self.page.locator("button[name=outcome]").first.wait_for()
        self.see("provider")
        self.page.locator("button[name=outcome][value=paid]").click()
        self.page.locator("article.ticket").first.wait_for()
        self.see("order")

    def afterwards(self) -> None:
        cancel = self.page.locator("a[href$='/cancel/']")
        if cancel.count():
            cancel.click()
            self.see("cancel")
        customer = self.demo["customer"]
        self.page.goto(customer["address"]["nl"])
        self.page.locator("input[name=login]").fill(customer["login"])
        self.page.locator("input[type=password]").fill(customer["password"])
        self.page.locator("main form button").last.click()
        self.stop("account", "/nl/account/")
        if self.demo["sandbox"]["mail"]:
            self.stop("mail-box", self.demo["sandbox"]["mail"])
        self.stop("door", self.demo["door"]["address"])


def described() -> dict[str, Any]:
    kept = DataFolder.at(None).environment
    variables = json.loads(kept.read_text()) if kept.exists() and "DATABASE_URL" not in os.environ else {}
    told = subprocess.run(
        [sys.executable, "manage.py", "describe_demo", "--format", "json"],
        cwd=ROOT, env={"DJANGO_SETTINGS_MODULE": "config.settings.dev", **os.environ, **variables},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        sys.exit(f"No demo to draw: start one with ./dev run.\n{told.stderr}")
    return dict(json.loads(told.stdout))


def draw(browser: Browser, demo: dict[str, Any], wanted: re.Pattern[str]) -> Iterator[Path]:
    for window, size in WINDOWS.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport=size, color_scheme=scheme, locale="nl-BE", timezone_id="Europe/Brussels",
                reduced_motion="reduce", has_touch=window == "phone",
            )  # fmt: skip
            page, drawn = context.new_page(), []

            def see(name: str, page: Page = page, drawn: list[Path] = drawn, look: str = f"{window}-{scheme}") -> None:
                path = DRAWN / f"{name}-{look}.jpg"
                if wanted.search(path.stem):
                    draw_whole(page, path)
                    drawn.append(path)

            Walk(page, demo, see).all()
            context.close()
            yield from drawn


def draw_whole(page: Page, path: Path) -> None:
    """In a window as high as the page: whatever sticks to an edge or was scrolled stays where a visitor sees it."""
    before = page.viewport_size
    assert before is not None
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
    page.screenshot(path=path, type="jpeg", quality=80)
    page.set_viewport_size(before)


def draw_readme(browser: Browser, demo: dict[str, Any]) -> Iterator[Path]:
    """Shop, map and ticket; each small enough to be part of the repository."""
    context = browser.new_context(viewport=README_WINDOW, locale="nl-BE", timezone_id="Europe/Brussels")
    page, shown = context.new_page(), {"house-kantelaar": "shop", "map-chosen": "map", "order": "ticket"}
    drawn = []

    def see(name: str) -> None:
        if name not in shown:
            return
        path = SHOWN / f"{shown[name]}.webp"
        if name == "map-chosen":
            page.evaluate("document.getElementById('pick').scrollIntoView()")
        picture = Image.open(io.BytesIO(page.screenshot()))
        for quality in (85, 75, 65, 50):
            picture.save(path, quality=quality, method=6)
            if path.stat().st_size <= LARGEST_SHOWN:
                break
        drawn.append(path)

    Walk(page, demo, see).all()
    context.close()
    yield from drawn


def main(arguments: list[str]) -> int:
    """An argument is a pattern: only what it matches is drawn, and nothing for the README."""
    demo, wanted = described(), re.compile(arguments[0] if arguments else "")
    DRAWN.mkdir(parents=True, exist_ok=True)
    SHOWN.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[*FLAGS, *sandbox])
        for path in draw(browser, demo, wanted):
            print(path.relative_to(ROOT))
        if not arguments:
            for path in draw_readme(browser, demo):
                print(path.relative_to(ROOT))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
