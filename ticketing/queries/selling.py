"""When a performance is on sale: one rule for the shop, the API and the operations."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from ticketing.models import Performance


class Sellable(Protocol):
    """A performance as far as its sale goes, in whichever row it was read."""

    @property
    def state(self) -> str: ...
    @property
    def sales_from(self) -> datetime | None: ...
    @property
    def sales_until(self) -> datetime | None: ...
    @property
    def starts_at(self) -> datetime: ...


def is_on_sale(performance: Sellable, *, now: datetime) -> bool:
    """Sales end at the start unless the house says otherwise."""
    return (
        performance.state == Performance.State.ON_SALE
        and (performance.sales_from is None or performance.sales_from <= now)
        and now < (performance.sales_until or performance.starts_at)
    )
