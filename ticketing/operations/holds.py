"""Holding places: the one moment at which two buyers can want the same thing.

A place is taken by one conditional UPDATE: it succeeds only where the place is available or its hold is over. The
update and the basket lines are one statement, so a hold costs as few round trips as it can.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import uuid7
from ticketing.models import Place
from ticketing.queries.baskets import BasketContents, BasketNotFound, buyer_of, find_basket
from ticketing.queries.places import free_places
from ticketing.queries.pricing import Buyer, Offer, PriceNotOffered, offer_for
from ticketing.queries.terms import SalesClosed, SaleTerms, sale_terms
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


class SetAsideForOthers(TicketingError):
    code = "set_aside"
    message = _("These places are set aside. Choose another place.")
    status = 409


class OtherHouse(TicketingError):
    code = "other_cluster"
    message = _("These houses do not sell together. Finish this basket first.")
    status = 409


MOST_ATTEMPTS = 3
MOST_PLACES = 400  # nobody's order is larger; keeps absurd numbers out of the arithmetic below


@dataclass(frozen=True)
class HeldPlace:
    code: str
    rank_id: int
    gross: Decimal


@dataclass(frozen=True)
class Held:
    basket_id: UUID
    places: tuple[HeldPlace, ...]
    expires_at: datetime
    is_new: bool


@dataclass(frozen=True)
class Wish:
    """What a buyer asks of one performance: given places, or a number of standing places per price type.

    `price_type` None takes the first tariff offered. `shown` is the price the buyer saw, per place.
    """

    places: tuple[str, ...] = ()
    standing: Mapping[str, int] | None = None
    area: str | None = None
    price_type: str | None = None
    shown: Decimal | None = None


def hold(
    *,
    performance: str,
    wish: Wish,
    basket_id: UUID | None,
    language: str,
    now: datetime,
    channel_kind: str = "web",
    contingent_id: int | None = None,
) -> Held:
    """Put places of one performance in a basket and hold them, all or none.

    Raises PlacesTaken, SalesClosed, PriceChanged, PriceNotOffered, TooManyPlaces, SetAsideForOthers.
    """
    terms = sale_terms(performance)
    terms.require_on_sale(now)
    asked = _asked(wish)
    with transaction.atomic():
        basket = _basket(basket_id, terms=terms, now=now)
        in_basket = len(basket.lines_at(terms.performance_id)) if basket else 0
        if in_basket + asked > terms.max_places:
            raise TooManyPlaces(maximum=terms.max_places)
        buyer = buyer_of(basket) if basket else Buyer(channel_kind=channel_kind)
        head = _Head.of(basket, terms=terms, language=language, channel_kind=channel_kind, now=now)
        if wish.standing is not None:
            taken = _hold_standing(head, terms=terms, wish=wish, buyer=buyer, now=now)
        else:
            taken = _hold_seats(head, terms=terms, wish=wish, buyer=buyer, now=now)
        if terms.contingents:
            _respect_contingents(
                terms, taken=[row[0] for row in taken], channel_kind=channel_kind, own=contingent_id, now=now
            )
    return Held(
        basket_id=head.basket_id,
        places=tuple(HeldPlace(code, rank, Decimal(gross)) for _id, code, rank, gross in taken),
        expires_at=head.expires_at,
        is_new=head.is_new,
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
    channel_kind: str = "web",
) -> BestHeld:
    """Hold the best places left for a party. Raises NotEnoughPlaces, NeedsConsent, and what `hold` raises."""
    terms = sale_terms(performance)
    terms.require_on_sale(now)
    if party.size > terms.max_places:
        raise TooManyPlaces(maximum=terms.max_places)
    for attempt in range(MOST_ATTEMPTS):
        free = free_places(terms.performance_id, size=len(terms.plan), now=now)
        offer = best_available(terms.plan, free, party, rank=rank, may_split=may_split)
        wish = Wish(places=tuple(place_code(index) for index in offer.places), price_type=price_type)
        try:
            held = hold(
                performance=performance,
                wish=wish,
                basket_id=basket_id,
                language=language,
                channel_kind=channel_kind,
                now=now,
            )
        except PlacesTaken:
            # Somebody took one of them between looking and holding: look again.
            if attempt == MOST_ATTEMPTS - 1:
                raise
        else:
            return BestHeld(held, offer.how)
    raise AssertionError("unreachable: the last attempt returns or raises")


def release_line(*, basket_id: UUID, line_id: int, now: datetime) -> None:
    """Take one line out of the basket; its place is free at once. A line that is already gone is no error."""
    with transaction.atomic():
        basket = find_basket(basket_id, lock=True)
        if basket is None or not basket.is_open:
            raise BasketNotFound
        line = next((line for line in basket.lines if line.id == line_id), None)
        if line is None:
            return
        _drop_lines(basket, [line_id])


def release_places(*, basket_id: UUID, performance: str, codes: Iterable[str], now: datetime) -> None:
    """As release_line, by place code: what a second click on a chosen seat means."""
    wanted = set(codes)
    with transaction.atomic():
        basket = find_basket(basket_id, lock=True)
        if basket is None or not basket.is_open:
            raise BasketNotFound
        _drop_lines(
            basket,
            [
                line.id
                for line in basket.lines
                if line.place and line.terms and line.terms.code == performance and line.place.code in wanted
            ],
        )


def _drop_lines(basket: BasketContents, line_ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (
                DELETE FROM ticketing_basketline WHERE basket_id = %s AND id = ANY(%s) RETURNING place_id
            )
            UPDATE ticketing_place SET state = 'available', held_until = NULL, holder = NULL
            WHERE id IN (SELECT place_id FROM gone) AND state = 'held' AND holder = %s
            """,
            [basket.id, list(line_ids), basket.id],
        )


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
    owners = {line.terms.house.cluster_id for line in basket.lines if line.terms and line.house_id != terms.house.id}
    if owners and (terms.house.cluster_id is None or owners != {terms.house.cluster_id}):
        raise OtherHouse
    if basket.has_expired(now):
        _drop_lines(basket, [line.id for line in basket.place_lines])
        return find_basket(basket_id, lock=True)
    return basket


