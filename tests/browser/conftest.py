"""Tests that need a real browser: which Chromium is driven, and a server for it to talk to.

A missing browser skips these tests with its reason; with PARTERRE_REQUIRE_BROWSER=1, as in CI, it fails them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.installation import Installation, own_database, running, working_in
from tests.browser.shopping import DESKTOP, Shop, Visitor
from tests.browser.stage import Stage

# A busy machine is no fault of the page.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = find_chromium()
    if found is None:
        reason = "no Chromium found: `apt-get install chromium`, or name one in CHROMIUM_BIN"
        if os.environ.get("PARTERRE_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium_path: str) -> dict[str, Any]:
    # Chromium refuses its sandbox to root; everybody else keeps it.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium_path, "args": [*FLAGS, *sandbox]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "nl-BE", "timezone_id": "Europe/Brussels"}


@pytest.fixture(scope="session", autouse=True)
def _django_beside_the_driver() -> Iterator[None]:
    """Playwright keeps an event loop running in this thread, in which Django would refuse to query."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    if before is None:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address of a running installation on the test's own database."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def _stage(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Installation, Stage]]:
    # Each worker its own: where no test asks for a database of its own, they would share this name.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    database = f"{django_settings.DATABASES['default']['NAME']}_browser_{worker}"
    folder = tmp_path_factory.mktemp("shop")
    with django_db_blocker.unblock(), own_database(database), running(database, folder) as installation:
        with _beside(installation):
            stage = Stage(timezone.now())
        yield installation, stage


@contextmanager
def _beside(installation: Installation) -> Iterator[None]:
    """What the test does itself, it does to the database, the pictures and the addresses of that shop."""
    addresses = {"SITE_URL": installation.shop, "SANDBOX_URL": installation.sandbox}
    with working_in(installation.database), override_settings(MEDIA_ROOT=str(installation.media), **addresses):
        yield


@pytest.fixture
def shop(_stage: tuple[Installation, Stage], django_db_blocker: DjangoDbBlocker) -> Iterator[Shop]:
    """A shop that is open, on a database of its own that stays for all these tests."""
    installation, stage = _stage
    with django_db_blocker.unblock(), _beside(installation):
        yield Shop(installation, stage)


@pytest.fixture
def visit(browser: Browser, shop: Shop) -> Iterator[Callable[..., Visitor]]:
    """`visit()` opens the shop in a browser without a past; the more of them, the more people."""
    opened: list[tuple[BrowserContext, Visitor]] = []

    def come(viewport: dict[str, int] = DESKTOP, *, language: str = "en", **context: Any) -> Visitor:
        window = browser.new_context(
            viewport=viewport, locale=f"{language}-BE", timezone_id="Europe/Brussels", base_url=shop.base, **context
        )
        window.set_default_timeout(PATIENCE)
        visitor = Visitor(window.new_page(), shop, language)
        opened.append((window, visitor))
        return visitor

    yield come
    for window, visitor in opened:
        window.close()
        assert visitor.complaints == []
