"""Ids that leave the house: random or time-ordered, never a database key or a count."""

from __future__ import annotations

import os
import secrets
import time
import uuid

# Without 0, O, 1, I and L: these are read aloud at a desk and typed from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def uuid7() -> uuid.UUID:
    """A UUID whose order follows the clock (RFC 9562), made here because PostgreSQL 15 has no uuidv7()."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | (int.from_bytes(os.urandom(2)) & 0x0FFF) << 64
    value |= 0b10 << 62 | (int.from_bytes(os.urandom(8)) & 0x3FFF_FFFF_FFFF_FFFF)
    return uuid.UUID(int=value)


def random_code(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