@dataclass(frozen=True)
class _Head:
    """The basket a hold goes into: an existing one, or one made by the same statement."""

    basket_id: UUID
    is_new: bool
    house_id: int
    channel_id: int
    language: str
    created_at: datetime
    expires_at: datetime

    @classmethod
    def of(
        cls, basket: BasketContents | None, *, terms: SaleTerms, language: str, channel_kind: str, now: datetime
    ) -> _Head:
        fresh_end = now + timedelta(minutes=terms.house.hold_minutes)
        if basket is not None:
            expires_at = basket.expires_at if basket.place_lines else fresh_end
            return cls(basket.id, False, basket.house_id, basket.channel_id, language, basket.created_at, expires_at)
        channel_id = terms.house.channels.get(channel_kind)
        if channel_id is None:
            raise SalesClosed
        return cls(uuid7(), True, terms.house.id, channel_id, language, now, fresh_end)


# `offered` is one row per rank (and, for standing places, per price type with its count). The basket is written only
# when it is new, and brought to its end only when that moved.
_BASKET_SQL = """
basket AS (
    INSERT INTO ticketing_basket (id, house_id, channel_id, language, state, created_at, expires_at, extensions,
                                  codes, first_name, last_name, email)
    SELECT %(basket)s, %(house)s, %(channel)s, %(language)s, 'open', %(created_at)s, %(expires_at)s, 0,
           '[]', '', '', ''
    WHERE EXISTS (SELECT 1 FROM taken)
    ON CONFLICT (id) DO UPDATE SET expires_at = EXCLUDED.expires_at
    WHERE ticketing_basket.expires_at <> EXCLUDED.expires_at
    RETURNING id
)
"""

_LINES_SQL = """
, lines AS (
    INSERT INTO ticketing_basketline (basket_id, kind, house_id, performance_id, place_id, price_type_id, gross,
                                      components, price_voucher_id)
    SELECT %(basket)s, 'place', %(owner)s, %(performance)s, taken.id, offered.price_type, offered.gross,
           offered.components, offered.voucher
    FROM taken JOIN offered ON offered.rank = taken.rank_id AND offered.part = taken.part
    ORDER BY taken.index
    RETURNING place_id, gross
)
SELECT taken.index, taken.code, taken.rank_id, lines.gross::text
FROM taken JOIN lines ON lines.place_id = taken.id ORDER BY taken.index
"""

_OFFERED_SQL = """
WITH offered AS (
    SELECT * FROM jsonb_to_recordset(%(offered)s::jsonb)
        AS o(part int, rank bigint, price_type bigint, gross numeric, components jsonb, voucher bigint, count int)
),
"""

