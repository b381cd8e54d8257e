"""What a visitor feels, in a real browser on a slow machine: the seat map (U3) and the page of a performance (U6).

Figures are medians; the processor is slowed four times, and for the page as a whole the network is a slow 4G.
"""

from __future__ import annotations

import gzip
import io
import os
import shutil
import statistics
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize, sync_playwright

from demo import halls
from demo import programme as demo_productions
from demo.pictures import draw_all
from ticketing.models import House, Production
from ticketing.operations import media, programme

PHONE: ViewportSize = {"width": 390, "height": 844}
CPU_RATE = 4
# What Lighthouse calls "slow 4G", applied by the browser.
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
FLAGS = ("--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking")

OBSERVE = """
    globalThis.seen = { lcp: 0, cls: 0, inp: 0, ready: 0 };
    new PerformanceObserver((list) => { for (const e of list.getEntries()) seen.lcp = e.startTime; })
        .observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => { 
        for (const e of list.getEntries()) if (!e.hadRecentInput) seen.cls += e.value;
    })
        .observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
        for (const e of list.getEntries()) if (e.interactionId) seen.inp = Math.max(seen.inp, e.duration);
    }).observe({ type: "event", durationThreshold: 16, buffered: true });
    // Usable: the first seat can be reached with the keyboard, which the module does last of all.
    new MutationObserver((_list, me) => {
        if (!document.querySelector('seat-map [tabindex="0"]')) return;
        seen.ready = performance.now();
        me.disconnect();
    }).observe(document, { subtree: true, attributes: true, attributeFilter: ["tabindex"] });
"""
CLICK = """(seat) => new Promise((done) => {
    const from = performance.now();
    seat.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    requestAnimationFrame(() => { const painted = new MessageChannel();
        painted.port1.onmessage = () => done(performance.now() - from); painted.port2.postMessage(0); });
})"""


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    unit: str
    most: float | None = None


def measure(adapter: Any, runs: int = 5) -> list[Figure]:
    figures: list[Figure] = []
    # Before the browser: beside its event loop Django refuses to query.
    small, big, arena = (_address(adapter, plan(), name) for name, plan in HALLS.items())
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=_chromium(), args=[*FLAGS, *sandbox])
        for name, address in (("976 seats", small), ("2,310 seats", big)):
            figures += _map(browser, name, address, runs)
        figures += _arena(browser, arena, runs)
        figures += _page(browser, small, runs)
        browser.close()
    for figure in figures:
        most = f"at most {figure.most:g}" if figure.most is not None else ""
        print(f"{figure.name:52s} {figure.value:9.2f} {figure.unit:3s} {most}")
    return figures


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM_BIN", "/usr/bin/chromium")
    return named if Path(named).exists() else shutil.which("chromium") or shutil.which("google-chrome")


