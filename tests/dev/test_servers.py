"""Which servers a piece of work gets: those that are named, else those of the wheels, else those of the system."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from devtools import postgres, valkey
from devtools.console import Failure
from devtools.environment import Environment
from devtools.locking import exclusive
from devtools.paths import DataFolder
from devtools.secret_values import Secrets
from devtools.servers import start_servers
from devtools.supervisor import Supervisor
from devtools.testing import servers_alone, variables_of_the_run
from devtools.valkey import find_valkey
from tests.dev.servers import ENVIRONMENT, wheel


@pytest.fixture
def supervisor(folder: Path) -> Iterator[Supervisor]:
    one = Supervisor(folder / "processes.json")
    yield one
    one.stop_all()


@pytest.fixture(autouse=True)
def _nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "PARTERRE_PG_BIN"):
        monkeypatch.delenv(name, raising=False)


def names(supervisor: Supervisor) -> list[str]:
    return [child.program.name for child in supervisor.children]


def sources(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return re.findall(r"✓ \w+(?: \d+)? from (its wheel|the system)", capsys.readouterr().out)


def use(database_url: str, redis_url: str) -> tuple[object, object]:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT 7").fetchone()
    return row, redis.Redis.from_url(redis_url).ping()


def test_named_servers_are_taken_and_none_is_started(
    folder: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/parterre")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    servers = start_servers(supervisor, ENVIRONMENT, folder, Secrets.made())
    assert names(supervisor) == []
    assert servers.variables == {"DATABASE_URL": "postgres://elsewhere/parterre", "REDIS_URL": "redis://elsewhere"}


@pytest.mark.parametrize(
    ("named", "started"), [("DATABASE_URL", ["valkey"]), ("REDIS_URL", ["postgres"]), (None, ["postgres", "valkey"])]
)
def test_what_is_not_named_comes_from_a_wheel(
    named: str | None,
    started: list[str],
    folder: Path,
    supervisor: Supervisor,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if named is not None:
        monkeypatch.setenv(named, "elsewhere://server")
    start_servers(supervisor, ENVIRONMENT, folder, Secrets.made(), durable=False)
    assert names(supervisor) == started
    assert sources(capsys) == ["its wheel"] * len(started)


def test_where_there_are_no_wheels_the_servers_of_the_system_do_the_work(
    folder: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The programs of the wheels, in the places of the system: what is tried is the way to them.
    programs = folder / "bin"
    programs.mkdir()
    (programs / "redis-server").symlink_to(find_valkey(ENVIRONMENT.site_packages).path)
    monkeypatch.setattr(postgres, "SYSTEM_FOLDERS", (str(wheel().folder),))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setattr(valkey, "SYSTEM_PATH", str(programs))
    bare = Environment(folder / "no-environment")

    servers = start_servers(supervisor, bare, folder, Secrets.made(), durable=False)

    assert names(supervisor) == ["postgres", "valkey"]
    assert sources(capsys) == ["the system", "the system"]
    assert use(servers.database_url, servers.redis_url) == ((7,), True)


def test_a_valkey_of_the_system_is_taken_before_a_redis(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(valkey, "SYSTEM_PATH", str(folder))
    with pytest.raises(Failure, match="apt-get install redis-server"):
        find_valkey(None)
    for name in ("redis-server", "valkey-server"):
        (folder / name).write_text("#!/bin/sh\n")
        (folder / name).chmod(0o755)
        assert find_valkey(None) == valkey.ValkeyBinary(folder / name, "the system")


# Whose data they work on


def test_who_comes_second_leaves_the_servers_of_the_first_alone(folder: Path) -> None:
    data = DataFolder.at(folder / "data")
    with servers_alone(ENVIRONMENT, data) as first:
        refused = pytest.raises(Failure, match=rf"Something else works on .* \(process {os.getpid()}\)")
        with refused, servers_alone(ENVIRONMENT, data):
            pass
        assert use(first["DATABASE_URL"], first["REDIS_URL"]) == ((7,), True)
    with servers_alone(ENVIRONMENT, data) as second:
        assert use(second["DATABASE_URL"], second["REDIS_URL"]) == ((7,), True)


def test_one_talks_to_a_run_only_once_its_servers_are_up(folder: Path) -> None:
    data = DataFolder.at(folder / "data")
    data.environment.write_text('{"SITE_URL": "http://127.0.0.1:8000"}')
    assert variables_of_the_run(data) is None  # left by a run that was killed
    with exclusive(data.lock):
        assert variables_of_the_run(data) == {"SITE_URL": "http://127.0.0.1:8000"}
        data.environment.unlink()
        assert variables_of_the_run(data) is None


def test_a_folder_that_cannot_be_made_is_said_to_be_so(folder: Path) -> None:
    (folder / "file").touch()
    with pytest.raises(Failure, match=r"Data cannot be kept in .*/file/data: Not a directory"):
        DataFolder.at(folder / "file" / "data")
