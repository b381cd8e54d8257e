"""The letters that stand for a place's state on the wire, and the words they are spoken with."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import override


class State(StrEnum):
    AVAILABLE = "a"
    HELD = "h"
    RESERVED = "r"
    BLOCKED = "b"
    SOLD = "s"
    MINE = "m"
    NOT_SELLABLE = "x"  # free, but not in this channel


def state_words(language: str) -> dict[State, str]:
    """What a buyer hears. Why a seat is taken is nobody's business, but a held one may come back."""
    with override(language):
        taken = _("taken")
        return {
            State.AVAILABLE: _("free"),
            State.HELD: _("taken for now"),
            State.RESERVED: taken,
            State.BLOCKED: taken,
            State.SOLD: taken,
            State.MINE: _("your choice"),
            State.NOT_SELLABLE: _("not for sale here"),
        }
