"""Which database this is: what is kept elsewhere under numbers of ours must not answer for another one."""

from __future__ import annotations

from functools import cache

from django.db import connection

# A database that is made anew or restored counts from the same numbers again. Its own number is new then, and a
# recovery to an earlier moment begins a new timeline.
_SQL = """
SELECT concat_ws('.', s.system_identifier, c.timeline_id, d.oid)
FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()
"""


@cache
def database_mark() -> str:
    """Read once per process."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL)
        (mark,) = cursor.fetchone()
    return str(mark)
