"""What has happened, as a value: frozen, in the past tense, ids and amounts only.

A fact is kept by name and JSON, so its class may move between modules and gain members with defaults, but not change
its name without giving the old one: `class OrderPaid(Fact, name="ticketing.OrderPaid")`.
"""

from __future__ import annotations

import os
import threading
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, cast
from uuid import UUID

from outbox.codec import codec_for
from outbox.errors import UnknownFact

_registry: dict[str, type[Fact]] = {}


@dataclass(frozen=True)
class Fact(ABC):
    """Subclass it as a frozen dataclass and say which `stream` it belongs to: facts of one stream stay in order."""

    fact_name: ClassVar[str]

    def __init_subclass__(cls, *, name: str | None = None, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        cls.fact_name = name or f"{cls.__module__.split('.')[0]}.{cls.__name__}"
        earlier = _registry.get(cls.fact_name)
        # dataclass(slots=True) makes the class a second time, hence the comparison by place.
        if earlier and (earlier.__module__, earlier.__qualname__) != (cls.__module__, cls.__qualname__):
            raise TypeError(f"two facts are called {cls.fact_name}")
        _registry[cls.fact_name] = cls

    @property
    @abstractmethod
    def stream(self) -> str:
        """The thing whose story this is part of, like `order:0192…`; hold its lock while recording."""


def encode(fact: Fact) -> dict[str, Any]:
    return cast(dict[str, Any], codec_for(type(fact)).encode(fact))


def decode(name: str, payload: dict[str, Any]) -> Fact:
    if name not in _registry:
        raise UnknownFact(name)
    return cast(Fact, codec_for(_registry[name]).decode(payload))


_last_tick = 0
_tick_lock = threading.Lock()


def new_fact_id() -> UUID:
    """A UUIDv7 whose 12 bits after the millisecond count on, so that ids made one after another also sort so."""
    global _last_tick
    nanoseconds = time.time_ns()
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    with _tick_lock:
        _last_tick = tick = max(milliseconds << 12 | (rest << 12) // 1_000_000, _last_tick + 1)
    value = (tick >> 12) << 80 | 0x7 << 76 | (tick & 0xFFF) << 64
    return UUID(int=value | 0b10 << 62 | (int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF))
