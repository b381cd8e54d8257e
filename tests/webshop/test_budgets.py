"""What a page of the shop may weigh, and that every sentence of it exists in three languages."""

from __future__ import annotations

import ast
import gzip
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
STATIC = ROOT / "static"
PAGES = [*(ROOT / "templates/webshop").rglob("*.html"), *(ROOT / "templates/components").glob("*.html")]
SOURCES = [*(ROOT / "ticketing/webshop").glob("*.py"), ROOT / "ticketing/templatetags/shop.py"]
LANGUAGES = ("nl", "fr")
# What templatize makes of a marked sentence.
MARKED = re.compile(r"n?gettext\(\s*(u'(?:[^'\\]|\\.)*'|u\"(?:[^\"\\]|\\.)*\")")


def weight(*files: Path) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_the_style_sheets_stay_below_20_kb() -> None:
    sheets = [STATIC / "css" / f"{name}.css" for name in ("tokens", "base", "components", "pages", "seatmap")]
    assert weight(*sheets) <= 20_000


def test_the_scripts_stay_below_45_kb_and_the_seat_map_below_14() -> None:
    htmx = Path(str(finders.find("django_htmx/htmx-2.min.js")))
    assert weight(htmx, *(STATIC / "js").glob("*.js")) <= 45_000
    assert weight(STATIC / "js/seatmap.js") <= 14_000


@pytest.mark.parametrize("display", sorted((STATIC / "fonts").glob("*.woff2")), ids=lambda file: file.stem)
def test_text_and_display_font_stay_below_50_kb(display: Path) -> None:
    assert display.stat().st_size + (STATIC / "fonts/figtree-latin-wght.woff2").stat().st_size <= 50_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_no_page_has_script_or_style_inside(page: Path) -> None:
    text = page.read_text()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>|javascript:", text)
    assert re.findall(r'<script type="(?!module)([^"]*)">', text) in ([], ["application/ld+json"])


def sentences() -> set[str]:
    """Every text that pages and views of the shop mark for translation."""
    found: set[str] = set()
    for page in PAGES:
        marked = templatize(page.read_text(), origin=str(page))
        found |= {ast.literal_eval(text) for text in MARKED.findall(marked)}
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language: str) -> None:
    with (ROOT / f"locale/webshop/{language}/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    known = {(message.id[0] if isinstance(message.id, tuple) else message.id) for message in catalog if message.string}
    assert sentences() - known == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_the_same_gaps(language: str) -> None:
    with (ROOT / f"locale/webshop/{language}/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    pairs = [(message.id, message.string) for message in catalog if isinstance(message.id, str) and message.id]
    gaps = re.compile(r"%\(\w+\)s")
    assert [pair for pair in pairs if sorted(gaps.findall(pair[0])) != sorted(gaps.findall(str(pair[1])))] == []


def test_dutch_is_friendly_without_shouting() -> None:
    text = (ROOT / "locale/webshop/nl/LC_MESSAGES/django.po").read_text()
    assert not re.search(r'msgstr.*![" ]|\b(u|uw)\b', text)
