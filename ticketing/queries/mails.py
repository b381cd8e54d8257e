"""Which mails left already."""

from __future__ import annotations

from ticketing.models import SentMail


def is_registered(key: str) -> bool:
    return SentMail.objects.filter(key=key).exists()
