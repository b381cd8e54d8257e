"""`./dev run --https`: a phone opens its camera only for a page that came over HTTPS.

The certificate is self-signed, so the phone warns once; a proxy with a real one is the better way to stay (README).
"""

from __future__ import annotations

import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from devtools.console import Failure
from devtools.environment import Environment


def own_addresses() -> list[str]:
    """Loopback, and the address under which other machines on the same network see this one."""
    addresses = ["127.0.0.1"]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing: only asks which way it would go
            addresses.append(str(probe.getsockname()[0]))
        except OSError:
            return addresses
    return addresses


@dataclass(frozen=True)
class SelfSigned:
    folder: Path

    @property
    def certificate(self) -> Path:
        return self.folder / "certificate.pem"

    @property
    def key(self) -> Path:
        return self.folder / "key.pem"

    def ensure(self, environment: Environment, addresses: list[str]) -> SelfSigned:
        """Made anew at every start: addresses change, and phones refuse certificates of long life."""
        self.folder.mkdir(exist_ok=True)
        self.key.touch(mode=0o600)
        done = subprocess.run(
            [environment.python, "-m", "devtools.self_signed", self.certificate, self.key, *addresses],
            cwd=Path(__file__).resolve().parent.parent,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Failure(f"no certificate could be made:\n{done.stderr}")
        return self
