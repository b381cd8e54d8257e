"""Where things lie in a checkout, and where an installation keeps its data."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Failure

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("PARTERRE_VENV") or ROOT / ".venv")
REQUIREMENTS = {"production": ROOT / "requirements.txt", "development": ROOT / "requirements-dev.txt"}


@dataclass(frozen=True)
class DataFolder:
    """One installation's data: nothing outside it is written while it runs, except the environment itself."""

    path: Path

    @classmethod
    def at(cls, path: Path | None) -> DataFolder:
        folder = cls((path or ROOT / "var").absolute())
        try:
            folder.run.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Failure(f"Data cannot be kept in {folder.path}: {error.strerror}") from error
        return folder

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def lock(self) -> Path:
        return self.run / "lock"

    @property
    def processes(self) -> Path:
        return self.run / "processes.json"

    @property
    def environment(self) -> Path:
        return self.run / "environment.json"

    @property
    def secrets(self) -> Path:
        return self.path / "secrets.json"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def static(self) -> Path:
        return self.path / "static"
