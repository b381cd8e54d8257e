"""Every sentence somebody can read exists in Dutch and French, with the same gaps to fill in."""

from __future__ import annotations

import ast
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(settings.BASE_DIR)
APPS = ("ticketing", "payments", "outbox", "config")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b[np]*gettext\(\s*{STRING}(?:\s*,\s*{STRING})*(?:\s*,\s*\w+)?\s*\)")
# Their texts stand in the libraries (accounts): ours only say them in our own voice.
OF_LIBRARIES = ("accounts",)
GAPS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def _messages() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Every message with the file it stands in; plural ones as a pair."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield from ((str(path.relative_to(ROOT)), found) for found in _in_python(path.read_bytes()))
    for path in sorted((ROOT / "templates").rglob("*.*")):
        calls = CALL.findall(templatize(path.read_text(), origin=str(path)))
        source = "".join(f"{call}\n" for call in calls)
        yield from ((str(path.relative_to(ROOT)), found) for found in _in_python(source.encode()))


def _in_python(source: bytes) -> Iterator[str | tuple[str, ...]]:
    for _line, message, _comments, _context in extract("python", io.BytesIO(source), keywords=KEYWORDS):
        if isinstance(message, tuple):
            yield tuple(part for part in message if part)
        elif message:
            yield message


def _catalogues(language: str) -> Iterator[tuple[str, Catalog]]:
    """The texts of every folder of the locale, with its name."""
    for path in sorted((ROOT / "locale").glob(f"*/{language}/LC_MESSAGES/django.po")):
        yield path.parts[-4], read_po(path.open("rb"), locale=language)


def _first(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _translated(language: str) -> dict[str, list[str]]:
    """Message to its translations, from every folder of the locale; fuzzy ones do not count."""
    found: dict[str, list[str]] = {}
    for _area, catalogue in _catalogues(language):
        for message in catalogue:
            strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if message.id and not message.fuzzy and all(strings):
                found.setdefault(_first(message.id), list(strings))
    return found


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_message_is_translated(language: str) -> None:
    known = _translated(language)
    assert sorted({(file, _first(message)) for file, message in _messages() if _first(message) not in known}) == []


def test_no_text_hides_inside_another() -> None:
    """What is asked for within an f-string is not seen by what looks for texts, so nobody would translate it."""
    names = set(KEYWORDS)
    hidden = [
        (str(path.relative_to(ROOT)), node.lineno)
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]
    assert hidden == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_no_translation_is_left_over(language: str) -> None:
    used = {_first(message) for _file, message in _messages()}
    left_over = [
        (area, _first(message.id))
        for area, catalogue in _catalogues(language)
        for message in catalogue
        if message.id and area not in OF_LIBRARIES and _first(message.id) not in used
    ]
    obsolete = [(area, text) for area, catalogue in _catalogues(language) for text in catalogue.obsolete]
    assert left_over + obsolete == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_text_is_translated_the_same_on_every_surface(language: str) -> None:
    """Django keeps one of them for all surfaces, and which one is nobody's choice."""
    found = defaultdict(set)
    for _area, catalogue in _catalogues(language):
        for message in catalogue:
            if message.id:
                found[message.context, _first(message.id)].add(str(message.string))
    assert {text: ways for text, ways in found.items() if len(ways) > 1} == {}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_translations_keep_their_gaps(language: str) -> None:
    """What a sentence leaves open is filled in by name; of plural forms each may say the number or not."""
    wrong = []
    for _area, catalogue in _catalogues(language):
        for message in catalogue:
            if not message.id:
                continue
            is_plural = isinstance(message.id, (tuple, list))
            ids = message.id if is_plural else (message.id,)
            wanted = set().union(*(GAPS.findall(text) for text in ids))
            for text in message.string if is_plural else (message.string,):
                gaps = set(GAPS.findall(text))
                if not (gaps <= wanted if is_plural else gaps == wanted):
                    wrong.append((ids[0], text))
    assert wrong == []


def test_nobody_shouts() -> None:
    """No exclamation marks: calm is the house style."""
    loud = [
        text
        for language in ("nl", "fr")
        for strings in _translated(language).values()
        for text in strings
        if "!" in text
    ]
    assert loud == []
