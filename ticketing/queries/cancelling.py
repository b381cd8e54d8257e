"""Until when a customer may give tickets back."""

from __future__ import annotations

from datetime import datetime, timedelta

from ticketing.models import House, Performance


def cancel_deadline(house: House, performance: Performance) -> datetime | None:
    """Until when a customer may cancel; None: never. A cancelled performance can always be given back."""
    if performance.state == Performance.State.CANCELLED:
        return performance.starts_at + timedelta(days=365)
    if house.cancel_until_hours is None:
        return None
    return performance.starts_at - timedelta(hours=house.cancel_until_hours)
