"""The register of mails: a row for each that left, and for each that belongs to a loaded past."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection


def recipient_hash(address: str) -> str:
    """What the register keeps of an address: enough to answer "was I told?" for somebody who names it."""
    return sha256(address.strip().lower().encode()).hexdigest()


# One statement and no transaction round it: this follows every mail.
_REGISTER = """
INSERT INTO ticketing_sentmail (key, template, order_id, house_id, language, recipient_hash, sent_at, is_historical)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING
"""


def register_mail(
    *,
    key: str,
    template: str,
    house_id: int,
    language: str,
    recipient: str,
    now: datetime,
    order_id: UUID | None = None,
    is_historical: bool = False,
) -> None:
    """Idempotent on the key, which names the occasion."""
    values = [key, template, order_id, house_id, language, recipient_hash(recipient), now, is_historical]
    with connection.cursor() as cursor:
        cursor.execute(_REGISTER, values)
