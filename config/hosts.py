"""The names we answer to: those of the settings, and the hosts houses have of their own."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError


class OwnHosts(list[str]):
    """Django walks through them until one fits, so a host of the settings never asks the database."""

    def __iter__(self) -> Iterator[str]:
        yield from super().__iter__()
        # Settings are read before there are models to ask.
        from ticketing.queries.domains import slugs_by_host

        try:
            yield from slugs_by_host()
        except DatabaseError:
            # Whoever was asked for by a name of the settings is answered all the same.
            return
