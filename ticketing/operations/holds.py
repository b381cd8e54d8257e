"""Holding places: the one moment at which two buyers can want the same thing.

A place is taken by one conditional UPDATE: it succeeds only where the place is available or its hold is over. The
update and the basket lines are one statement, so a hold costs as few round trips as it can.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import uuid7
from ticketing.models import Basket, House, Place
from ticketing.operations.contingents import respect_contingents, set_aside
from ticketing.operations.hold_statements import (
    HOLD_SEATS,
    HOLD_STANDING,
    Offered,
    ProgrammeMoved,
    take,
    take_seat,
)
from ticketing.operations.releases import drop_lines
from ticketing.operations.tariffs import check_most, reprice, vouchers_used
from ticketing.queries.baskets import BasketContents, Line, buyer_of, find_basket
from ticketing.queries.places import free_places
from ticketing.queries.pricing import Buyer, Offer, PriceNotOffered, offer_for
from ticketing.queries.terms import SalesClosed, SaleTerms, known_terms, lock_programme, sale_terms
from ticketing.seating.best_available import How, Party, best_available
from ticketing.seating.compiled import place_code


class PlacesTaken(TicketingError):
    """`codes` are the places somebody else was faster for; empty when standing places ran out."""

    code = "places_taken"
    message = _("Somebody was just ahead of you. Choose another place.")
    status = 409

    def __init__(self, codes: Sequence[str] = (), *, left: int | None = None) -> None:
        super().__init__()
        self.codes = tuple(codes)
        self.left = left


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
    message = _("The price has changed from € %(shown)s to € %(price)s. Check it and choose again.")
    status = 409


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
MOST_PLACES = 400  # nobody's order is larger; keeps absurd numbers out of the arithmetic below


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


def hold(
    *,
    performance: str,
    wish: Wish,
    basket_id: UUID | None,
    language: str,
    now: datetime,
    channel_kind: str = "web",
    customer_id: int | None = None,
) -> Held:
    """Put places of one performance in a basket and hold them, all or none. A new basket is `customer_id`'s.

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
) -> Held:
    terms.require_on_sale(now)
    asked = _asked(wish)
    if asked > terms.max_places:
        raise TooManyPlaces(maximum=terms.max_places)
    new = _new_basket(terms, language=language, channel_kind=channel_kind, customer_id=customer_id, now=now)
    if basket_id is None and asked == 1 and not terms.contingents:
        # One place in a new basket is one statement, which is its own transaction.
        return _hold(new, terms=terms, wish=wish, buyer=buyer_of(new, now=now), aside=(), now=now)
    with transaction.atomic():
        basket = _basket(basket_id, terms=terms, now=now) or new
        before = basket.lines_at(terms.performance_id)
        if basket.place_lines and basket.expires_at > now + LONGEST_CHOICE:
            raise OfferFirst
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
    ends_at = now + timedelta(minutes=terms.house.hold_minutes)
    if basket.expires_at != ends_at and not basket.place_lines:
        basket = replace(basket, expires_at=ends_at)
    if wish.standing is None:
        lines = _hold_seats(basket, terms=terms, wish=wish, buyer=buyer, now=now)
    else:
        lines = _hold_standing(basket, terms=terms, wish=wish, buyer=buyer, aside=aside, now=now)
    return Held(replace(basket, lines=basket.lines + lines), lines)


def _with_codes_used_up(held: Held, *, buyer: Buyer, now: datetime) -> Held:
    """Places chosen at once either all had room under a code or none: give what is left of it to some of them."""
    reprice(held.basket, buyer=buyer, only_lower=True, now=now)
    basket = find_basket(held.basket_id)
    assert basket is not None
    new = {line.id for line in held.lines}
    return Held(basket, tuple(line for line in basket.lines if line.id in new))


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


def _asked(wish: Wish) -> int:
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


def _hold_seats(
    basket: BasketContents, *, terms: SaleTerms, wish: Wish, buyer: Buyer, now: datetime
) -> tuple[Line, ...]:
    indexes = sorted({_asked_index(code) for code in wish.places})
    ranks = _ranks_of(terms, indexes)
    price_type_id = _price_type_id(terms, wish.price_type)
    found = _offers(terms, ranks, price_type_id=price_type_id, buyer=buyer, now=now)
    shown = {offer.rank_id: wish.price_shown(terms.ranks[offer.rank_id].code) for offer in found}
    changed = _changed_prices(found, shown, price_type_id=price_type_id, terms=terms, buyer=buyer, now=now)
    # A place whose price is no longer the one that was shown is not taken at all.
    offered = [offer for offer in found if offer.rank_id not in changed]
    lines: tuple[Line, ...] = ()
    if offered and len(indexes) == 1:
        lines = take_seat(basket, terms=terms, offer=offered[0], index=indexes[0], now=now)
        if not lines and sale_terms(terms.code).programme_version != terms.programme_version:
            raise ProgrammeMoved
    elif offered:
        rows = [Offered(offer) for offer in offered]
        lines = take(HOLD_SEATS, basket, terms=terms, offered=rows, now=now, indexes=indexes)
    if len(lines) != len(indexes):
        got = {_asked_index(line.place.code) for line in lines if line.place}
        missing = [index for index in indexes if index not in got]
        if not basket.lines and len(offered) == len(ranks) and all(terms.plan.present[index] for index in missing):
            raise PlacesTaken([place_code(index) for index in missing])  # the only reason left
        _explain_missing(basket, terms=terms, indexes=missing, found=found, changed=changed, now=now)
    return lines


