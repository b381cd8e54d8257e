"""A request sent twice with the same key is done once, and answered twice with the same words.

The claim is stored before the work begins, so that two copies arriving together cannot both do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import IdempotencyRecord

KEPT_FOR = timedelta(days=1)
# A process that died leaves its claim without an answer; after this the next copy may try.
LOST_AFTER = timedelta(seconds=90)
BATCH = 1000


class IdempotencyKeyReused(TicketingError):
    code = "idempotency_key_reused"
    message = _("This idempotency key was used for another request.")


class RequestInProgress(TicketingError):
    code = "request_in_progress"
    message = _("The same request is being handled at this moment. Ask again shortly.")
    status = 409


@dataclass(frozen=True)
class Answered:
    status: int
    body: Any


@transaction.atomic
def claim(*, api_key_id: int, key: str, request_hash: str, now: datetime) -> Answered | None:
    """The answer given before, or None: then the caller does the work and says how it ended."""
    record, is_new = IdempotencyRecord.objects.select_for_update().get_or_create(
        api_key_id=api_key_id, key=key, defaults={"request_hash": request_hash, "created_at": now}
    )
    if is_new:
        return None
    if record.request_hash != request_hash:
        raise IdempotencyKeyReused
    if record.status is not None:
        return Answered(record.status, record.body)
    if record.created_at > now - LOST_AFTER:
        raise RequestInProgress
    record.created_at = now
    record.save(update_fields=["created_at"])
    return None


@transaction.atomic
def answer(*, api_key_id: int, key: str, status: int, body: Any) -> None:
    IdempotencyRecord.objects.filter(api_key_id=api_key_id, key=key).update(status=status, body=body)


@transaction.atomic
def give_up(*, api_key_id: int, key: str) -> None:
    """Nothing was done: the same request may be sent again."""
    IdempotencyRecord.objects.filter(api_key_id=api_key_id, key=key, status__isnull=True).delete()


@transaction.atomic
def forget_old_answers(*, now: datetime) -> int:
    old = IdempotencyRecord.objects.filter(created_at__lte=now - KEPT_FOR).order_by("pk").values_list("pk", flat=True)
    deleted, _by_table = IdempotencyRecord.objects.filter(pk__in=list(old[:BATCH])).delete()
    return deleted
