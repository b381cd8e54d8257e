"""Who an order is for, and what cannot be anybody's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.national_numbers import holds_national_number


class ContactIncomplete(TicketingError):
    """`fields` names what is missing or wrong: email, first_name, last_name."""

    code = "contact_incomplete"
    message = _("Fill in your name and a valid e-mail address; we send the tickets there.")

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__()
        self.fields = tuple(fields)


@dataclass(frozen=True)
class Contact:
    email: str
    first_name: str
    last_name: str

    def wrong_fields(self) -> list[str]:
        wrong = []
        try:
            validate_email(self.email)
        except ValidationError:
            wrong.append("email")
        return wrong + [name for name in ("first_name", "last_name") if not _is_name(getattr(self, name))]


# What a name is not: lines of a mail of somebody else's, or an address a mail program would make a link of.
_NOT_A_NAME = re.compile(r"[\x00-\x1f\x7f\u2028\u2029@]|://|\bwww\.|\w{3,}\.[a-z]{2,}")


def _is_name(text: str) -> bool:
    return 1 <= len(text.strip()) <= 80 and not _NOT_A_NAME.search(text) and not holds_national_number(text)
