"""The virtual environment of a checkout: built from hashed pins, rebuilt when those change, and only then."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.console import Failure, step, warn
from devtools.locking import exclusive
from devtools.paths import REQUIREMENTS, ROOT, VENV
from devtools.system_libraries import install as install_system_packages

# uv must not look for another interpreter in the world outside, and must compile what it installs: without compiled
# files every process would start two seconds later.
BUILDING = {"UV_PYTHON_DOWNLOADS": "never", "VIRTUAL_ENV": str(VENV)}
MARKER = ".parterre.json"


class Environment:
    """`production` is enough to run; `development` adds what checks, tests and the bench need."""

    def __init__(self, folder: Path = VENV) -> None:
        self.folder = folder

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    def program(self, name: str) -> Path:
        return self.folder / "bin" / name

    def command(self, name: str, *arguments: str) -> list[Path | str]:
        """Scripts are handed to their interpreter, for the path in their first line may be too long."""
        program = self.program(name)
        with program.open("rb") as file:
            is_script = file.read(2) == b"#!"
        return [self.python, program, *arguments] if is_script else [program, *arguments]

    @property
    def site_packages(self) -> Path:
        return next((self.folder / "lib").glob("python3.*/site-packages"))

    def has(self, name: str) -> bool:
        return self._built() == {"set": name, "hash": _fingerprint(name)}

    def ensure(self, name: str) -> Environment:
        """Development contains production, so an environment that has it is never cut down to run."""
        if self.has("development") or self.has(name):
            return self
        if self._built().get("set") == "development":
            name = "development"
        with exclusive(ROOT / "var" / "environment.lock", wait=True):
            if not self.has(name):
                with step(f"environment for {name} ({self.folder.name})"):
                    self._build(name)
        return self

    def _built(self) -> dict[str, str]:
        try:
            return dict(json.loads((self.folder / MARKER).read_text()))
        except (FileNotFoundError, ValueError):
            return {}

    def _build(self, name: str) -> None:
        (self.folder / MARKER).unlink(missing_ok=True)
        if not _starts(self.python):
            self._create()
        uv = shutil.which("uv") or self._uv_inside()
        if uv:
            command = [uv, "pip", "sync", "--quiet", "--compile-bytecode", "--require-hashes"]
            command += ["--python", str(self.python)]
        else:
            command = [str(self.python), "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r"]
        _run([*command, str(REQUIREMENTS[name])], "installing the pinned packages")
        (self.folder / MARKER).write_text(json.dumps({"set": name, "hash": _fingerprint(name)}))

    def _create(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        interpreter = os.path.realpath(sys.executable)
        uv = shutil.which("uv")
        if uv:
            _run([uv, "venv", "--quiet", "--python", interpreter, str(self.folder)], "making the environment")
            return
        create = [interpreter, "-m", "venv", str(self.folder)]
        if _succeeds(create):
            return
        # Debian and Ubuntu keep this part of Python in a package of its own.
        shutil.rmtree(self.folder, ignore_errors=True)
        version = f"python3.{sys.version_info.minor}-venv"
        if not install_system_packages([version]) and not install_system_packages(["python3-venv"]):
            raise Failure(f"Python cannot make an environment here. On Debian and Ubuntu: apt-get install {version}")
        _run(create, "making the environment")

    def _uv_inside(self) -> str | None:
        """The pinned uv, installed by pip with its hash; None where it cannot be had, and pip does all."""
        own = self.program("uv")
        if not own.exists():
            pin = self.folder / "uv-requirement.txt"
            pin.write_text(_pin_of("uv"))
            pip = [str(self.python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
            if not _succeeds([*pip, "--require-hashes", "-r", str(pin)]):
                warn("uv could not be installed; pip takes its place and needs longer")
                return None
        return str(own)


def _fingerprint(name: str) -> str:
    return hashlib.sha256(REQUIREMENTS[name].read_bytes()).hexdigest()


def _pin_of(package: str) -> str:
    """The lines of one package in the pinned file, its hashes included."""
    wanted: list[str] = []
    for line in REQUIREMENTS["development"].read_text().splitlines():
        if line.startswith(f"{package}=="):
            wanted = [line]
        elif wanted and line.startswith(" "):
            wanted.append(line)
        elif wanted:
            break
    return "\n".join(wanted) + "\n"


def _starts(python: Path) -> bool:
    return python.exists() and _succeeds([str(python), "-c", ""])


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, env={**os.environ, **BUILDING}, capture_output=True, check=False).returncode == 0


def _run(command: list[str], purpose: str) -> None:
    done = subprocess.run(command, env={**os.environ, **BUILDING}, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{purpose} failed: {' '.join(command)}\n{done.stdout}{done.stderr}")
