"""The two things a call to the outside world can end in besides an answer, and what the outbox itself refuses.

Reasons are shown to staff and kept in the database: codes and vendor words only, never a name, an address or a token.
"""

from __future__ import annotations

from datetime import timedelta


class Unavailable(Exception):
    """Try the same thing again later: no answer, or an answer that says "not now"."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        self.reason = reason
        self.retry_after = retry_after
        super().__init__(reason)


class Rejected(Exception):
    """Never try the same thing again: the other side understood and refused. `body` is for the gateway's eyes only."""

    def __init__(self, reason: str, *, status: int | None = None, body: bytes = b"") -> None:
        self.reason = reason
        self.status = status
        self.body = body
        super().__init__(reason)


class OutboxError(Exception):
    """A mistake in how the outbox is used."""


class OutsideTransaction(OutboxError):
    """A fact was recorded where nothing can be rolled back with it."""


class InsideTransaction(OutboxError):
    """Somebody wanted to wait for the outside world while holding locks."""


class UnknownFact(OutboxError):
    """A stored fact has a name no class carries (any more)."""


class UnknownSubscriber(OutboxError):
    """A delivery is for a subscriber this process does not know: an older or newer release recorded it."""


class NothingToDecide(OutboxError):
    """Somebody retried or skipped a delivery that is already finished."""
