"""Changing a basket: its time, its tariffs, its codes and who it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import uuid7
from ticketing.models import Basket, BasketLine, GiftCard, House, SalesChannel
from ticketing.money import is_money
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import OtherHouse, sells_with
from ticketing.operations.tariffs import (
    check_counts,
    check_most,
    reprice,
    use_opened_types,
    vouchers_used,
    write_offer,
)
from ticketing.operations.wishes import PriceChanged
from ticketing.queries.baskets import BasketContents, buyer_of, find_basket, open_basket
from ticketing.queries.houses import HouseNotFound
from ticketing.queries.pricing import Offer, PriceNotOffered, offer_for
from ticketing.queries.terms import SalesClosed
from ticketing.queries.vouchers import gift_card_balance, normalised, usable_voucher

MORE_MINUTES = 10
MOST_EXTENSIONS = 2
GIFT_CARD_LEAST = Decimal("5.00")
GIFT_CARD_MOST = Decimal("500.00")
MOST_GIFT_CARDS = 10


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


class GiftCardAmount(TicketingError):
    code = "gift_card_amount"
    message = _("A gift card is worth between %(least)s and %(most)s.")


class TooManyGiftCards(TicketingError):
    code = "too_many_gift_cards"
    message = _("You can buy at most %(maximum)s gift cards in one order. For more, ask the box office.")


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
        if not basket.has_expired(now) and all(line.place and line.place.is_kept for line in lines):
            return len(lines)  # nothing to try again: more time is asked for elsewhere, and given twice
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
        reprice(basket, buyer=buyer_of(basket, now=now), now=now)
    return len(places)


def change_price_type(
    *, basket_id: UUID, line_id: int, price_type: str, now: datetime, shown: Decimal | None = None
) -> Offer:
    """Another tariff for one place. Raises PriceNotOffered, PriceChanged, TariffHasMaximum."""
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        line = next((line for line in basket.place_lines if line.id == line_id), None)
        if line is None or line.terms is None or line.place is None:
            raise PriceNotOffered
        kind = line.terms.price_type_by_code(price_type)
        if kind is None:
            raise PriceNotOffered
        others = [other for other in basket.place_lines if other.id != line_id]
        buyer = buyer_of(basket, now=now).with_room_for(1, vouchers_used(others))
        offer = offer_for(line.terms, rank_id=line.place.rank_id, price_type_id=kind.id, buyer=buyer, now=now)
        if shown is not None and shown != offer.gross:
            raise PriceChanged(shown=shown, price=offer.gross)
        at_same = [other for other in others if other.terms and other.terms.code == line.terms.code]
        check_most([replace(line, price_type_id=kind.id)], before=at_same, buyer=buyer, now=now)
        write_offer(line, offer)
    return offer


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
        buyer = buyer_of(basket, now=now)
        use_opened_types(basket, buyer=buyer, now=now)
        reprice(open_basket(basket_id), buyer=buyer, only_lower=True, now=now)
    return CodeAccepted(is_gift_card=False)


def remove_code(*, basket_id: UUID, code: str, now: datetime) -> None:
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        _write_codes(basket, tuple(kept for kept in basket.codes if kept != normalised(code)))
        basket = open_basket(basket_id)
        reprice(basket, buyer=buyer_of(basket, now=now), now=now)


def _write_codes(basket: BasketContents, codes: Sequence[str]) -> None:
    Basket.objects.filter(id=basket.id).update(codes=list(codes))


def add_gift_card(
    *, house: str, amount: Decimal, basket_id: UUID | None, language: str, now: datetime, channel_kind: str = "web"
) -> UUID:
    """Put a gift card for somebody in the basket; returns the basket's id. Raises GiftCardAmount, OtherHouse."""
    if not _is_card_amount(amount):
        raise GiftCardAmount(least=GIFT_CARD_LEAST, most=GIFT_CARD_MOST)
    seller = House.objects.filter(slug=house, is_active=True).first()
    if seller is None:
        raise HouseNotFound
    with transaction.atomic():
        basket = find_basket(basket_id, lock=True) if basket_id is not None else None
        if basket is None or not basket.is_open:
            head = _new_basket(seller, language=language, channel_kind=channel_kind, now=now).id
        else:
            head = basket.id
            if not sells_with(basket.house_id, house_id=seller.id, cluster_id=seller.cluster_id):
                raise OtherHouse
            if sum(line.kind == BasketLine.Kind.GIFT_CARD for line in basket.lines) >= MOST_GIFT_CARDS:
                raise TooManyGiftCards(maximum=MOST_GIFT_CARDS)
        BasketLine.objects.create(
            basket_id=head, kind=BasketLine.Kind.GIFT_CARD, house=seller, gross=amount, components=[]
        )
    return head


def _is_card_amount(amount: Decimal) -> bool:
    return is_money(amount) and GIFT_CARD_LEAST <= amount <= GIFT_CARD_MOST


def _new_basket(seller: House, *, language: str, channel_kind: str, now: datetime) -> Basket:
    channel = SalesChannel.objects.filter(house=seller, kind=channel_kind, is_active=True).order_by("id").first()
    if channel is None:
        raise SalesClosed
    return Basket.objects.create(
        id=uuid7(),
        house=seller,
        channel=channel,
        language=language,
        created_at=now,
        expires_at=now + timedelta(minutes=seller.hold_minutes),
    )


def belong_to(*, basket_id: UUID, customer_id: int | None, now: datetime) -> bool:
    """Whose basket it is, for the prices it may have: nobody's, and without a name, after signing out.

    False when there is none open.
    """
    with transaction.atomic():
        basket = find_basket(basket_id, lock=True)
        if basket is None or not basket.is_open:
            return False
        if basket.customer_id != customer_id:
            forgotten = {} if customer_id else dict.fromkeys(("email", "first_name", "last_name"), "")
            Basket.objects.filter(id=basket.id).update(customer_id=customer_id, **forgotten)
            basket = replace(basket, customer_id=customer_id)
            reprice(basket, buyer=buyer_of(basket, now=now), now=now)
    return True


def write_contact(*, basket_id: UUID, email: str, first_name: str, last_name: str, now: datetime) -> None:
    """Who it is for; judged when it becomes an order."""
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        Basket.objects.filter(id=basket.id).update(email=email, first_name=first_name, last_name=last_name)


def check(basket: BasketContents) -> None:
    """What must be right before going on to pay: every tariff's least and most number of places."""
    check_counts(basket.place_lines)
