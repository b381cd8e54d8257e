"""A program that becomes an ordinary user and starts and stops a PostgreSQL as such.

Root starts it and it gives that up, because the interpreter itself may lie where only root can start it. Not in a fork
of the tests: what their other threads have locked at that moment would stay locked in it for ever.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from devtools.postgres import find_binaries
from devtools.supervisor import Supervisor
from devtools.unprivileged import server_account
from tests.dev.servers import cluster_in


def become(uid: int, gid: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    server_account.cache_clear()


def start_and_stop(folder: Path, packages: Path) -> str:
    """Whose the server was, whether its data lie where they were wanted, and how it ended."""
    cluster = cluster_in(folder / "postgres", find_binaries(packages))
    supervisor = Supervisor(folder / "processes.json")
    cluster.prepare()
    child = supervisor.start(cluster.program())
    owner = Path(f"{cluster.data}/postmaster.pid").stat().st_uid
    supervisor.stop_all()
    return f"{owner} {cluster.folder == folder / 'postgres'} {child.popen.returncode}"


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]))
    print(start_and_stop(Path(sys.argv[3]), Path(sys.argv[4])))
