"""A seating plan as typed values: geometry and identity of a hall, never a price, a state or a person.

Field names are the keys of `parterre.seatingplan` v1 and each names its reader: the format is these classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

from ticketing.seating import readers
from ticketing.seating.readers import ALWAYS, Listed, Text, nested

FORMAT = "parterre.seatingplan"
VERSION = 1
DEFAULT_PITCH = 26


@dataclass(frozen=True, kw_only=True)
class Written:
    """`spelled` keeps the keys a file gave though they equal the default: export returns the file exactly."""

    spelled: frozenset[str] = field(default=frozenset(), compare=False, repr=False)


@dataclass(frozen=True, kw_only=True)
class Point(Written):
    x: Annotated[float, readers.coordinate]
    y: Annotated[float, readers.coordinate]


@dataclass(frozen=True, kw_only=True)
class Size(Written):
    width: Annotated[float, readers.extent]
    height: Annotated[float, readers.extent]


@dataclass(frozen=True, kw_only=True)
class Rank(Written):
    code: Annotated[str, readers.code]
    name: Annotated[Text, readers.text]
    color: Annotated[str | None, readers.color] = None


@dataclass(frozen=True, kw_only=True)
class Entrance(Written):
    code: Annotated[str, readers.code]
    name: Annotated[Text, readers.text]
    step_free: Annotated[bool | None, readers.truth] = None


SEAT_KINDS = ("seat", "wheelchair", "companion", "folding", "stool", "sofa")
SEAT_ATTRS = (
    "restricted_view",
    "step_free",
    "aisle",
    "easy_transfer",
    "hearing_loop",
    "sign_language_view",
    "audio_description",
    "extra_leg_room",
    "wide",
    "surge",
)


@dataclass(frozen=True, kw_only=True)
class Seat(Written):
    id: Annotated[str, readers.seat_id]
    n: Annotated[str, readers.short_text(12)]
    x: Annotated[float, readers.coordinate]
    y: Annotated[float, readers.coordinate]
    r: Annotated[float | None, readers.extent] = None
    rank: Annotated[str, readers.code]
    kind: Annotated[str, readers.one_of(*SEAT_KINDS)] = "seat"
    attrs: Annotated[tuple[str, ...], Listed(readers.one_of(*SEAT_ATTRS), unique=True)] = ()
    companion_of: Annotated[tuple[str, ...], Listed(readers.any_text)] = ()
    replaces: Annotated[tuple[str, ...], Listed(readers.any_text)] = ()
    gap_after: Annotated[bool, readers.truth] = False
    entrance: Annotated[str | None, readers.code] = None
    ext: Annotated[Mapping[str, Any] | None, readers.mapping] = None

    @property
    def is_swap(self) -> bool:
        return bool(self.replaces)


@dataclass(frozen=True, kw_only=True)
class Row(Written):
    code: Annotated[str, readers.short_text(20, empty=True)]
    label: Annotated[Text | None, readers.text] = None
    label_at: Annotated[str, readers.one_of("start", "end", "both", "none")] = "both"
    position: Annotated[Point | None, nested(Point)] = None
    seats: Annotated[tuple[Seat, ...], Listed(nested(Seat), least=1)]


@dataclass(frozen=True, kw_only=True)
class Area(Written):
    code: Annotated[str, readers.code]
    name: Annotated[Text, readers.text]
    kind: Annotated[str, readers.one_of("seated", "standing", "table")]
    level: Annotated[int | None, readers.whole_number] = None
    entrance: Annotated[str | None, readers.code] = None
    position: Annotated[Point | None, nested(Point)] = None
    rotation: Annotated[float | None, readers.number] = None
    shape: Annotated[Mapping[str, Any] | None, readers.shape] = None
    rank: Annotated[str | None, readers.code] = None
    capacity: Annotated[int | None, readers.count] = None
    bookable: Annotated[str, readers.one_of("seat", "whole", "either")] = "seat"
    rows: Annotated[tuple[Row, ...], Listed(nested(Row))] = ()

    @property
    def is_standing(self) -> bool:
        return self.kind == "standing"


DECOR_KINDS = ("stage", "screen", "text", "shape", "door", "stairs", "pillar", "control_desk")


@dataclass(frozen=True, kw_only=True)
class Decor(Written):
    kind: Annotated[str, readers.one_of(*DECOR_KINDS)]
    position: Annotated[Point | None, nested(Point)] = None
    rotation: Annotated[float | None, readers.number] = None
    shape: Annotated[Mapping[str, Any] | None, readers.shape] = None
    text: Annotated[Text | None, readers.text] = None
    color: Annotated[str | None, readers.color] = None


@dataclass(frozen=True, kw_only=True)
class Variant(Written):
    """A set-up of the same hall: seats taken out (a final `*` means all that begin so) and swaps put in."""

    code: Annotated[str, readers.code]
    name: Annotated[Text, readers.text]
    remove: Annotated[tuple[str, ...], Listed(readers.any_text)] = ()
    use_swaps: Annotated[tuple[str, ...], Listed(readers.any_text)] = ()

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(pattern[:-1] for pattern in self.remove if pattern.endswith("*"))

    @cached_property
    def _removed_ids(self) -> frozenset[str]:
        return frozenset(self.remove)

    def removes(self, seat_id: str) -> bool:
        return seat_id in self._removed_ids or seat_id.startswith(self.stems)


@dataclass(frozen=True, kw_only=True)
class Plan(Written):
    format: Annotated[str, readers.exactly(FORMAT), ALWAYS] = FORMAT
    version: Annotated[int, readers.exactly(VERSION), ALWAYS] = VERSION
    name: Annotated[Text, readers.text]
    seat_pitch: Annotated[float, readers.extent] = DEFAULT_PITCH
    size: Annotated[Size | None, nested(Size)] = None
    focal: Annotated[Point | None, nested(Point)] = None
    background: Annotated[Mapping[str, Any] | None, readers.background] = None
    ranks: Annotated[tuple[Rank, ...], Listed(nested(Rank), least=1)]
    entrances: Annotated[tuple[Entrance, ...], Listed(nested(Entrance))] = ()
    areas: Annotated[tuple[Area, ...], Listed(nested(Area), least=1)]
    decor: Annotated[tuple[Decor, ...], Listed(nested(Decor))] = ()
    variants: Annotated[tuple[Variant, ...], Listed(nested(Variant))] = ()
    ext: Annotated[Mapping[str, Any] | None, readers.mapping] = None

    def located_seats(self) -> Iterator[tuple[Area, Row, Seat]]:
        for area in self.areas:
            for row in area.rows:
                for seat in row.seats:
                    yield area, row, seat

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        return tuple(seat for _, _, seat in self.located_seats())


def in_language(text: Text, language: str) -> str:
    """The text in a language, or in the first language a Belgian house would fall back to."""
    if isinstance(text, str):
        return text
    return next((text[code] for code in (language, "nl", "fr", "en") if text.get(code)), next(iter(text.values())))
