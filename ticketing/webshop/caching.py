"""Rendered parts of pages, kept in the shared cache under a name that says everything they depend on.

A name holds the version of the house's programme, so a change is seen at once and nothing is ever invalidated by hand.
It also says of which database: one that is made anew beside the same Valkey begins with the same numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache

from ticketing.queries.installation import database_mark

Value = TypeVar("Value")

# Free places may be this old on a page that shows them.
FRESH = 2
# For what only depends on the programme: dates pass, so not for ever.
SETTLED = 120


def kept(name: str, *parts: object, seconds: int, build: Callable[[], Value]) -> Value:
    """What `build` made for the same parts at most so many seconds ago."""
    told = repr((database_mark(), parts)).encode()
    key = f"shop:{name}:{hashlib.blake2b(told, digest_size=16).hexdigest()}"
    found: Value | None = cache.get(key)
    if found is None:
        found = build()
        cache.set(key, found, seconds)
    return found
