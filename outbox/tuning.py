"""The few numbers of the outbox, each with a setting to change it by."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings


def _number(name: str, default: float) -> float:
    return float(getattr(settings, name, default))


def lease() -> timedelta:
    """How long a worker may be busy with one delivery before another takes it for dead."""
    return timedelta(seconds=_number("OUTBOX_LEASE_SECONDS", 60))


def first_pause() -> timedelta:
    return timedelta(seconds=_number("OUTBOX_FIRST_PAUSE_SECONDS", 2))


def longest_pause() -> timedelta:
    return timedelta(seconds=_number("OUTBOX_LONGEST_PAUSE_SECONDS", 600))


def attempts_before_dead() -> int:
    """How often a subscriber may fail in a way it does not foresee."""
    return int(_number("OUTBOX_ATTEMPTS", 8))


def turn() -> timedelta:
    """How long one task goes on with further deliveries before it lets other tasks have the worker."""
    return timedelta(seconds=_number("OUTBOX_TURN_SECONDS", 15))


def doorbell_is_on() -> bool:
    return bool(getattr(settings, "OUTBOX_DOORBELL", True))


def keep_deliveries() -> timedelta:
    return timedelta(days=_number("OUTBOX_KEEP_DELIVERIES_DAYS", 30))


def keep_facts() -> timedelta:
    """How far back a new or repaired subscriber can be told what happened."""
    return timedelta(days=_number("OUTBOX_KEEP_FACTS_DAYS", 400))


def private_hosts_allowed() -> bool:
    """Whether calls may go to this machine and its private network: development and tests only."""
    return bool(getattr(settings, "OUTBOX_HTTP_ALLOW_PRIVATE", False))
