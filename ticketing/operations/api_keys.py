"""Gives out and revokes the keys of websites, partners and doors. The key itself is shown once and never kept."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import random_code
from ticketing.models import ApiKey, House, Performance
from ticketing.queries.api_keys import hash_of

DOOR_KEY_LENGTH = 16


class UnknownScope(TicketingError):
    code = "unknown_scope"
    message = _("A key may read, sell or scan, nothing else: %(scopes)s.")


class PerformanceOfOtherHouse(TicketingError):
    code = "performance_of_other_house"
    message = _("This performance belongs to another house.")


@dataclass(frozen=True)
class IssuedKey:
    """`secret` is what the holder types or stores; nobody can read it back."""

    api_key: ApiKey
    secret: str


@transaction.atomic
def issue_api_key(
    *,
    house: House,
    name: str,
    scopes: Collection[str],
    now: datetime,
    performance: Performance | None = None,
    expires_at: datetime | None = None,
    secret: str | None = None,
) -> IssuedKey:
    """A key that only scans is short enough to type at a door; the others are for machines."""
    unknown = set(scopes) - set(ApiKey.Scope.values)
    if unknown or not scopes:
        raise UnknownScope(scopes=", ".join(sorted(unknown)) or "–")
    if performance is not None and performance.house_id != house.pk:
        raise PerformanceOfOtherHouse
    only_scans = set(scopes) == {ApiKey.Scope.SCAN}
    secret = secret or (random_code(DOOR_KEY_LENGTH) if only_scans else secrets.token_urlsafe(32))
    api_key = ApiKey.objects.create(
        house=house,
        name=name,
        key_hash=hash_of(secret),
        hint=secret[:4],
        scopes=sorted(scopes),
        performance=performance,
        created_at=now,
        expires_at=expires_at,
    )
    return IssuedKey(api_key, secret)


@transaction.atomic
def revoke_api_key(*, api_key_id: int, now: datetime) -> None:
    ApiKey.objects.filter(pk=api_key_id, revoked_at__isnull=True).update(revoked_at=now)
