"""Holding the best places left for a party: looked for first, then held as if the buyer had chosen them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import MOST_ATTEMPTS, Held, hold
from ticketing.operations.wishes import TooManyPlaces, Wish
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.places import free_places
from ticketing.seating.best_available import How, Party, best_available
from ticketing.seating.compiled import place_code


@dataclass(frozen=True)
class BestHeld:
    held: Held
    how: How


def hold_best(
    *,
    performance: str,
    party: Party,
    basket_id: UUID | None,
    language: str,
    now: datetime,
    rank: str | None = None,
    price_type: str | None = None,
    may_split: bool = False,
    prices: Mapping[str, Decimal] | None = None,
    channel_kind: str = "web",
    customer_id: int | None = None,
) -> BestHeld:
    """Hold the best places left for a party. Raises NotEnoughPlaces, NeedsConsent, and what `hold` raises."""
    terms = sale_terms(performance)
    terms.require_on_sale(now)
    if party.size > terms.max_places:
        raise TooManyPlaces(maximum=terms.max_places)
    for attempt in range(MOST_ATTEMPTS):
        free = free_places(terms.performance_id, size=len(terms.plan), now=now, channel_kind=channel_kind)
        offer = best_available(terms.plan, free, party, rank=rank, may_split=may_split)
        codes = tuple(place_code(index) for index in offer.places)
        wish = Wish(places=codes, price_type=price_type, prices=prices)
        try:
            held = hold(
                performance=performance,
                wish=wish,
                basket_id=basket_id,
                language=language,
                channel_kind=channel_kind,
                customer_id=customer_id,
                now=now,
            )
        except PlacesTaken:
            # Somebody took one of them between looking and holding: look again.
            if attempt == MOST_ATTEMPTS - 1:
                raise
        else:
            return BestHeld(held, offer.how)
    raise AssertionError("unreachable: the last attempt returns or raises")
