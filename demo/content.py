"""The plain objects the demo’s content is written in: texts stay readable, a missing language cannot hide."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple


class Text(NamedTuple):
    """The same thing said in the three languages of the shop; each written for its readers, none a translation."""

    nl: str
    fr: str
    en: str


def same(text: str) -> Text:
    """A name that stays itself in every language."""
    return Text(text, text, text)


@dataclass(frozen=True)
class Night:
    """When a production plays, seen from today.

    `day` counts from today. With a `weekday` (0 is Monday) it first goes to the Monday of that day's week, so a
    matinee stays on a Sunday whatever day the demo is loaded. `fill` is the share of places
    already gone; left out, it follows from how near the night is.
    """

    day: int
    time: str = "20:00"
    weekday: int | None = None
    fill: float | None = None
    closed: str = ""  # "cancelled", "announced" (not on sale yet) or empty


@dataclass(frozen=True)
class Production:
    slug: str
    house: str
    hall: str
    genre: str
    grid: str
    title: Text
    performers: tuple[str, ...]
    minutes: int
    teaser: Text
    description: Text
    nights: tuple[Night, ...]
    subtitle: Text | None = None
    interval: bool = False
    age: int | None = None
    language: str = ""  # spoken language; empty when nobody needs one
    surtitles: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    credits: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Hall:
    """`plan` names the drawing in demo.halls; a hall without one is a room without numbered seats."""

    slug: str
    name: Text
    plan: str
    capacity: int


@dataclass(frozen=True)
class House:
    slug: str
    name: str
    order_prefix: str
    kind: Text
    city: Text
    street: str
    postcode: str
    accent: str
    display_font: str
    languages: tuple[str, ...]
    email: str
    phone: str
    company_number: str
    tagline: Text
    about: Text
    terms: Text
    cancel_rule: Text
    cancel_until_hours: int
    access: Text
    doors: Text
    doors_minutes: int
    transport: Text
    halls: tuple[Hall, ...]


@dataclass(frozen=True)
class Tariff:
    """A price type: `family` is the hinge every report groups by, `letter` its key at the desk."""

    slug: str
    letter: str
    family: str
    name: Text
    explanation: Text
    conditions: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    """Rank × tariff, as the buyer sees it: the house's fee is inside each price, never added on top."""

    slug: str
    name: Text
    prices: dict[str, dict[str, Decimal]]
