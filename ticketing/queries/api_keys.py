"""Whose key is this? One statement, by hash: a key has 78 bits or more, so a plain hash cannot be guessed back."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from django.db.models import Q, QuerySet

from ticketing.models import ApiKey

_TYPED = re.compile(r"[\s-]")
_TYPED_KEY = re.compile(r"[2-9A-HJKMNP-Z]{16}", re.IGNORECASE)


def hash_of(secret: str) -> str:
    """Door keys are typed: spaces, dashes and lower case do not matter for them."""
    typed = _TYPED.sub("", secret)
    return hashlib.sha256((typed.upper() if _TYPED_KEY.fullmatch(typed) else secret).encode()).hexdigest()


def living_keys(now: datetime) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), revoked_at__isnull=True)


def api_key_of(secret: str, *, now: datetime) -> ApiKey | None:
    return living_keys(now).filter(key_hash=hash_of(secret)).select_related("house").first()
