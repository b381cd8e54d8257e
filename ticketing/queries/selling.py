"""When a performance is on sale: one rule for the shop, the API and the operations."""

from __future__ import annotations

from datetime import datetime

from ticketing.models import Performance


def is_on_sale(
    *, state: str, sales_from: datetime | None, sales_until: datetime | None, starts_at: datetime, now: datetime
) -> bool:
    """Sales end at the start unless the house says otherwise."""
    return (
        state == Performance.State.ON_SALE
        and (sales_from is None or sales_from <= now)
        and now < (sales_until or starts_at)
    )
