"""PostgreSQL refuses to run as root, so root starts it as somebody else, from a place that somebody can reach."""

from __future__ import annotations

import functools
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Where root keeps what an ordinary user must reach when the checkout lies in a closed folder, as root's own home is.
REACHABLE = Path(os.environ.get("PARTERRE_REACHABLE_DIR", "/var/lib/parterre"))


@dataclass(frozen=True)
class Account:
    """The account that runs the servers: ourselves, or for root an ordinary one that exists everywhere."""

    name: str
    uid: int
    gid: int

    @property
    def popen_arguments(self) -> dict[str, Any]:
        # The caller's folder may be closed to this account, hence the cwd.
        if self.uid == os.geteuid():
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        if self.uid != os.geteuid():
            os.chown(path, self.uid, self.gid)

    def can_execute(self, program: Path) -> bool:
        """Asks the kernel instead of reading modes: folders above may be closed, or mounted noexec."""
        try:
            check = subprocess.run(
                [program, "--version"], capture_output=True, check=False, timeout=20, **self.popen_arguments
            )
        except OSError:
            return False
        return check.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        check = subprocess.run(["/bin/sh", "-c", 'cd "$1"', "sh", folder], stderr=subprocess.DEVNULL, check=False,
                               **self.popen_arguments)  # fmt: skip
        return check.returncode == 0


@functools.cache
def server_account() -> Account:
    if os.geteuid() != 0:
        return _account(os.geteuid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise RuntimeError("neither an account postgres nor nobody exists")


def _account(uid: int) -> Account:
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        name = str(uid)
    return Account(name, uid, os.getegid())


def reachable_folder(wanted: Path, account: Account) -> Path:
    """The folder itself, or one outside the closed part of the disk that belongs to it as long as it exists."""
    wanted.mkdir(parents=True, exist_ok=True)
    if account.can_enter(wanted.parent):
        return wanted
    note = wanted / "moved-to"
    if not note.exists():
        note.write_text(str(_open_folder(REACHABLE) / f"{wanted.name}-{secrets.token_hex(6)}"))
    elsewhere = Path(note.read_text())
    _open_folder(elsewhere.parent)
    elsewhere.mkdir(exist_ok=True)
    return elsewhere


def _open_folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o755)  # whatever the umask
    return path


def reachable_copy(folders: list[Path], program: Path, name: str, account: Account) -> Path | None:
    """`program`, or a copy of it made with all `folders` it needs when `account` cannot execute the original.

    None when the copy does not run either: the program is made for another machine.
    """
    if account.can_execute(program):
        return program
    if os.geteuid() != 0:
        return None
    target = _open_folder(REACHABLE) / name
    copied = target / program.relative_to(folders[0].parent)
    if not copied.exists():
        draft = target.with_name(f"{name}.{os.getpid()}.draft")
        for folder in folders:
            shutil.copytree(folder, draft / folder.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
        try:
            draft.rename(target)
        except OSError:
            # Another first start was faster; its copy is the same.
            shutil.rmtree(draft)
    return copied if account.can_execute(copied) else None
