"""What stands behind the secret in a mail about the waiting list."""

from __future__ import annotations

from uuid import UUID

from ticketing.models import WaitingListEntry


def offered_basket(secret: str) -> UUID | None:
    """The basket that keeps the places offered to somebody."""
    offered = WaitingListEntry.objects.filter(secret=secret, state=WaitingListEntry.State.OFFERED)
    found: UUID | None = offered.values_list("basket_id", flat=True).first()
    return found


def wish_behind(secret: str) -> WaitingListEntry | None:
    """What somebody asked to wait for, with its performance and house."""
    return WaitingListEntry.objects.filter(secret=secret).select_related("performance__house").first()
