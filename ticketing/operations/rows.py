"""Writes rows of one kind in one statement that is composed once: what a sale writes, it writes for every buyer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache

from django.db import connection
from django.db.models import AutoField, Model


def insert_rows(rows: Sequence[Model]) -> None:
    """As `bulk_create`, at a quarter of its price; rows whose ids the database gives know them afterwards."""
    if not rows:
        return
    statement, columns, is_numbered = _insertion(type(rows[0]))
    values = [{name: getattr(row, name) for name in columns} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(values, default=str)])
        if is_numbered:
            for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = pk
    for row in rows:
        row._state.adding = False


@cache
def _insertion(model: type[Model]) -> tuple[str, tuple[str, ...], bool]:
    """The statement, the columns it is given, and whether it answers with ids."""
    is_numbered = isinstance(model._meta.pk, AutoField)
    fields = [field for field in model._meta.concrete_fields if not (is_numbered and field.primary_key)]
    columns = tuple(str(field.column) for field in fields)
    table, named = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    typed = ", ".join(f'"{field.column}" {field.db_type(connection)}' for field in fields)
    statement = f'INSERT INTO "{table}" ({named}) SELECT {named} FROM jsonb_to_recordset(%s) AS given ({typed})'
    return f"{statement} RETURNING id" if is_numbered else statement, columns, is_numbered
