"""What a place has cost: the announced-reduction rule asks for the lowest price of the thirty days before.

Prices are never overwritten, so the past can be asked at any moment: grid versions say since when they hold, overrides
say from when to when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from ticketing.models import PerformancePriceGrid, PriceGridCell, PriceOverride

REFERENCE_PERIOD = timedelta(days=30)


@dataclass(frozen=True)
class PriceStep:
    """From `at` on, until the next step, the price was this; None: not on sale at this tariff."""

    at: datetime
    price: Decimal | None


def price_steps(
    *, performance_id: int, rank_id: int, price_type_id: int, channel_kind: str, since: datetime, until: datetime
) -> list[PriceStep]:
    """Every price from `since` until before `until`, oldest first, the first at `since`. Fees are not part of it."""
    grids = list(
        PerformancePriceGrid.objects.filter(performance_id=performance_id, valid_from__lt=until)
        .order_by("valid_from", "id")
        .values_list("valid_from", "version_id")
    )
    prices = dict(
        PriceGridCell.objects.filter(
            version_id__in={version for _from, version in grids}, rank_id=rank_id, price_type_id=price_type_id
        ).values_list("version_id", "price")
    )
    overrides = list(
        PriceOverride.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gt=since),
            performance_id=performance_id,
            rank_id=rank_id,
            price_type_id=price_type_id,
            channel_kind__in=("", channel_kind),
            valid_from__lt=until,
        ).order_by("valid_from", "id")
    )

    def at(moment: datetime) -> Decimal | None:
        price = None
        for valid_from, version in grids:
            if valid_from <= moment:
                price = prices.get(version)
        for override in overrides:
            if override.valid_from <= moment and (override.valid_until is None or moment < override.valid_until):
                price = override.price
        return price

    moments = {since} | {valid_from for valid_from, _version in grids} | {row.valid_from for row in overrides}
    moments |= {row.valid_until for row in overrides if row.valid_until}
    return [PriceStep(moment, at(moment)) for moment in sorted(moments) if since <= moment < until]


def lowest_price(
    *, performance_id: int, rank_id: int, price_type_id: int, channel_kind: str, now: datetime
) -> Decimal | None:
    """The lowest price of the thirty days before now in this channel; None when it was not on sale.

    What begins this very moment was not applied before it, so the start of a reduction can be asked for.
    """
    steps = price_steps(
        performance_id=performance_id,
        rank_id=rank_id,
        price_type_id=price_type_id,
        channel_kind=channel_kind,
        since=now - REFERENCE_PERIOD,
        until=now,
    )
    return min((step.price for step in steps if step.price is not None), default=None)
