"""The root of everything the kernel can refuse, with a stable code and a sentence for people."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import get_language

from ticketing.money import is_money, written


class TicketingError(Exception):
    """A refusal: `code` never changes once published, `message` says what is wrong and what to do.

    Amounts among the details are told as their readers write money.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str | Promise] = "Refused."
    status: ClassVar[int] = 422

    def __init__(self, **details: Any) -> None:
        self.details = details
        super().__init__(self.code)

    def __str__(self) -> str:
        told = {name: _told(value) for name, value in self.details.items()}
        return str(self.message) % told if told else str(self.message)


def _told(value: Any) -> Any:
    is_amount = isinstance(value, Decimal) and is_money(value)
    return written(value, (get_language() or "nl")[:2]) if is_amount else value
