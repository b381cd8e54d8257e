"""The list of rows and the marks of the tests agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from devtools import scope
from devtools.console import Failure
from devtools.paths import ROOT

MODULE = """
import pytest
pytestmark = [pytest.mark.django_db, pytest.mark.scope("PR5-01")]

@pytest.mark.scope("PR5-02", "PR5-05")
def test_a_sale(): ...

class TestDoor:
    @pytest.mark.scope("S4-33")
    async def test_twice(self): ...

@pytest.mark.parametrize("kind", [pytest.param("a", marks=pytest.mark.scope("S4-30"))])
def test_kinds(kind): ...
"""


def test_marks_are_found_wherever_they_may_stand() -> None:
    assert set(scope.marked_rows(MODULE)) == {
        ("PR5-01", "the whole module"),
        ("PR5-02", "test_a_sale"),
        ("PR5-05", "test_a_sale"),
        ("S4-33", "test_twice"),
        ("S4-30", "test_kinds"),
    }


def test_every_row_has_a_title() -> None:
    rows = scope.read_rows()
    assert len(rows) == 206
    assert all(title.strip() for title in rows.values())


def test_every_mark_of_the_suite_names_a_row() -> None:
    assert set(scope.tests_by_row(ROOT / "tests")) <= set(scope.read_rows())


def test_a_mark_without_a_row_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "test_x.py").write_text('import pytest\n@pytest.mark.scope("PR9-99")\ndef test_x(): ...\n')
    found = scope.tests_by_row(tmp_path)
    monkeypatch.setattr(scope, "tests_by_row", lambda: found)
    with pytest.raises(Failure, match="PR9-99"):
        scope.scope([])
