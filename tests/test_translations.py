"""Every sentence somebody can read exists in Dutch and French, with the same gaps to fill in."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
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


def _translated(language: str) -> dict[str, list[str]]:
    """Message to its translations, from every folder of the locale; fuzzy ones do not count."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "locale").glob(f"*/{language}/LC_MESSAGES/django.po")):
        for message in read_po(path.open("rb"), locale=language):
            strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            if message.id and not message.fuzzy and all(strings):
                first = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                found.setdefault(first, list(strings))
    return found


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_message_is_translated(language: str) -> None:
    known = _translated(language)
    missing = sorted(
        {(file, message if isinstance(message, str) else message[0]) for file, message in _messages()}
        - {(file, message) for file, message in _keys() if message in known}
    )
    assert missing == []


def _keys() -> Iterator[tuple[str, str]]:
    for file, message in _messages():
        yield file, message if isinstance(message, str) else message[0]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_translations_keep_their_gaps(language: str) -> None:
    """What a sentence leaves open is filled in by name; of plural forms each may say the number or not."""
    wrong = []
    for path in sorted((ROOT / "locale").glob(f"*/{language}/LC_MESSAGES/django.po")):
        for message in read_po(path.open("rb"), locale=language):
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
