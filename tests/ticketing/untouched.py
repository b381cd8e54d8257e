"""Proof that something was refused whole: no table has a row more or less than before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection


@contextmanager
def nothing_stored() -> Iterator[None]:
    before = rows()
    yield
    assert rows() == before


def rows() -> dict[str, int]:
    """How many rows every table has; one statement."""
    tables = sorted(model._meta.db_table for model in apps.get_models(include_auto_created=True))
    counts = ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return dict(zip(tables, cursor.fetchone(), strict=True))
