"""The browser tests stand on a real browser that reaches a running installation."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page


@pytest.mark.browser
def test_a_browser_reaches_the_installation(page: Page, site: str) -> None:
    answer = page.goto(f"{site}/admin/login/")
    assert answer is not None
    assert answer.status == 200
