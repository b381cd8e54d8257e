"""What is kept beside the database is asked for under a name of that database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection

from ticketing.queries import installation
from ticketing.webshop import caching
from ticketing.webshop.caching import kept


def test_what_was_kept_is_given_again() -> None:
    assert [kept("page", 7, seconds=60, build=lambda text=text: text) for text in ("old", "new")] == ["old", "old"]


def test_another_database_with_the_same_numbers_is_shown_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    kept("page", 7, seconds=60, build=lambda: "of the old database")
    monkeypatch.setattr(caching, "database_mark", lambda: "another")
    assert kept("page", 7, seconds=60, build=lambda: "of the new one") == "of the new one"


@contextmanager
def made_anew(name: str) -> Iterator[str]:
    """A database of that name; yields what it calls itself."""
    settings = connection.get_connection_params()
    server = {part: settings[part] for part in ("host", "port", "user", "password") if part in settings}
    with psycopg.connect(**server, dbname="postgres", autocommit=True) as maintenance:
        maintenance.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(**server, dbname=name) as inside:
                row = inside.execute(installation._SQL).fetchone()
                assert row is not None
                yield row[0]
        finally:
            maintenance.execute(f"DROP DATABASE {name}")


@pytest.mark.django_db
def test_a_database_of_the_same_name_is_another_one() -> None:
    name = f"{connection.settings_dict['NAME']}_anew"
    marks = set()
    for _time in range(2):
        with made_anew(name) as mark:
            marks.add(mark)
    assert len(marks | {installation.database_mark()}) == 3
