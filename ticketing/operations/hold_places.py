"""Which places a hold takes, under which offers; and, when it did not get them all, why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Place
from ticketing.operations.hold_statements import (
    HOLD_SEATS,
    HOLD_STANDING,
    Offered,
    ProgrammeMoved,
    take,
    take_seat,
)
from ticketing.operations.wishes import (
    PriceChanged,
    UnknownPlace,
    Wish,
    asked_index,
    changed_prices,
    count_asked,
    offers_for,
    price_type_id_of,
)
from ticketing.queries.baskets import BasketContents, Line
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.pricing import Buyer, Offer, PriceNotOffered
from ticketing.queries.terms import SaleTerms
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


def hold_seats(
    basket: BasketContents, *, terms: SaleTerms, wish: Wish, buyer: Buyer, now: datetime
) -> tuple[Line, ...]:
    indexes = sorted({asked_index(code) for code in wish.places})
    ranks = _ranks_of(terms, indexes)
    price_type_id = price_type_id_of(terms, wish.price_type)
    found = offers_for(terms, ranks, price_type_id=price_type_id, buyer=buyer, now=now)
    shown = {offer.rank_id: wish.price_shown(terms.ranks[offer.rank_id].code) for offer in found}
    changed = changed_prices(found, shown, price_type_id=price_type_id, terms=terms, buyer=buyer, now=now)
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
        got = {asked_index(line.place.code) for line in lines if line.place}
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


def hold_standing(
    basket: BasketContents, *, terms: SaleTerms, wish: Wish, buyer: Buyer, aside: Sequence[int], now: datetime
) -> tuple[Line, ...]:
    offered: list[Offered] = []
    ranks: set[int] = set(terms.ranks)
    for part, (code, count) in enumerate((wish.standing or {}).items()):
        if count:
            kind_id = price_type_id_of(terms, code or None)
            found = offers_for(terms, terms.ranks, price_type_id=kind_id, buyer=buyer, now=now)
            shown = {offer.rank_id: wish.price_shown(code) for offer in found}
            changed = changed_prices(found, shown, price_type_id=kind_id, terms=terms, buyer=buyer, now=now)
            if found and len(changed) == len(found):
                raise changed[found[0].rank_id]
            ranks &= {offer.rank_id for offer in found} - changed.keys()
            offered += [Offered(offer, part, count) for offer in found]
    # Every tariff asked for must be had at the rank of whichever place is given.
    offered = [row for row in offered if row.offer.rank_id in ranks]
    if not offered:
        raise PriceNotOffered
    asked = count_asked(wish)
    lines = take(
        HOLD_STANDING, basket, terms=terms, offered=offered, now=now, asked=asked, area=wish.area, aside=list(aside)
    )  # fmt: skip
    if len(lines) < asked:
        raise PlacesTaken(left=len(lines))
    return lines


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