def big_theatre() -> dict[str, Any]:
    """2,310 seats: 42 rows of 55."""

    def aisles(count: int) -> tuple[int, int]:
        return 15, 40

    labels = [f"{letter}{number}" for number in ("", "2") for letter in halls.LETTERS][:42]
    stalls = halls.rows(
        "P", labels, halls.Fan(700, -900, 1050), lambda row: 55, aisles, lambda row: str(min(3, 1 + row // 14))
    )
    name = halls.words("Grote zaal", "Grande salle", "Main house")
    areas = [halls.area("P", halls.words("Parterre", "Parterre", "Stalls"), 0, stalls)]
    return halls.plan(name, areas, [halls.stage(700, 22, 600, 58)], (700, 60))


HALLS = {"theatre-976": halls.theatre, "theatre-2310": big_theatre, "arena": halls.arena}


def _address(adapter: Any, document: dict[str, Any], slug: str) -> str:
    performance = adapter.house.performance(adapter.house.plan(slug, document), slug)
    _hang_picture(adapter.house.house, performance.production)
    return str(adapter.base + adapter.shop("performance", performance))


def _hang_picture(house: House, production: Production) -> None:
    """A poster of the demo: what is painted largest on a page like this."""
    if production.image_id is not None:
        return
    content = demo_productions.PRODUCTIONS[0]
    [poster] = draw_all([content])
    now, alt = timezone.now(), halls.words("Affichebeeld", "Affiche", "Poster image")
    image = media.upload_picture(house=house, file=io.BytesIO(poster.jpeg), alt=alt, now=now)
    programme.update_production(production_id=production.pk, image=image, now=now)


def _map(browser: Browser, name: str, address: str, runs: int) -> list[Figure]:
    size = len(gzip.compress(_svg(browser, address).encode(), 6)) / 1024
    ready, clicks = [], []
    for _ in range(runs):
        with _slow(browser) as (page, _network):
            page.goto(address)
            ready.append(_when_ready(page))
            seat = page.locator("seat-map [data-state=f]").nth(40)
            clicks.append(seat.evaluate(CLICK))
    return [
        Figure(f"map of {name}, gzip", size, "kB", 40 if name == "2,310 seats" else None),
        Figure(f"map of {name}, usable", statistics.median(ready) / 1000, "s", 1.2),
        Figure(f"map of {name}, click to paint", statistics.median(clicks), "ms", 100),
    ]


def _svg(browser: Browser, address: str) -> str:
    page = browser.new_page()
    html = page.request.get(address).text()
    page.close()
    start = html.index('<svg class="seatmap"')
    return html[start : html.index("</svg>", start)]


def _when_ready(page: Page) -> float:
    page.wait_for_function("seen.ready > 0")
    return float(page.evaluate("seen.ready"))


def _arena(browser: Browser, address: str, runs: int) -> list[Figure]:
    overview, sector = [], []
    for _ in range(runs):
        with _slow(browser) as (page, _network):
            page.goto(address)
            overview.append(float(page.evaluate("performance.now()")))
            way = page.locator("svg a[href*='area=']").first.get_attribute("href")
            page.goto(address + (way or ""))
            sector.append(_when_ready(page))
    return [
        Figure("arena of 20,000 seats, sector view", statistics.median(overview) / 1000, "s", 0.8),
        Figure("arena of 20,000 seats, sector open", statistics.median(sector) / 1000, "s", 1.0),
    ]


def _page(browser: Browser, address: str, runs: int) -> list[Figure]:
    """The page of a performance in a theatre of 976 seats: painted, steady, answering."""
    seen: dict[str, list[float]] = {"lcp": [], "cls": [], "inp": []}
    sizes: dict[str, list[float]] = {"Script": [], "Stylesheet": [], "Font": [], "Document": []}
    for _ in range(runs):
        with _slow(browser, SLOW_4G) as (page, network):
            received = _count_bytes(network)
            page.goto(address, wait_until="networkidle")
            lcp = page.evaluate("seen.lcp")
            for seat in page.locator("seat-map [data-state=f]").all()[40:43]:
                seat.click()
                page.wait_for_timeout(400)
            page.get_by_role("button", name="Kies de beste voor mij").click()
            page.wait_for_timeout(1500)
            found = page.evaluate("seen")
            seen["lcp"].append(lcp / 1000)
            seen["cls"].append(found["cls"])
            seen["inp"].append(found["inp"])
            for kind, values in sizes.items():
                values.append(received().get(kind, 0) / 1024)
    medians = {name: statistics.median(values) for name, values in {**seen, **sizes}.items()}
    return [
        Figure("event page, slow 4G, LCP", medians["lcp"], "s", 1.8),
        Figure("event page, CLS", medians["cls"], "", 0.05),
        Figure("event page, INP", medians["inp"], "ms", 150),
        Figure("event page, JavaScript over the network", medians["Script"], "kB", 45),
        Figure("event page, CSS over the network", medians["Stylesheet"], "kB", 20),
        Figure("event page, fonts over the network", medians["Font"], "kB", 50),
        Figure("event page, document over the network", medians["Document"], "kB"),
    ]


def _count_bytes(network: CDPSession) -> Callable[[], dict[str, float]]:
    """Bytes on the wire per kind of file, headers included."""
    kinds: dict[str, str] = {}
    lengths: dict[str, float] = {}
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on(
        "Network.loadingFinished", lambda event: lengths.update({event["requestId"]: event["encodedDataLength"]})
    )

    def received() -> dict[str, float]:
        sums: dict[str, float] = {}
        for request, length in lengths.items():
            kind = kinds.get(request, "Other")
            sums[kind] = sums.get(kind, 0) + length
        return sums

    return received


@contextmanager
def _slow(browser: Browser, network: dict[str, Any] | None = None) -> Any:
    """A phone without a past, whose processor is a quarter as fast."""
    context: BrowserContext = browser.new_context(viewport=PHONE, locale="nl-BE", timezone_id="Europe/Brussels")
    page = context.new_page()
    page.add_init_script(OBSERVE)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_RATE})
    if network:
        session.send("Network.emulateNetworkConditions", network)
    yield page, session
    context.close()
