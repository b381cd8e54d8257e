"""Translations that would fail in front of a visitor fail in `./dev check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools.messages import faults

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def found(folder: Path, text: str) -> int:
    source = folder / "shop" / "nl" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(HEADER + text)
    return len(faults(source))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "Seat %(seat)s"\nmsgstr "Stoel %(seat)s"\n', 0),
        ('msgid "Seat"\nmsgstr ""\n', 1),
        ('#, fuzzy\nmsgid "Seat"\nmsgstr "Stoel"\n', 1),
        ('#, python-format\nmsgid "Seat %(seat)s"\nmsgstr "Stoel %(stoel)s"\n', 1),
    ],
    ids=["good", "not translated", "fuzzy", "placeholder lost"],
)
def test_faults_are_found(tmp_path: Path, text: str, expected: int) -> None:
    assert found(tmp_path, text) == expected
