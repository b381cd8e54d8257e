"""Foreign keys are checked with the statement that writes them, not at commit.

Django makes them deferred so that fixtures load in any order. Our operations write parents before children, so a
wrong reference shows where it was made, and a commit has nothing left to look up.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

_CHECK_AT_ONCE = """
DO $$
DECLARE reference record;
BEGIN
    FOR reference IN
        SELECT c.conname, c.conrelid::regclass AS table_name FROM pg_constraint c
        JOIN pg_class t ON t.oid = c.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE c.contype = 'f' AND c.condeferred AND n.nspname = current_schema()
          AND (t.relname LIKE 'ticketing\\_%' OR t.relname LIKE 'outbox\\_%')
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY IMMEDIATE',
                       reference.table_name, reference.conname);
    END LOOP;
END $$
"""


def check_references_at_once(using: str, **_signal: Any) -> None:
    """After every migrate; changes nothing when there is nothing new."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_CHECK_AT_ONCE)
