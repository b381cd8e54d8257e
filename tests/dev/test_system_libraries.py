"""What no wheel brings is installed where that is allowed, and otherwise named with the line that installs it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest

from devtools import system_libraries


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    system_libraries._apt_prefix.cache_clear()
    system_libraries._refresh_lists.cache_clear()
    yield
    system_libraries._apt_prefix.cache_clear()
    system_libraries._refresh_lists.cache_clear()


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    calls: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        calls.append(list(command))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(system_libraries.subprocess, "run", run)
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system_libraries.ctypes.util, "find_library", lambda _: None)
    monkeypatch.delenv("PARTERRE_NO_APT", raising=False)
    return calls


def test_root_installs_what_is_missing(called: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 0)
    assert system_libraries.ensure_pango()
    install = ["apt-get", "install", "-y", "--no-install-recommends", *system_libraries.PANGO_PACKAGES]
    assert called == [["apt-get", "update"], install]


def test_others_install_where_sudo_asks_nothing(called: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: 1000)
    assert system_libraries.ensure_pango()
    assert called[0] == ["sudo", "-n", "true"]
    assert called[-1][:4] == ["sudo", "-n", "apt-get", "install"]


def test_nothing_is_installed_when_that_was_forbidden(
    called: list[list[str]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PARTERRE_NO_APT", "1")
    assert not system_libraries.ensure_pango()
    assert called == []
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in capsys.readouterr().out
