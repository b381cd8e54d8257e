"""The secrets of one installation, made once and kept in its data folder, readable by its owner only."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Secrets:
    django: str
    postgres: str
    valkey: str

    @classmethod
    def made(cls) -> Secrets:
        return cls(secrets.token_urlsafe(48), secrets.token_urlsafe(18), secrets.token_urlsafe(18))

    @classmethod
    def kept_in(cls, path: Path) -> Secrets:
        if path.exists():
            return cls(**json.loads(path.read_text()))
        made = cls.made()
        path.touch(mode=0o600)
        path.write_text(json.dumps(asdict(made)))
        return made
