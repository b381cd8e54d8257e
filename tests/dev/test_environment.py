"""The environment is rebuilt when its pins change, and only then; its pins name no place they came from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from devtools import environment
from devtools.environment import Environment
from devtools.paths import REQUIREMENTS


def built(folder: Path, name: str, pins: bytes | None = None) -> Environment:
    pins = REQUIREMENTS[name].read_bytes() if pins is None else pins
    mark = {"set": name, "hash": hashlib.sha256(pins).hexdigest()}
    (folder / environment.MARKER).write_text(json.dumps(mark))
    return Environment(folder)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []
    monkeypatch.setattr(Environment, "_build", lambda _self, name: done.append(name))
    return done


@pytest.mark.parametrize(
    ("have", "want", "expected"),
    [
        ("production", "production", []),
        ("development", "development", []),
        ("development", "production", []),
        ("production", "development", ["development"]),
    ],
)
def test_it_is_built_only_when_something_is_missing(
    tmp_path: Path, builds: list[str], have: str, want: str, expected: list[str]
) -> None:
    built(tmp_path, have).ensure(want)
    assert builds == expected


def test_new_pins_make_it_anew_and_never_smaller(tmp_path: Path, builds: list[str]) -> None:
    built(tmp_path, "development", pins=b"django==1.0").ensure("production")
    assert builds == ["development"]


def test_without_a_mark_it_is_built(tmp_path: Path, builds: list[str]) -> None:
    Environment(tmp_path).ensure("production")
    assert builds == ["production"]


@pytest.mark.parametrize("name", ["production", "development"])
def test_every_pin_has_hashes_and_no_address(name: str) -> None:
    text = REQUIREMENTS[name].read_text()
    packages = re.findall(r"^(\S+==\S+)", text, re.MULTILINE)
    asked_for = re.findall(
        r"^([\w.-]+)(?:\[.+\])?(==\S+)", REQUIREMENTS[name].with_suffix(".in").read_text(), re.MULTILINE
    )
    assert asked_for
    assert {"".join(pin) for pin in asked_for} <= set(packages)
    assert text.count("--hash=sha256:") >= len(packages)
    assert "://" not in text
    assert "index-url" not in text


def test_the_pin_of_one_package_comes_with_its_hashes() -> None:
    first, *hashes = environment._pin_of("uv").splitlines()
    assert first.startswith("uv==")
    assert hashes
    assert all(line.strip().startswith("--hash=sha256:") for line in hashes)


def test_development_contains_production() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==\S+)", REQUIREMENTS[name].read_text(), re.MULTILINE))

    assert pins("production") <= pins("development")
