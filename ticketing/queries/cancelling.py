"""Until when a customer may give tickets back."""

from __future__ import annotations

from datetime import datetime, timedelta

from ticketing.models import Performance


def cancel_deadline(*, state: str, starts_at: datetime, until_hours: int | None) -> datetime | None:
    """Until when a customer may cancel; None: never. A cancelled performance can always be given back."""
    if state == Performance.State.CANCELLED:
        return starts_at + timedelta(days=365)
    return None if until_hours is None else starts_at - timedelta(hours=until_hours)
