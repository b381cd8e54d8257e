"""Operators' forms take times of the wall clock, and some of those come twice or never: here it is always the same."""

from __future__ import annotations

from datetime import datetime

import pytest
from time_machine import TimeMachineFixture


@pytest.fixture(autouse=True)
def _same_time_of_year(now: datetime, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(now)
