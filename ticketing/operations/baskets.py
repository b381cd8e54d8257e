"""Changing a basket: its time, its tariffs, its codes and who it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import uuid7
from ticketing.models import Basket, BasketLine, GiftCard, House, PriceVoucher, SalesChannel
from ticketing.operations.holds import PlacesTaken
from ticketing.queries.baskets import BasketContents, Line, buyer_of, open_basket
from ticketing.queries.pricing import Buyer, Offer, PriceNotOffered, offer_for
from ticketing.queries.vouchers import gift_card_balance, normalised, usable_voucher

MORE_MINUTES = 10
MOST_EXTENSIONS = 2
GIFT_CARD_LEAST = Decimal("5.00")
GIFT_CARD_MOST = Decimal("500.00")


class NoMoreTime(TicketingError):
    code = "no_more_time"
    message = _("You already had extra time twice. Finish your order, or choose your places again.")
    status = 409


class HoldExpired(TicketingError):
    code = "hold_expired"
    message = _("The time for your places is over. Try the same places again.")
    status = 409


class CodeNotKnown(TicketingError):
    code = "code_not_known"
    message = _("We do not know this code, or it is no longer valid. Check the letters and digits.")


class CodeAlreadyUsed(TicketingError):
    code = "code_already_used"
    message = _("This code is already in your basket.")


class TariffNeedsMore(TicketingError):
    code = "tariff_minimum"
    message = _("The tariff “%(tariff)s” holds from %(minimum)s places. Add places or choose another tariff.")


class TariffHasMaximum(TicketingError):
    code = "tariff_maximum"
    message = _("The tariff “%(tariff)s” is for at most %(maximum)s places.")


class GiftCardAmount(TicketingError):
    code = "gift_card_amount"
    message = _("A gift card is worth between € %(least)s and € %(most)s.")


@dataclass(frozen=True)
class CodeAccepted:
    """What a code turned out to be: a price voucher, or a gift card with so much left on it."""

    is_gift_card: bool
    balance: Decimal | None = None


def extend(*, basket_id: UUID, now: datetime) -> datetime:
    """Ten more minutes, twice. Raises NoMoreTime or HoldExpired."""
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        if basket.has_expired(now):
            raise HoldExpired
        if basket.extensions >= MOST_EXTENSIONS:
            raise NoMoreTime
        expires_at = basket.expires_at + timedelta(minutes=MORE_MINUTES)
        _hold_until(basket.id, expires_at=expires_at, extensions=basket.extensions + 1)
    return expires_at


def _hold_until(basket_id: UUID, *, expires_at: datetime, extensions: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH head AS (
                UPDATE ticketing_basket SET expires_at = %(until)s, extensions = %(extensions)s WHERE id = %(basket)s
            )
            UPDATE ticketing_place SET held_until = %(until)s
            WHERE state = 'held' AND holder = %(basket)s
              AND id IN (SELECT place_id FROM ticketing_basketline WHERE basket_id = %(basket)s)
            """,
            {"until": expires_at, "extensions": extensions, "basket": basket_id},
        )


def retry_places(*, basket_id: UUID, now: datetime) -> int:
    """Hold the same places again after the time was over: all of them, or PlacesTaken with those that are gone.

    Prices are those of now. Returns the number of places.
    """
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        lines = basket.place_lines
        for line in lines:
            assert line.terms is not None
            line.terms.require_on_sale(now)
        minutes = min((line.terms.house.hold_minutes for line in lines if line.terms), default=0)
        expires_at = now + timedelta(minutes=minutes)
        places = [line.place.id for line in lines if line.place]
        with connection.cursor() as cursor:
            cursor.execute(
                """
                UPDATE ticketing_place SET state = 'held', held_until = %(until)s, holder = %(basket)s
                WHERE id = ANY(%(places)s) AND (
                    state = 'available' OR (state = 'held' AND (held_until <= %(now)s OR holder = %(basket)s)))
                RETURNING id
                """,
                {"until": expires_at, "basket": basket.id, "places": places, "now": now},
            )
            got = {row[0] for row in cursor.fetchall()}
        if len(got) < len(places):
            raise PlacesTaken([line.place.code for line in lines if line.place and line.place.id not in got])
        Basket.objects.filter(id=basket.id).update(expires_at=expires_at, extensions=0)
        _reprice(basket, buyer=buyer_of(basket), now=now)
    return len(places)


def change_price_type(
    *, basket_id: UUID, line_id: int, price_type: str, now: datetime, shown: Decimal | None = None
) -> Offer:
    """Another tariff for one place. Raises PriceNotOffered, TariffHasMaximum."""
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        line = next((line for line in basket.place_lines if line.id == line_id), None)
        if line is None or line.terms is None or line.place is None:
            raise PriceNotOffered
        kind = line.terms.price_type_by_code(price_type)
        if kind is None:
            raise PriceNotOffered
        offer = offer_for(
            line.terms, rank_id=line.place.rank_id, price_type_id=kind.id, buyer=buyer_of(basket), now=now
        )
        _check_maximum(basket, line=line, offer=offer)
        _write_offer(line, offer)
    return offer


def _check_maximum(basket: BasketContents, *, line: Line, offer: Offer) -> None:
    if offer.maximum is None or line.terms is None:
        return
    others = [
        other
        for other in basket.lines_at(line.terms.performance_id)
        if other.id != line.id and other.price_type_id == offer.price_type.id
    ]
    if len(others) + 1 > offer.maximum:
        raise TariffHasMaximum(tariff=str(offer.price_type.name), maximum=offer.maximum)


