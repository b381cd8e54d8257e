"""What the sandbox is told by its environment, read once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Configuration:
    state: Path
    smtp_port: int | None
    smtp_host: str
    public_url: str
    expiry_seconds: float
    refund_seconds: float


def read_configuration(environment: Mapping[str, str] = os.environ) -> Configuration:
    port = environment.get("SANDBOX_SMTP_PORT", "")
    return Configuration(
        state=Path(environment.get("SANDBOX_STATE") or "var/sandbox"),
        smtp_port=int(port) if port else None,
        smtp_host=environment.get("SANDBOX_SMTP_HOST") or "127.0.0.1",
        public_url=environment.get("SANDBOX_PUBLIC_URL", "").rstrip("/"),
        expiry_seconds=float(environment.get("SANDBOX_EXPIRY_SECONDS") or 900),
        refund_seconds=float(environment.get("SANDBOX_REFUND_SECONDS") or 5),
    )