_HOLD_SEATS_SQL = (
    _OFFERED_SQL
    + """
taken AS (
    UPDATE ticketing_place SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    WHERE performance_id = %(performance)s AND index = ANY(%(indexes)s) AND kind <> 'standing'
      AND (state = 'available' OR (state = 'held' AND held_until <= %(now)s))
    RETURNING id, index, code, rank_id, 0 AS part
),
"""
    + _BASKET_SQL
    + _LINES_SQL
)

# Standing places are all alike: whichever nobody is taking at this moment will do.
_HOLD_STANDING_SQL = (
    _OFFERED_SQL
    + """
picked AS (
    SELECT id, rank_id, index FROM ticketing_place
    WHERE performance_id = %(performance)s AND kind = 'standing' AND {free}
      AND (%(area)s::text IS NULL OR area = %(area)s) AND rank_id = ANY(%(ranks)s)
    ORDER BY area, index LIMIT %(asked)s FOR UPDATE SKIP LOCKED
),
parts AS (
    SELECT picked.id, coalesce(
        (SELECT min(o.part) FROM (
            SELECT part, sum(count) OVER (ORDER BY part) AS upto FROM (SELECT DISTINCT part, count FROM offered) d
         ) o WHERE picked.n <= o.upto), 0) AS part
    FROM (SELECT id, row_number() OVER (ORDER BY index) AS n FROM picked) picked
),
taken AS (
    UPDATE ticketing_place p SET state = 'held', held_until = %(expires_at)s, holder = %(basket)s
    FROM parts WHERE p.id = parts.id
    RETURNING p.id, p.index, p.code, p.rank_id, parts.part
),
"""
    + _BASKET_SQL
    + _LINES_SQL
)
_HOLD_FREE_SQL = _HOLD_STANDING_SQL.format(free="state = 'available'")
_HOLD_LAPSED_SQL = _HOLD_STANDING_SQL.format(free="state = 'held' AND held_until <= %(now)s")

Taken = tuple[int, str, int, str]


def _hold_seats(head: _Head, *, terms: SaleTerms, wish: Wish, buyer: Buyer, now: datetime) -> list[Taken]:
    price_type_id = _price_type_id(terms, wish.price_type)
    offered = []
    for rank_id in terms.ranks:
        offer = _offer_or_none(terms, rank_id=rank_id, price_type_id=price_type_id, buyer=buyer, now=now)
        if offer is not None:
            offered.append(_offered_row(offer, part=0, count=0))
    indexes = sorted({place_index(code) for code in wish.places})
    taken = _run(
        _HOLD_SEATS_SQL,
        _values(head, terms=terms, offered=offered, now=now) | {"indexes": indexes},
    )
    if len(taken) != len(indexes):
        got = {row[0] for row in taken}
        _explain_missing(terms, indexes=[index for index in indexes if index not in got], now=now, head=head)
    _check_shown(wish.shown, taken)
    return taken


def _hold_standing(head: _Head, *, terms: SaleTerms, wish: Wish, buyer: Buyer, now: datetime) -> list[Taken]:
    offered = []
    ranks: set[int] = set(terms.ranks)
    for part, (code, count) in enumerate((wish.standing or {}).items()):
        if count == 0:
            continue
        kind_id = _price_type_id(terms, code or None)
        found = [
            offer
            for rank_id in terms.ranks
            if (offer := _offer_or_none(terms, rank_id=rank_id, price_type_id=kind_id, buyer=buyer, now=now))
        ]
        ranks &= {offer.rank_id for offer in found}
        offered.extend(_offered_row(offer, part=part, count=count) for offer in found)
    asked = _asked(wish)
    values = _values(head, terms=terms, offered=offered, now=now) | {
        "area": wish.area,
        "ranks": sorted(ranks),
        "asked": asked,
    }
    taken = _run(_HOLD_FREE_SQL, values)
    if len(taken) < asked:
        taken = _retry_with_lapsed(head, values=values, first=taken)
    if len(taken) < asked:
        raise PlacesTaken(left=len(taken))
    _check_shown(wish.shown, taken)
    return taken


