"""The root of everything the kernel can refuse, with a stable code and a sentence for people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise


class TicketingError(Exception):
    """A refusal: `code` never changes once published, `message` says what is wrong and what to do."""

    code: ClassVar[str] = "refused"
    message: ClassVar[str | Promise] = "Refused."
    status: ClassVar[int] = 422

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message) % self.details if self.details else str(self.message)
