"""Who wants to hear of which fact. Siblings register in their `subscribers.py`, imported when the app starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from outbox.errors import OutboxError, UnknownSubscriber
from outbox.facts import Fact

F_contra = TypeVar("F_contra", bound=Fact, contravariant=True)
F = TypeVar("F", bound=Fact)


class Handler(Protocol[F_contra]):
    """Called outside any transaction, at least once per fact, in the order of the fact's stream.

    It pushes the present state, so that hearing a fact twice does no harm, and so that a success makes up for what was
    given up before; where each fact asks for something of its own it says `pushes_present=False`. It raises
    `Unavailable` to be called again later and `Rejected` to give up until a person looks.
    """

    def __call__(self, fact: F_contra, /, *, now: datetime) -> None: ...


@dataclass(frozen=True)
class Subscriber:
    name: str
    facts: tuple[type[Fact], ...]
    handler: Handler[Any]
    pushes_present: bool = True


_subscribers: dict[str, Subscriber] = {}
_names_by_fact: dict[type[Fact], list[str]] = {}


def subscriber(
    *facts: type[F], name: str | None = None, pushes_present: bool = True
) -> Callable[[Handler[F]], Handler[F]]:
    """`@subscriber(OrderPaid)` on `def mail_tickets(fact: OrderPaid, *, now: datetime) -> None`.

    The name (`<app>.<function>`) is stored with every delivery: give the old one when the function is renamed.
    """

    def register(handler: Handler[F]) -> Handler[F]:
        where = f"{handler.__module__}.{getattr(handler, '__qualname__', '')}"
        label = name or f"{handler.__module__.split('.')[0]}.{getattr(handler, '__name__', '')}"
        earlier = _subscribers.get(label)
        if earlier and f"{earlier.handler.__module__}.{getattr(earlier.handler, '__qualname__', '')}" != where:
            raise OutboxError(f"two subscribers are called {label}")
        _subscribers[label] = Subscriber(label, facts, handler, pushes_present)
        for fact in facts:
            names = _names_by_fact.setdefault(fact, [])
            if label not in names:
                names.append(label)
        return handler

    return register


def subscribers_of(fact: type[Fact]) -> list[str]:
    return list(_names_by_fact.get(fact, ()))


def subscriber_named(name: str) -> Subscriber:
    if name not in _subscribers:
        raise UnknownSubscriber(name)
    return _subscribers[name]


def subscriber_names() -> list[str]:
    return sorted(_subscribers)
