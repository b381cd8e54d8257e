"""One sandbox for all tests of it; each test makes payments and mails of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sandbox.running import RunningSandbox, running_sandbox


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), SANDBOX_REFUND_SECONDS="0.2") as running:
        yield running
