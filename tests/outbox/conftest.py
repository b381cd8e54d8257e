from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.outbox import facts


@pytest.fixture(autouse=True)
def _nothing_heard_yet() -> Iterator[None]:
    facts.forget()
    yield
    facts.forget()
