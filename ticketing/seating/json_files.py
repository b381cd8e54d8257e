"""Reads JSON that strangers send: bounded in bytes and depth before it is parsed, storable in PostgreSQL after."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ticketing.seating.faults import Fault, PlanRefused

MOST_BYTES = 5_000_000
MOST_DEPTH = 32
LARGEST_NUMBER = 2**53

# A string (closed or running to the end of the file) or one bracket. Possessive, so linear on any input.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+\\?(?:"|\Z)|[\[\]{}]', re.DOTALL)
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def refuse(text: str | Promise) -> NoReturn:
    raise PlanRefused([Fault("", text)])


def parse_json(data: bytes | str) -> Any:
    """The parsed file, or `PlanRefused` with one fault: nothing deeper can be said of a file that is not JSON."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    if len(data) > MOST_BYTES:
        refuse(_("The file is larger than 5 MB."))
    if _is_deeper_than(data, MOST_DEPTH):
        refuse(_("The file nests deeper than 32 levels."))
    try:
        value = json.loads(
            data.decode("utf-8-sig"), parse_constant=_no_constant, object_pairs_hook=_object, parse_float=_finite
        )
    except PlanRefused:
        raise
    except ValueError:  # also UnicodeDecodeError, and integers of thousands of digits
        refuse(_("The file is not valid JSON in UTF-8."))
    _refuse_unstorable(value)
    return value


def _is_deeper_than(data: bytes, limit: int) -> bool:
    depth = 0
    for token in _TOKEN.finditer(data):
        mark = token[0]
        if mark in (b"[", b"{"):
            depth += 1
            if depth > limit:
                return True
        elif mark in (b"]", b"}"):
            depth -= 1
    return False


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        refuse(_("The file gives one key twice in the same object."))
    return found


def _refuse_unstorable(value: Any) -> None:
    """PostgreSQL stores no NUL and no lone surrogates; geometry cannot use numbers beyond 2^53."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if _UNSTORABLE.search(item):
                refuse(_("The file holds characters that cannot be stored."))
        elif isinstance(item, dict):
            waiting.extend(item)
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, int | float) and abs(item) > LARGEST_NUMBER:
            refuse(_("The file holds a number that is too large."))
