"""Bad days of the provider, ordered by a script: the next calls fail, or work and lose their answer."""

from __future__ import annotations

import threading
from enum import StrEnum


class Fault(StrEnum):
    UNAVAILABLE = "unavailable"  # answers 503 and does nothing
    LOST_ANSWER = "lost_answer"  # does what was asked, then answers 503
    GARBAGE = "garbage"  # answers with something that is no JSON
    BUSY = "busy"  # answers 429


class Faults:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fault = Fault.UNAVAILABLE
        self._left = 0

    def order(self, fault: Fault, calls: int) -> None:
        with self._lock:
            self._fault, self._left = fault, calls

    def take(self) -> Fault | None:
        with self._lock:
            if not self._left:
                return None
            self._left -= 1
            return self._fault