def _ranks_of(terms: SaleTerms, indexes: Sequence[int]) -> list[int]:
    """The ranks of these places, which are those of the plan, as far as the performance has prices for them."""
    plan = terms.plan
    if indexes[-1] >= len(plan):
        raise UnknownPlace
    codes = {plan.ranks[plan.rank_of[index]].code for index in indexes}
    return [rank.id for rank in terms.ranks.values() if rank.code in codes]


def _hold_standing(
    basket: BasketContents, *, terms: SaleTerms, wish: Wish, buyer: Buyer, aside: Sequence[int], now: datetime
) -> tuple[Line, ...]:
    offered: list[Offered] = []
    ranks: set[int] = set(terms.ranks)
    for part, (code, count) in enumerate((wish.standing or {}).items()):
        if count:
            kind_id = _price_type_id(terms, code or None)
            found = _offers(terms, terms.ranks, price_type_id=kind_id, buyer=buyer, now=now)
            shown = {offer.rank_id: wish.price_shown(code) for offer in found}
            changed = _changed_prices(found, shown, price_type_id=kind_id, terms=terms, buyer=buyer, now=now)
            if found and len(changed) == len(found):
                raise changed[found[0].rank_id]
            ranks &= {offer.rank_id for offer in found} - changed.keys()
            offered += [Offered(offer, part, count) for offer in found]
    # Every tariff asked for must be had at the rank of whichever place is given.
    offered = [row for row in offered if row.offer.rank_id in ranks]
    if not offered:
        raise PriceNotOffered
    asked = _asked(wish)
    lines = take(
        HOLD_STANDING, basket, terms=terms, offered=offered, now=now, asked=asked, area=wish.area, aside=list(aside)
    )  # fmt: skip
    if len(lines) < asked:
        raise PlacesTaken(left=len(lines))
    return lines


def _offers(
    terms: SaleTerms, ranks: Iterable[int], *, price_type_id: int | None, buyer: Buyer, now: datetime
) -> list[Offer]:
    """What this buyer gets for these ranks at this tariff; those it is not offered for are left out."""
    found = []
    for rank_id in ranks:
        with suppress(PriceNotOffered):
            found.append(offer_for(terms, rank_id=rank_id, price_type_id=price_type_id, buyer=buyer, now=now))
    return found


def _changed_prices(
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
        public = _offers(terms, [offer.rank_id], price_type_id=price_type_id, buyer=buyer.as_anybody, now=now)
        if buyer == buyer.as_anybody or price not in [one.gross for one in public]:
            changed[offer.rank_id] = PriceChanged(shown=price, price=offer.gross)
    return changed


def _price_type_id(terms: SaleTerms, code: str | None) -> int | None:
    if code is None:
        return None
    price_type = terms.price_type_by_code(code)
    if price_type is None:
        raise PriceNotOffered
    return price_type.id


def _asked_index(code: str) -> int:
    """The index behind a place's short code; refuses what cannot be one."""
    if not code.isascii() or not code.isalnum() or len(code) > 6:
        raise UnknownPlace
    return int(code, 36)


def _explain_missing(
    basket: BasketContents,
    *,
    terms: SaleTerms,
    indexes: list[int],
    found: list[Offer],
    changed: Mapping[int, PriceChanged],
    now: datetime,
) -> None:
    """Some places were not had: say whether they are unknown, gone, dearer, or not for this tariff."""
    places = list(
        Place.objects.filter(performance_id=terms.performance_id, index__in=indexes).values_list(
            "code", "state", "held_until", "holder", "rank_id"
        )
    )
    if len(places) < len(indexes):
        raise UnknownPlace
    if all(holder == basket.id for _code, _state, _until, holder, _rank in places):
        return  # chosen twice, in two windows: they are in this basket already
    offered = {offer.rank_id for offer in found}
    for _code, state, until, _holder, rank_id in places:
        is_free = state == Place.State.AVAILABLE or (state == Place.State.HELD and until and until <= now)
        if is_free and rank_id not in offered:
            raise PriceNotOffered
        if is_free and rank_id in changed:
            raise changed[rank_id]
    raise PlacesTaken([code for code, _state, _until, holder, _rank in places if holder != basket.id])