def _write_offer(line: Line, offer: Offer) -> None:
    BasketLine.objects.filter(id=line.id).update(
        price_type_id=offer.price_type.id,
        gross=offer.gross,
        components=[component.as_json() for component in offer.components],
        price_voucher_id=offer.voucher_id,
    )


def add_code(*, basket_id: UUID, code: str, now: datetime) -> CodeAccepted:
    """A price voucher or a gift card, recognised by itself. Raises CodeNotKnown, CodeAlreadyUsed."""
    code = normalised(code)
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        if code in basket.codes:
            raise CodeAlreadyUsed
        houses = {line.house_id for line in basket.lines} | {basket.house_id}
        card = GiftCard.objects.filter(code=code).first()
        if card is not None:
            balance = gift_card_balance(card, cluster_of=houses, now=now)
            if balance is None or balance <= 0:
                raise CodeNotKnown
            _write_codes(basket, (*basket.codes, code))
            return CodeAccepted(is_gift_card=True, balance=balance)
        if usable_voucher(code, houses=houses, now=now) is None:
            raise CodeNotKnown
        _write_codes(basket, (*basket.codes, code))
        basket = open_basket(basket_id)
        buyer = buyer_of(basket)
        _use_opened_types(basket, buyer=buyer, now=now)
        _reprice(open_basket(basket_id), buyer=buyer, now=now)
    return CodeAccepted(is_gift_card=False)


def remove_code(*, basket_id: UUID, code: str, now: datetime) -> None:
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        _write_codes(basket, tuple(kept for kept in basket.codes if kept != normalised(code)))
        basket = open_basket(basket_id)
        _reprice(basket, buyer=buyer_of(basket), now=now)


def _write_codes(basket: BasketContents, codes: Sequence[str]) -> None:
    Basket.objects.filter(id=basket.id).update(codes=list(codes))


def _use_opened_types(basket: BasketContents, *, buyer: Buyer, now: datetime) -> None:
    """A voucher that opens a price type is meant to be used: give it to as many places as it allows."""
    for voucher in buyer.vouchers:
        if voucher.effect != PriceVoucher.Effect.PRICE_TYPE or voucher.price_type_id is None:
            continue
        for line in basket.place_lines[: voucher.max_per_order]:
            assert line.terms is not None and line.place is not None
            if not voucher.covers(line.terms):
                continue
            try:
                offer = offer_for(
                    line.terms,
                    rank_id=line.place.rank_id,
                    price_type_id=voucher.price_type_id,
                    buyer=buyer,
                    now=now,
                )
            except PriceNotOffered:
                continue
            if offer.gross < line.gross:
                _write_offer(line, offer)


def _reprice(basket: BasketContents, *, buyer: Buyer, now: datetime) -> None:
    """Every line at what it costs this buyer now; a tariff no longer offered falls back to the first one."""
    for line in basket.place_lines:
        assert line.terms is not None and line.place is not None
        try:
            offer = offer_for(
                line.terms, rank_id=line.place.rank_id, price_type_id=line.price_type_id, buyer=buyer, now=now
            )
        except PriceNotOffered:
            offer = offer_for(line.terms, rank_id=line.place.rank_id, price_type_id=None, buyer=buyer, now=now)
        if (offer.gross, offer.price_type.id, offer.voucher_id) != (
            line.gross,
            line.price_type_id,
            line.price_voucher_id,
        ):
            _write_offer(line, offer)


def add_gift_card(
    *, house: str, amount: Decimal, basket_id: UUID | None, language: str, now: datetime, channel_kind: str = "web"
) -> UUID:
    """Put a gift card for somebody in the basket; returns the basket's id."""
    if not GIFT_CARD_LEAST <= amount <= GIFT_CARD_MOST:
        raise GiftCardAmount(least=GIFT_CARD_LEAST, most=GIFT_CARD_MOST)
    seller = House.objects.get(slug=house, is_active=True)
    with transaction.atomic():
        basket = None
        if basket_id is not None:
            basket = Basket.objects.select_for_update().filter(id=basket_id, state=Basket.State.OPEN).first()
        if basket is None:
            basket = Basket.objects.create(
                id=uuid7(),
                house=seller,
                channel=SalesChannel.objects.get(house=seller, kind=channel_kind, is_active=True),
                language=language,
                created_at=now,
                expires_at=now + timedelta(minutes=seller.hold_minutes),
            )
        BasketLine.objects.create(
            basket=basket, kind=BasketLine.Kind.GIFT_CARD, house=seller, gross=amount, components=[]
        )
    return basket.id


def check(basket: BasketContents) -> None:
    """What must be right before going on to pay: every tariff's least and most number of places."""
    counts: dict[tuple[int, int], int] = {}
    for line in basket.place_lines:
        assert line.terms is not None and line.price_type_id is not None
        counts[line.terms.performance_id, line.price_type_id] = (
            counts.get((line.terms.performance_id, line.price_type_id), 0) + 1
        )
    for line in basket.place_lines:
        assert line.terms is not None and line.price_type_id is not None
        kind = line.terms.price_types[line.price_type_id]
        count = counts[line.terms.performance_id, line.price_type_id]
        minimum, maximum = kind.condition("minimum"), kind.condition("maximum")
        if minimum and count < int(minimum["count"]):
            raise TariffNeedsMore(tariff=str(kind.name), minimum=minimum["count"])
        if maximum and count > int(maximum["count"]):
            raise TariffHasMaximum(tariff=str(kind.name), maximum=maximum["count"])
