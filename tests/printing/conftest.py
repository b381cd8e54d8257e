from __future__ import annotations

from collections.abc import Iterator

import pytest

from ticketing.queries.barcodes import forget_keys


@pytest.fixture(autouse=True)
def _fresh_keys() -> Iterator[None]:
    """Keys live in the process, the database of a test does not."""
    forget_keys()
    yield
    forget_keys()
