"""Every widget in every state through axe: light and dark, three languages, narrow and wide, all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest

from demo.gallery.samples import BASKETS
from tests.browser.shopping import Visitor, faults
from tests.browser.test_accessibility import NARROW, WIDE, too_wide

pytestmark = pytest.mark.browser

SCHEMES, LANGUAGES, WIDTHS = ("light", "dark"), ("nl", "fr", "en"), ("narrow", "wide")


def looks() -> Iterator[tuple[str, str, str, str]]:
    """All of them; a page has one basket, so its states take turns, each in every scheme, language and width."""
    for (at, scheme), (tongue, language), (size, width) in product(*map(enumerate, (SCHEMES, LANGUAGES, WIDTHS))):
        yield scheme, language, width, BASKETS[(at + tongue + size) % len(BASKETS)]


@pytest.mark.parametrize(("scheme", "language", "width", "basket"), list(looks()))
def test_no_widget_keeps_anybody_out(
    visit: Callable[..., Visitor], scheme: str, language: str, width: str, basket: str
) -> None:
    viewport = NARROW if width == "narrow" else WIDE
    visitor = visit(viewport, language=language, color_scheme=scheme, reduced_motion="reduce")
    page = visitor.go(f"/{language}/components/?basket={basket}")
    found = [*faults(page), *too_wide(page)]
    assert page.locator("html").get_attribute("lang") == language
    assert not found, "\n".join(found)
