"""Facts and subscribers of these tests: a shop window that hears what happens to orders."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum, StrEnum
from uuid import UUID

from outbox.errors import Rejected
from outbox.facts import Fact
from outbox.subscribing import subscriber


@dataclass(frozen=True)
class OrderPaid(Fact):
    order: str
    number: int

    @property
    def stream(self) -> str:
        return f"order:{self.order}"


@dataclass(frozen=True)
class NobodyCares(Fact):
    order: str

    @property
    def stream(self) -> str:
        return f"order:{self.order}"


class Colour(Enum):
    RED = 1
    BLUE = 2


class Channel(StrEnum):
    DESK = "desk"
    SHOP = "shop"


@dataclass(frozen=True)
class Line:
    place: str
    price: Decimal
    discounts: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True)
class Everything(Fact):
    """One member of every kind a fact can carry."""

    order: UUID
    amount: Decimal
    paid_at: datetime
    performance_date: date
    doors_at: time
    hold: timedelta
    channel: Channel
    colour: Colour
    lines: tuple[Line, ...]
    pair: tuple[int, str]
    note: str
    free: bool
    main_line: Line
    refunded_at: datetime | None = None
    later: str = field(default="added by a later release")

    @property
    def stream(self) -> str:
        return f"order:{self.order}"


@dataclass(frozen=True)
class LetterAsked(Fact):
    """Each asks for a letter of its own."""

    order: str
    number: int

    @property
    def stream(self) -> str:
        return f"order:{self.order}"


heard: list[tuple[str, int]] = []
# What a test makes the subscriber of an order do; nothing by default.
behaviour: dict[str, Callable[[OrderPaid], None]] = {}
unwritable: set[int] = set()


def forget() -> None:
    heard.clear()
    behaviour.clear()
    unwritable.clear()


@subscriber(OrderPaid)
def listen(fact: OrderPaid, *, now: datetime) -> None:
    if fact.order in behaviour:
        behaviour[fact.order](fact)
    heard.append((fact.order, fact.number))


@subscriber(OrderPaid)
def listen_too(fact: OrderPaid, *, now: datetime) -> None:
    """A second subscriber, so that every fact of this kind has two deliveries."""


@subscriber(LetterAsked, pushes_present=False)
def write_letter(fact: LetterAsked, *, now: datetime) -> None:
    if fact.number in unwritable:
        raise Rejected("no such address")
