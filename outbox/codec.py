"""Turns typed values into JSON and back without loss, guided by annotations alone.

Floats are refused (money is `Decimal`), and so are datetimes without a time zone.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID


@dataclass(frozen=True)
class Codec:
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


@cache
def codec_for(annotation: Any) -> Codec:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin = get_origin(annotation)
    if origin is tuple:
        return _tuple_codec(get_args(annotation))
    if origin in (Union, types.UnionType):
        return _optional_codec(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Codec(lambda value: annotation(value).value, annotation)
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _dataclass_codec(annotation)
    raise TypeError(f"a fact cannot carry {annotation!r}")


def _exactly(kind: type) -> Codec:
    def encode(value: Any) -> Any:
        if type(value) is not kind and not (kind is str and isinstance(value, str)):
            raise TypeError(f"{kind.__name__} expected, not {type(value).__name__}")
        return str(value) if kind is str else value

    return Codec(encode, kind)


def _encode_decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("a fact carries finite amounts only")
    return str(value)


def _encode_moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a fact carries no datetime without a time zone")
    return value.astimezone(UTC).isoformat()


def _decode_nothing(value: Any) -> None:
    if value is not None:
        raise ValueError("nothing expected")


_PLAIN: dict[Any, Codec] = {
    str: _exactly(str),
    int: _exactly(int),
    bool: _exactly(bool),
    type(None): Codec(_decode_nothing, _decode_nothing),
    UUID: Codec(str, UUID),
    Decimal: Codec(_encode_decimal, Decimal),
    datetime: Codec(_encode_moment, datetime.fromisoformat),
    date: Codec(date.isoformat, date.fromisoformat),
    time: Codec(time.isoformat, time.fromisoformat),
    timedelta: Codec(
        lambda value: [value.days, value.seconds, value.microseconds],
        lambda parts: timedelta(days=parts[0], seconds=parts[1], microseconds=parts[2]),
    ),
}


def _tuple_codec(arguments: tuple[Any, ...]) -> Codec:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = codec_for(arguments[0])
        return Codec(
            lambda values: [item.encode(value) for value in values],
            lambda values: tuple(item.decode(value) for value in values),
        )
    items = [codec_for(argument) for argument in arguments]
    return Codec(
        lambda values: [item.encode(value) for item, value in zip(items, values, strict=True)],
        lambda values: tuple(item.decode(value) for item, value in zip(items, values, strict=True)),
    )


def _optional_codec(annotation: Any) -> Codec:
    kinds = [argument for argument in get_args(annotation) if argument is not type(None)]
    if len(kinds) != 1:
        raise TypeError(f"a fact cannot carry a choice of types: {annotation!r}")
    inner = codec_for(kinds[0])
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda value: None if value is None else inner.decode(value),
    )


def _dataclass_codec(kind: type) -> Codec:
    hints = get_type_hints(kind)
    members = {field.name: (field, codec_for(hints[field.name])) for field in fields(kind) if field.init}

    def encode(value: Any) -> dict[str, Any]:
        return {name: codec.encode(getattr(value, name)) for name, (_, codec) in members.items()}

    def decode(payload: dict[str, Any]) -> Any:
        # A release may add members with defaults and drop members: old facts still decode.
        known = {name: codec.decode(payload[name]) for name, (_, codec) in members.items() if name in payload}
        for name, (field, _) in members.items():
            if name not in known and field.default is MISSING and field.default_factory is MISSING:
                raise ValueError(f"{kind.__name__}.{name} is missing")
        return kind(**known)

    return Codec(encode, decode)
