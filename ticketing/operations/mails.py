"""The register of mails: a row for each that left, and for each that belongs to a loaded past."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from ticketing.models import SentMail


def recipient_hash(address: str) -> str:
    """What the register keeps of an address: enough to answer "was I told?" for somebody who names it."""
    return sha256(address.strip().lower().encode()).hexdigest()


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
    SentMail.objects.bulk_create(
        [
            SentMail(
                key=key,
                template=template,
                order_id=order_id,
                house_id=house_id,
                language=language,
                recipient_hash=recipient_hash(recipient),
                sent_at=now,
                is_historical=is_historical,
            )
        ],
        ignore_conflicts=True,
    )
