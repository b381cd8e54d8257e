"""Lets a request wait a moment for the worker it just rang: most tickets are ready before a page could ask again.

Only a few requests of a process wait, and not long, so that a crowd asking for paper never takes the threads of a crowd
buying. Everybody else, and everybody while Valkey is away, is told to come back, as if this were not here.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from functools import cache
from uuid import UUID

import redis
from django.conf import settings

from ticketing.operations.printing import ask_for_tickets
from ticketing.queries.printing import RenderedTickets, rendered_tickets

logger = logging.getLogger(__name__)

MOST_WAITING = 2
KEPT_SECONDS = 10
_chairs = threading.BoundedSemaphore(MOST_WAITING)


def tickets_soon(*, order_id: UUID, now: datetime, ticket_code: str | None = None) -> RenderedTickets:
    """As `ask_for_tickets`, but with a little patience."""
    asked = ask_for_tickets(order_id=order_id, now=now, ticket_code=ticket_code)
    if asked.is_ready or not settings.PATIENCE_FOR_TICKETS or not _chairs.acquire(blocking=False):
        return asked
    try:
        heard = _heard(order_id, ticket_code)
    finally:
        _chairs.release()
    return (rendered_tickets(order_id=order_id, ticket_code=ticket_code) if heard else None) or asked


def answer(*, order_id: UUID, ticket_code: str | None) -> None:
    """Tells whoever waits that the document is stored."""
    key = _key(order_id, ticket_code)
    try:
        with _valkey().pipeline() as pipeline:
            pipeline.rpush(key, 1)
            pipeline.expire(key, KEPT_SECONDS)
            pipeline.execute()
    except redis.RedisError:
        logger.info("nobody could be told that tickets are ready")


def _heard(order_id: UUID, ticket_code: str | None) -> bool:
    try:
        return _valkey().blpop([_key(order_id, ticket_code)], timeout=settings.PATIENCE_FOR_TICKETS) is not None
    except redis.RedisError:
        return False


def _key(order_id: UUID, ticket_code: str | None) -> str:
    return f"tickets-ready:{order_id}:{ticket_code or 'all'}"


@cache
def _valkey() -> redis.Redis:
    patience = settings.PATIENCE_FOR_TICKETS + 1
    return redis.Redis.from_url(
        settings.CACHES["default"]["LOCATION"], socket_connect_timeout=0.25, socket_timeout=patience
    )
