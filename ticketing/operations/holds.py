"""Holding places: the one moment at which two buyers can want the same thing.

A place is taken by one conditional UPDATE: it succeeds only where the place is available or its hold is over. The
update and the basket lines are one statement, so a hold costs as few round trips as it can.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import uuid7
from ticketing.models import Basket, House
from ticketing.operations.contingents import respect_contingents, set_aside
from ticketing.operations.hold_places import PlacesTaken, hold_seats, hold_standing
from ticketing.operations.hold_statements import ProgrammeMoved
from ticketing.operations.releases import drop_lines
from ticketing.operations.tariffs import check_most, reprice, vouchers_used
from ticketing.operations.wishes import TooManyPlaces, Wish, count_asked
from ticketing.queries.baskets import BasketContents, Line, buyer_of, find_basket
from ticketing.queries.kept_terms import known_terms, lock_programme, sale_terms
from ticketing.queries.pricing import Buyer
from ticketing.queries.terms import SalesClosed, SaleTerms


class OtherHouse(TicketingError):
    code = "other_cluster"
    message = _("These houses do not sell together. Finish this basket first.")
    status = 409


class OfferFirst(TicketingError):
    code = "offer_first"
    message = _("This basket keeps places offered from the waiting list. Order those first, then choose more.")
    status = 409


MOST_ATTEMPTS = 3
# No house lets anybody choose for so long: who has more time was offered places for half a day, and only those.
LONGEST_CHOICE = timedelta(hours=3)


@dataclass(frozen=True)
class Held:
    """The lines just added, and the whole basket as it is now, so that nobody needs to read it back."""

    basket: BasketContents
    lines: tuple[Line, ...]

    @property
    def basket_id(self) -> UUID:
        return self.basket.id

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(line.place.code for line in self.lines if line.place)


def hold(
    *,
    performance: str,
    wish: Wish,
    basket_id: UUID | None,
    language: str,
    now: datetime,
    channel_kind: str = "web",
    customer_id: int | None = None,
    leaving: Collection[int] = (),
) -> Held:
    """Put places of one performance in a basket and hold them, all or none. A new basket is `customer_id`'s.

    `leaving` are lines at the same performance that make room for them, and stay when they are not had.
    Raises PlacesTaken, SalesClosed, PriceChanged, PriceNotOffered, TooManyPlaces, TariffHasMaximum, SetAsideForOthers.
    """
    attempt = partial(
        _hold_under,
        wish=wish,
        basket_id=basket_id,
        language=language,
        now=now,
        channel_kind=channel_kind,
        customer_id=customer_id,
        leaving=leaving,
    )
    terms = known_terms(performance) or sale_terms(performance)
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return attempt(terms)
        except PlacesTaken:
            raise  # whatever the terms are
        except ProgrammeMoved:
            terms = sale_terms(performance)
        except TicketingError:
            # A refusal only counts under terms that are still those of the house.
            present = sale_terms(performance)
            if present.programme_version == terms.programme_version:
                raise
            terms = present
    # Somebody is changing the programme without pause: let them wait for this one hold.
    with transaction.atomic():
        lock_programme(terms.house.id)
        return attempt(sale_terms(performance))


def _hold_under(
    terms: SaleTerms,
    *,
    wish: Wish,
    basket_id: UUID | None,
    language: str,
    now: datetime,
    channel_kind: str,
    customer_id: int | None,
    leaving: Collection[int],
) -> Held:
    terms.require_on_sale(now)
    asked = count_asked(wish)
    if asked > terms.max_places:
        raise TooManyPlaces(maximum=terms.max_places)
    new = _new_basket(terms, language=language, channel_kind=channel_kind, customer_id=customer_id, now=now)
    if basket_id is None and asked == 1 and not terms.contingents:
        # One place in a new basket is one statement, which is its own transaction.
        return _hold(new, terms=terms, wish=wish, buyer=buyer_of(new, now=now), aside=(), now=now)
    with transaction.atomic():
        basket = _basket(basket_id, terms=terms, now=now) or new
        if not basket.place_lines:
            basket = replace(basket, expires_at=new.expires_at)
        elif basket.expires_at > now + LONGEST_CHOICE and asked > len(leaving):
            raise OfferFirst
        if leaving:
            basket = _without(basket, leaving)
        before = basket.lines_at(terms.performance_id)
        if len(before) + asked > terms.max_places:
            raise TooManyPlaces(maximum=terms.max_places)
        aside = set_aside(terms, channel_kind=channel_kind, now=now)
        buyer = buyer_of(basket, now=now)
        with_room = buyer.with_room_for(asked, vouchers_used(basket.place_lines))
        held = _hold(basket, terms=terms, wish=wish, buyer=with_room, aside=aside, now=now)
        check_most(held.lines, before=before, buyer=buyer, now=now)
        respect_contingents(terms, held.lines, channel_kind=channel_kind, now=now)
        return held if with_room == buyer else _with_codes_used_up(held, buyer=buyer, now=now)


def _hold(
    basket: BasketContents, *, terms: SaleTerms, wish: Wish, buyer: Buyer, aside: Sequence[int], now: datetime
) -> Held:
    if wish.standing is None:
        lines = hold_seats(basket, terms=terms, wish=wish, buyer=buyer, now=now)
    else:
        lines = hold_standing(basket, terms=terms, wish=wish, buyer=buyer, aside=aside, now=now)
    return Held(replace(basket, lines=basket.lines + lines), lines)


def _with_codes_used_up(held: Held, *, buyer: Buyer, now: datetime) -> Held:
    """Places chosen at once either all had room under a code or none: give what is left of it to some of them."""
    reprice(held.basket, buyer=buyer, only_lower=True, now=now)
    basket = find_basket(held.basket_id)
    assert basket is not None
    new = {line.id for line in held.lines}
    return Held(basket, tuple(line for line in basket.lines if line.id in new))


def _without(basket: BasketContents, line_ids: Collection[int]) -> BasketContents:
    """Lets go of some lines; what time is left stays."""
    drop_lines(basket, list(line_ids))
    return replace(basket, lines=tuple(line for line in basket.lines if line.id not in line_ids))


def _new_basket(
    terms: SaleTerms, *, language: str, channel_kind: str, customer_id: int | None, now: datetime
) -> BasketContents:
    """Written by the same statement that takes its first place, or never."""
    channel_id = terms.house.channels.get(channel_kind)
    if channel_id is None:
        raise SalesClosed
    return BasketContents(
        id=uuid7(),
        house_id=terms.house.id,
        channel_id=channel_id,
        channel_kind=channel_kind,
        language=language,
        state=Basket.State.OPEN,
        expires_at=now + timedelta(minutes=terms.house.hold_minutes),
        extensions=0,
        created_at=now,
        customer_id=customer_id,
        codes=(),
        first_name="",
        last_name="",
        email="",
        lines=(),
    )


def _basket(basket_id: UUID | None, *, terms: SaleTerms, now: datetime) -> BasketContents | None:
    """The buyer's open basket under lock; None when there is none to go on with."""
    if basket_id is None:
        return None
    basket = find_basket(basket_id, lock=True)
    if basket is None or not basket.is_open:
        return None
    if not sells_with(basket.house_id, house_id=terms.house.id, cluster_id=terms.house.cluster_id):
        if not basket.lines:
            return None  # an empty one is left behind
        raise OtherHouse
    if basket.has_expired(now):
        drop_lines(basket, [line.id for line in basket.place_lines])
        return find_basket(basket_id, lock=True)
    return basket


def sells_with(seller_id: int, *, house_id: int, cluster_id: int | None) -> bool:
    """Whether the house whose basket it is may sell for another one: both are in the same cluster."""
    if seller_id == house_id:
        return True
    return cluster_id is not None and House.objects.filter(id=seller_id, cluster_id=cluster_id).exists()
