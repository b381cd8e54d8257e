"""The browser tests stand on a real browser that reaches a running installation; its policies stop nothing of ours."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser refused or could not do, in its own words."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_operators_sign_in_and_nothing_of_their_screens_is_refused(
    page: Page, site: str, complaints: list[str], transactional_db: None
) -> None:
    User.objects.create_superuser("operator", "operator@parterre.example", "a long enough password")
    page.goto(f"{site}/admin/")
    page.fill("input[name=username]", "operator")
    page.fill("input[name=password]", "a long enough password")
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    page.goto(f"{site}/admin/auth/user/")
    page.wait_for_load_state("networkidle")
    assert complaints == []
