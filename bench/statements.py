"""How many statements the system sent, by PostgreSQL's own count; read as somebody else, so that reading costs none."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import connection

READER = "parterre_bench"
PASSWORD = "bench-reads-only-on-loopback"


class Statements:
    def __init__(self) -> None:
        self.user = connection.settings_dict["USER"]
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [READER])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {READER} LOGIN PASSWORD '{PASSWORD}' IN ROLE pg_read_all_stats")
        settings = connection.settings_dict
        self._reader = psycopg.connect(
            host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"], user=READER, password=PASSWORD,
            autocommit=True,
        )  # fmt: skip

    def total(self) -> int:
        row = self._reader.execute(
            "SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid"
            " WHERE r.rolname = %s",
            [self.user],
        ).fetchone()
        assert row is not None
        return int(row[0])

    def listing(self) -> dict[str, int]:
        """Calls per statement, for finding out where they go."""
        rows: list[Any] = self._reader.execute(
            "SELECT query, sum(calls)::bigint FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid"
            " WHERE r.rolname = %s GROUP BY query",
            [self.user],
        ).fetchall()
        return dict(rows)
