"""PostgreSQL and Valkey for a piece of work: those named in the environment, or our own.

Order of choice: DATABASE_URL / REDIS_URL, PARTERRE_PG_BIN, the wheels, the system.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from devtools.console import say, step
from devtools.environment import Environment
from devtools.ports import free_port
from devtools.postgres import Cluster, find_binaries
from devtools.secret_values import Secrets
from devtools.supervisor import Supervisor
from devtools.unprivileged import server_account
from devtools.valkey import Valkey, find_valkey


@dataclass
class Servers:
    """Where both are, and which process of ours each one is (for the bench, which reads their CPU time)."""

    database_url: str
    redis_url: str
    pids: dict[str, int] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, str]:
        pids = {f"PARTERRE_{name.upper()}_PID": str(pid) for name, pid in self.pids.items()}
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url, **pids}


def start_servers(
    supervisor: Supervisor, environment: Environment, folder: Path, keys: Secrets, *, durable: bool = True
) -> Servers:
    """Starts what is not named in the environment, and says which server was taken."""
    pids: dict[str, int] = {}
    database_url, redis_url = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
    site_packages = environment.site_packages if environment.python.exists() else None
    if not database_url:
        binaries = find_binaries(site_packages)
        cluster = Cluster(folder / "postgres", binaries, password=keys.postgres, port=free_port(), durable=durable)
        with step(f"PostgreSQL {binaries.major} from {binaries.source}, as {server_account().name}"):
            cluster.prepare()
            pids["postgres"] = supervisor.start(cluster.program()).popen.pid
        database_url = cluster.url
        if cluster.folder.parent != folder:
            say(f"  {server_account().name} cannot reach {folder}; data lie in {cluster.folder}")
    else:
        say("  PostgreSQL named in DATABASE_URL")
    if not redis_url:
        binary = find_valkey(site_packages)
        valkey = Valkey(folder / "valkey", binary, password=keys.valkey, port=free_port())
        with step(f"Valkey from {binary.source}"):
            valkey.prepare()
            pids["valkey"] = supervisor.start(valkey.program()).popen.pid
        redis_url = valkey.url
    else:
        say("  Valkey or Redis named in REDIS_URL")
    return Servers(database_url, redis_url, pids)


@contextmanager
def temporary_servers(environment: Environment, *, durable: bool = False) -> Iterator[Servers]:
    """For tests: nothing is kept, so nothing needs to be safe on disk. A terminating signal ends them too."""
    previous = signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="parterre-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        supervisor = Supervisor(folder / "processes.json")
        try:
            yield start_servers(supervisor, environment, folder, Secrets.made(), durable=durable)
        finally:
            supervisor.stop_all()
            signal.signal(signal.SIGTERM, previous)
