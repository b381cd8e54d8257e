"""One small reader per kind of value in a plan file: gives the value back, or notes why it cannot be used."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import Any, get_type_hints

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ticketing.seating.faults import At, Faults

Text = str | Mapping[str, str]
Reader = Callable[[Any, At, Faults], Any]

LONGEST_TEXT = 200
FARTHEST = 1_000_000
MOST_CAPACITY = 60_000

_CODE = re.compile(r"[A-Za-z0-9_.-]{1,40}")
_SEAT_ID = re.compile(r"\S{1,80}")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_LANGUAGE = re.compile(r"[a-z]{2}")


# Marks a key that a file must have although the class has a default for it.
ALWAYS = object()


@dataclass(frozen=True)
class Key:
    read: Reader
    default: Any
    required: bool


@cache
def keys_of(kind: Any) -> dict[str, Key]:
    """The keys of one object of the format: the fields of its class that carry a reader."""
    hints = get_type_hints(kind, include_extras=True)
    marks = {f: getattr(hints[f.name], "__metadata__", ()) for f in fields(kind)}
    return {
        f.name: Key(
            read=mark[0],
            default=None if f.default is MISSING else f.default,
            required=f.default is MISSING or ALWAYS in mark,
        )
        for f, mark in marks.items()
        if mark
    }


def nested(kind: Any) -> Reader:
    """Reads an object into a dataclass. A missing or bad value becomes None: its fault stops the plan later."""

    def read(value: Any, at: At, faults: Faults) -> Any:
        if not isinstance(value, dict):
            return faults.add(at, _("must be an object"))
        keys = keys_of(kind)
        for name in value.keys() - keys.keys():
            faults.add((*at, name[:40]), _("is not a key of this format"))
        values: dict[str, Any] = {}
        spelled = []
        for name, key in keys.items():
            if name in value:
                values[name] = found = key.read(value[name], (*at, name), faults)
                if not key.required and found == key.default:
                    spelled.append(name)
            elif key.required:
                faults.add((*at, name), _("is missing"))
                values[name] = () if isinstance(key.read, Listed) else None
        return kind(**values, spelled=frozenset(spelled))

    return read


@dataclass(frozen=True)
class Listed:
    """Reads a list into a tuple; a missing or bad one becomes an empty one, so that checks can walk on."""

    item: Reader
    least: int = 0
    unique: bool = False

    def __call__(self, value: Any, at: At, faults: Faults) -> tuple[Any, ...]:
        if not isinstance(value, list):
            faults.add(at, _("must be a list"))
            return ()
        if len(value) < self.least:
            faults.add(at, _("must not be empty"))
        if self.unique and len(set(map(repr, value))) < len(value):
            faults.add(at, _("names something twice"))
        found = (self.item(entry, (*at, position), faults) for position, entry in enumerate(value))
        return tuple(entry for entry in found if entry is not None)


def _string(value: Any, at: At, faults: Faults, fits: Callable[[str], Any], text: str | Promise) -> Any:
    if isinstance(value, str) and fits(value):
        return value
    return faults.add(at, text)


def code(value: Any, at: At, faults: Faults) -> Any:
    return _string(value, at, faults, _CODE.fullmatch, _("must be a code of 1 to 40 letters, digits or _ . -"))


def seat_id(value: Any, at: At, faults: Faults) -> Any:
    return _string(value, at, faults, _SEAT_ID.fullmatch, _("must be an id of 1 to 80 characters without spaces"))


def color(value: Any, at: At, faults: Faults) -> Any:
    return _string(value, at, faults, _COLOR.fullmatch, _("must be a colour such as #8A1538"))


def any_text(value: Any, at: At, faults: Faults) -> Any:
    return _string(value, at, faults, lambda s: len(s) <= LONGEST_TEXT, _("must be a short text"))


def short_text(longest: int, *, empty: bool = False) -> Reader:
    def read(value: Any, at: At, faults: Faults) -> Any:
        if isinstance(value, str) and len(value) <= longest and (value or empty):
            return value
        return faults.add(at, _("must be a text of at most {longest} characters"), longest=longest)

    return read


def text(value: Any, at: At, faults: Faults) -> Any:
    """One text, or one per language."""
    if isinstance(value, dict) and value:
        for language, words in value.items():
            if not _LANGUAGE.fullmatch(language):
                faults.add((*at, language[:40]), _("is not a language code of two letters"))
            any_text(words, (*at, language[:40]), faults)
        return value
    return _string(
        value, at, faults, lambda s: 0 < len(s) <= LONGEST_TEXT, _("must be a text, or a text for each language")
    )


def number(value: Any, at: At, faults: Faults) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    return faults.add(at, _("must be a number"))


def coordinate(value: Any, at: At, faults: Faults) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and -FARTHEST <= value <= FARTHEST:
        return value
    return faults.add(at, _("must be a coordinate between -1,000,000 and 1,000,000"))


def extent(value: Any, at: At, faults: Faults) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= FARTHEST:
        return value
    return faults.add(at, _("must be a size above zero"))


def whole_number(value: Any, at: At, faults: Faults) -> Any:
    if number(value, at, faults) is None:
        return None
    return value if value == int(value) else faults.add(at, _("must be a whole number"))


def count(value: Any, at: At, faults: Faults) -> Any:
    if whole_number(value, at, faults) is None:
        return None
    if 0 <= value <= MOST_CAPACITY:
        return value
    return faults.add(at, _("must be between 0 and {most}"), most=MOST_CAPACITY)


def truth(value: Any, at: At, faults: Faults) -> Any:
    return value if isinstance(value, bool) else faults.add(at, _("must be true or false"))


def one_of(*choices: str) -> Reader:
    def read(value: Any, at: At, faults: Faults) -> Any:
        if isinstance(value, str) and value in choices:
            return value
        return faults.add(at, _("must be one of {choices}"), choices=", ".join(choices))

    return read


def exactly(expected: str | int) -> Reader:
    def read(value: Any, at: At, faults: Faults) -> Any:
        if value == expected and not isinstance(value, bool):
            return value
        return faults.add(at, _("must be {expected}"), expected=expected)

    return read


def mapping(value: Any, at: At, faults: Faults) -> Any:
    return value if isinstance(value, dict) else faults.add(at, _("must be an object"))


def _sides(value: Any, names: tuple[str, str], reader: Reader, at: At, faults: Faults) -> None:
    if not isinstance(value, dict) or set(value) != set(names):
        faults.add(at, _("must have {first} and {second}, nothing else"), first=names[0], second=names[1])
        return
    for name in names:
        reader(value[name], (*at, name), faults)


def shape(value: Any, at: At, faults: Faults) -> Any:
    """Kept as written (the format lets a shape carry more), after checking the one of three forms it must have."""
    if not isinstance(value, dict) or len({"rect", "ellipse", "polygon"} & value.keys()) != 1:
        return faults.add(at, _("must be a rect, an ellipse or a polygon"))
    if "rect" in value:
        _sides(value["rect"], ("width", "height"), extent, (*at, "rect"), faults)
        if "radius" in value:
            number(value["radius"], (*at, "radius"), faults)
    elif "ellipse" in value:
        _sides(value["ellipse"], ("x", "y"), coordinate, (*at, "ellipse"), faults)
    elif not isinstance(value["polygon"], list) or len(value["polygon"]) < 3:
        faults.add((*at, "polygon"), _("must be a list of three points or more"))
    else:
        for position, point in enumerate(value["polygon"]):
            _sides(point, ("x", "y"), coordinate, (*at, "polygon", position), faults)
    return value


def background(value: Any, at: At, faults: Faults) -> Any:
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("asset"), str):
        return faults.add(at, _("must be an object with an asset"))
    opacity = value.get("opacity", 1)
    if number(opacity, (*at, "opacity"), faults) is not None and not 0 <= opacity <= 1:
        faults.add((*at, "opacity"), _("must be between 0 and 1"))
    if "position" in value:
        _sides(value["position"], ("x", "y"), coordinate, (*at, "position"), faults)
    if "size" in value:
        _sides(value["size"], ("width", "height"), extent, (*at, "size"), faults)
    return value
