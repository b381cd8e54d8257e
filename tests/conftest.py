"""The ground every test stands on: a fixed clock, a shut network, and a way to count SQL.

The network is shut by `--allow-hosts` in pyproject.toml (pytest-socket): loopback only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from uuid import uuid4

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker, Settings

from ticketing.queries.installation import database_mark

# A busy machine is slow; how slow is the bench's business, never a test's.
hypothesis.settings.register_profile("parterre", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
# In CI the same examples every time: what is landed is not held up by what nobody has looked for yet.
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("parterre"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "parterre")

# A Tuesday in the season, far from both changes of the clock.
NOW = datetime(2027, 1, 12, 19, 30, tzinfo=UTC)

CountQueries = Callable[[int], AbstractContextManager[CaptureQueriesContext]]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """What a process asks its database once is not counted in whichever test comes first."""
    with django_db_blocker.unblock():
        database_mark()


@pytest.fixture
def now() -> datetime:
    """The moment at which every test happens; operations get it passed in."""
    return NOW


@pytest.fixture
def count_queries() -> CountQueries:
    """`with count_queries(6): …` fails when the block sends another number of statements, and shows them."""

    @contextmanager
    def exactly(expected: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured
        statements = [query["sql"] for query in captured.captured_queries]
        assert len(statements) == expected, "\n".join([f"{len(statements)} statements:", *statements])

    return exactly


@pytest.fixture(autouse=True)
def _own_cache_keys(settings: Settings) -> None:
    """What one test leaves in the cache must not answer for the next, nor for a neighbour running beside it."""
    prefix = f"test-{uuid4().hex}"
    settings.CACHES["default"]["KEY_PREFIX"] = prefix
    caches["default"].key_prefix = prefix
