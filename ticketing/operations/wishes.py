"""What a buyer asks of one performance: how many places, which ones, and the prices that were shown with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.queries.pricing import Buyer, Offer, PriceNotOffered, offer_for
from ticketing.queries.terms import SaleTerms

MOST_PLACES = 400  # nobody's order is larger; keeps absurd numbers out of the arithmetic below


class TooManyPlaces(TicketingError):
    code = "too_many_places"
    message = _("You can take at most %(maximum)s places in one order. For larger groups, ask the box office.")


class NothingAsked(TicketingError):
    code = "nothing_asked"
    message = _("Choose at least one place.")


class UnknownPlace(TicketingError):
    code = "unknown_place"
    message = _("This place does not exist in this hall.")


class PriceChanged(TicketingError):
    """What the page showed is no longer the price; both are in `details`."""

    code = "price_changed"
    message = _("The price has changed from %(shown)s to %(price)s. Check it and choose again.")
    status = 409


@dataclass(frozen=True)
class Wish:
    """What a buyer asks of one performance: given places, or a number of standing places per price type.

    `price_type` None takes the first tariff offered. `shown` is the price the buyer saw, per place; `prices` are those
    of a whole page: by rank for given places, by tariff for standing ones.
    """

    places: tuple[str, ...] = ()
    standing: Mapping[str, int] | None = None
    area: str | None = None
    price_type: str | None = None
    shown: Decimal | None = None
    prices: Mapping[str, Decimal] | None = None

    def price_shown(self, name: str) -> Decimal | None:
        return self.shown if self.shown is not None else (self.prices or {}).get(name)


def count_asked(wish: Wish) -> int:
    if wish.standing is not None:
        if any(count < 0 for count in wish.standing.values()):
            raise NothingAsked
        asked = sum(wish.standing.values())
    else:
        asked = len(set(wish.places))
    if asked < 1:
        raise NothingAsked
    if asked > MOST_PLACES:
        raise TooManyPlaces(maximum=MOST_PLACES)
    return asked


def offers_for(
    terms: SaleTerms, ranks: Iterable[int], *, price_type_id: int | None, buyer: Buyer, now: datetime
) -> list[Offer]:
    """What this buyer gets for these ranks at this tariff; those it is not offered for are left out."""
    found = []
    for rank_id in ranks:
        with suppress(PriceNotOffered):
            found.append(offer_for(terms, rank_id=rank_id, price_type_id=price_type_id, buyer=buyer, now=now))
    return found


def changed_prices(
    found: Iterable[Offer],
    shown: Mapping[int, Decimal | None],
    *,
    price_type_id: int | None,
    terms: SaleTerms,
    buyer: Buyer,
    now: datetime,
) -> dict[int, PriceChanged]:
    """The ranks, by id, whose price is not the one shown. Pages show what anybody pays; a code may have lowered it."""
    changed = {}
    for offer in found:
        price = shown[offer.rank_id]
        if price is None or price == offer.gross:
            continue
        public = offers_for(terms, [offer.rank_id], price_type_id=price_type_id, buyer=buyer.as_anybody, now=now)
        if buyer == buyer.as_anybody or price not in [one.gross for one in public]:
            changed[offer.rank_id] = PriceChanged(shown=price, price=offer.gross)
    return changed


def price_type_id_of(terms: SaleTerms, code: str | None) -> int | None:
    if code is None:
        return None
    price_type = terms.price_type_by_code(code)
    if price_type is None:
        raise PriceNotOffered
    return price_type.id


def asked_index(code: str) -> int:
    """The index behind a place's short code; refuses what cannot be one."""
    if not code.isascii() or not code.isalnum() or len(code) > 6:
        raise UnknownPlace
    return int(code, 36)
