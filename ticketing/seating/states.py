"""The letters that stand for a place's state on the wire, and the words they are spoken with."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import override, pgettext


class State(StrEnum):
    """The shop only tells free, taken and mine; the desk tells why a place is taken."""

    FREE = "f"
    TAKEN = "t"
    MINE = "m"
    HELD = "h"
    RESERVED = "r"
    BLOCKED = "b"
    SOLD = "s"
    NOT_SELLABLE = "x"  # free, but not in this channel

    @property
    def is_choosable(self) -> bool:
        return self in (State.FREE, State.MINE)


def state_words(language: str) -> dict[State, str]:
    with override(language):
        return {
            State.FREE: pgettext("place", "free"),
            State.TAKEN: pgettext("place", "taken"),
            State.MINE: pgettext("place", "your choice"),
            State.HELD: pgettext("place", "in a basket"),
            State.RESERVED: pgettext("place", "reserved"),
            State.BLOCKED: pgettext("place", "kept back"),
            State.SOLD: pgettext("place", "sold"),
            State.NOT_SELLABLE: pgettext("place", "not for sale here"),
        }
