"""`./dev scope`: which rows of the scope list have a test that names them, read from the sources; none is run."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from devtools.console import Failure, colour, say
from devtools.paths import ROOT

LIST = ROOT / "docs" / "scope.tsv"


def read_rows(path: Path = LIST) -> dict[str, str]:
    lines = path.read_text().splitlines()
    return dict(line.split("\t", 1) for line in lines if line and not line.startswith("#"))


def marked_rows(source: str) -> Iterator[tuple[str, str]]:
    """Pairs of a row and the test that proves it; marks on a class, a module or one case count too."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            for row in _rows_of(node.decorator_list):
                yield row, node.name
        elif isinstance(node, ast.Assign) and _names(node) == ["pytestmark"]:
            for row in _rows_of([node.value]):
                yield row, "the whole module"


def _names(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def _rows_of(expressions: list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        for node in ast.walk(expression):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.scope"):
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


def tests_by_row(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.py")):
        for row, test in marked_rows(path.read_text()):
            found[row].append(f"{path.relative_to(folder.parent)}::{test}")
    return found


def scope(arguments: list[str]) -> int:
    rows, tests = read_rows(), tests_by_row()
    unknown = sorted(set(tests) - set(rows))
    if unknown:
        raise Failure(f"These marks name no row of {LIST.name}: {', '.join(unknown)}")
    for row, title in rows.items():
        if row in tests:
            say(f"{colour('✓', 'green')} {row:<8} {title}")
            for test in tests[row]:
                say(colour(f"           {test}", "grey"))
    if "--tested" not in arguments:
        say()
        for row, title in rows.items():
            if row not in tests:
                say(f"{colour('·', 'grey')} {row:<8} {title}")
    say(f"\n{len(tests)} of {len(rows)} rows have tests that name them.")
    return 0
