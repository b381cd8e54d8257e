"""What most tests of selling begin with."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.ticketing.paying import sold_online
from ticketing.models import Performance


@pytest.fixture
def show(db: None, now: datetime) -> Performance:
    """Two rows of ten seats at 24 euro, in ten days, at a house with an account at the provider."""
    return sold_online(now)