def _retry_with_lapsed(head: _Head, *, values: dict[str, Any], first: list[Taken]) -> list[Taken]:
    """Too few untouched places: take those whose hold is over as well, for the number still missing."""
    missing = values["asked"] - len(first)
    skip = len(first)
    rest = []
    for row in json.loads(values["offered"]):
        used = min(skip, row["count"])
        rest.append(row | {"count": row["count"] - used})
        skip -= used
    return first + _run(_HOLD_LAPSED_SQL, values | {"asked": missing, "offered": json.dumps(rest)})


def _run(sql: str, values: Mapping[str, Any]) -> list[Taken]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _values(head: _Head, *, terms: SaleTerms, offered: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    return {
        "offered": json.dumps(offered),
        "basket": head.basket_id,
        "house": head.house_id,
        "owner": terms.house.id,
        "channel": head.channel_id,
        "language": head.language,
        "created_at": head.created_at,
        "expires_at": head.expires_at,
        "performance": terms.performance_id,
        "now": now,
    }


def _offered_row(offer: Offer, *, part: int, count: int) -> dict[str, Any]:
    return {
        "part": part,
        "rank": offer.rank_id,
        "price_type": offer.price_type.id,
        "gross": str(offer.gross),
        "components": [component.as_json() for component in offer.components],
        "voucher": offer.voucher_id,
        "count": count,
    }


def _offer_or_none(
    terms: SaleTerms, *, rank_id: int, price_type_id: int | None, buyer: Buyer, now: datetime
) -> Offer | None:
    try:
        return offer_for(terms, rank_id=rank_id, price_type_id=price_type_id, buyer=buyer, now=now)
    except PriceNotOffered:
        return None


def _price_type_id(terms: SaleTerms, code: str | None) -> int | None:
    if code is None:
        return None
    price_type = terms.price_type_by_code(code)
    if price_type is None:
        raise PriceNotOffered
    return price_type.id


def place_index(code: str) -> int:
    """The index behind a place's short code; refuses what cannot be one."""
    if not code.isascii() or not code.isalnum() or len(code) > 6:
        raise UnknownPlace
    return int(code, 36)


def _explain_missing(terms: SaleTerms, *, indexes: list[int], now: datetime, head: _Head) -> None:
    """Some places were not had: say whether they are gone, unknown, or not for this tariff."""
    places = list(
        Place.objects.filter(performance_id=terms.performance_id, index__in=indexes).values_list(
            "code", "state", "held_until", "holder"
        )
    )
    if len(places) < len(indexes):
        raise UnknownPlace
    gone = [code for code, _state, _until, holder in places if holder != head.basket_id]
    if gone:
        raise PlacesTaken(gone)


def _check_shown(shown: Decimal | None, taken: list[Taken]) -> None:
    if shown is None:
        return
    for _index, _code, _rank, gross in taken:
        if Decimal(gross) != shown:
            raise PriceChanged(shown=shown, price=gross)


def _respect_contingents(
    terms: SaleTerms, *, taken: list[int], channel_kind: str, own: int | None, now: datetime
) -> None:
    """Places set aside go to their own sellers only until they are released; a cap gives its slots one by one."""
    active = [contingent for contingent in terms.contingents if not contingent.is_released(now)]
    if not active:
        return
    ranks = {rank.id: rank.code for rank in terms.ranks.values()}
    places = Place.objects.filter(performance_id=terms.performance_id, index__in=taken)
    for place_id, code, area, rank_id in places.values_list("id", "code", "area", "rank_id"):
        for contingent in active:
            if not contingent.covers(rank=ranks.get(rank_id, ""), area=area, place=code):
                continue
            if channel_kind not in contingent.channels and contingent.id != own:
                raise SetAsideForOthers
            if contingent.is_capped:
                _take_slot(contingent.id, place_id)


def _take_slot(contingent_id: int, place_id: int) -> None:
    """A slot is free when it names no place, or one that its buyer let go of."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE ticketing_contingentslot SET place_id = %s WHERE id = (
                SELECT s.id FROM ticketing_contingentslot s LEFT JOIN ticketing_place p ON p.id = s.place_id
                WHERE s.contingent_id = %s AND (s.place_id IS NULL OR p.id = %s OR p.state = 'available')
                ORDER BY s.place_id IS DISTINCT FROM %s, s.id LIMIT 1 FOR UPDATE OF s SKIP LOCKED
            )
            """,
            [place_id, contingent_id, place_id, place_id],
        )
        if cursor.rowcount != 1:
            raise SetAsideForOthers
