"""National numbers are refused wherever people write about people: nobody needs one to sell a ticket.

The law lets few keep them (PR2B-09), and what was never stored is never leaked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError

# Day of birth, serial and check, as people write them: 85.07.30-033.28, 85073003328.
_WRITTEN = re.compile(r"(?<!\d)(\d\d)[. /]?(\d\d)[. /]?(\d\d)[- ]?(\d{3})[-. ]?(\d\d)(?!\d)")
_WITH_COUNTRY = ("+", "00")


class NationalNumberRefused(TicketingError):
    """`fields` names where it stands."""

    code = "national_number"
    message = _("Leave out the national number: nobody here needs it, and we do not keep it.")

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__()
        self.fields = tuple(fields)


def holds_national_number(text: str) -> bool:
    """A Belgian one, or the number of somebody without one, whose month is 20 or 40 higher."""
    return any(_is_one(*found.groups()) for found in _WRITTEN.finditer(text))


def _is_one(year: str, month: str, day: str, serial: str, check: str) -> bool:
    if int(month) % 20 > 12 or int(day) > 31:
        return False
    born = int(year + month + day + serial)
    # Who was born since 2000 counts a 2 before it.
    return int(check) in (97 - born % 97, 97 - (2_000_000_000 + born) % 97)


def refuse_national_numbers(texts: Mapping[str, object]) -> None:
    """By field. A telephone number with its country may look like one and is none."""
    wrong = [
        name for name, text in texts.items()
        if isinstance(text, str) and not text.lstrip().startswith(_WITH_COUNTRY) and holds_national_number(text)
    ]  # fmt: skip
    if wrong:
        raise NationalNumberRefused(wrong)
