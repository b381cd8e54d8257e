"""Codes staff give out: price vouchers that open or lower a price, payment vouchers that pay like a gift card."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import GiftCard, House, PriceType, PriceVoucher, Production
from ticketing.money import is_money
from ticketing.operations import gift_cards, ledger
from ticketing.operations.fields import write_fields
from ticketing.operations.prices import OfOtherHouse
from ticketing.queries.vouchers import normalised

MOST = Decimal("99999.99")
LONGEST_CARD_CODE = 16


class CodeUnfit(TicketingError):
    code = "code_unfit"
    message = _("A code has 4 to 24 letters and digits, and no other code or gift card is called the same.")


class ValueUnfit(TicketingError):
    code = "voucher_value_unfit"
    message = _("A payment voucher is worth something, in euros and cents, and ends on a day to come.")


class CardWasSold(TicketingError):
    code = "card_was_sold"
    message = _("Somebody paid for this gift card: it can be blocked, but its value is not the house's to take.")
    status = 409


@transaction.atomic
def create_price_voucher(
    *,
    house: House,
    code: str,
    name: str,
    effect: str,
    now: datetime,
    value: Decimal = Decimal(0),
    price_type: PriceType | None = None,
    production: Production | None = None,
    max_uses: int | None = None,
    max_per_order: int = 10,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> PriceVoucher:
    """Kept as it will be looked for: without spaces, dashes and small letters."""
    for row in (price_type, production):
        if row is not None and row.house_id != house.pk:
            raise OfOtherHouse(what=str(row))
    typed = normalised(code)
    if len(typed) < 4 or GiftCard.objects.filter(code=typed).exists():
        raise CodeUnfit
    if PriceVoucher.objects.filter(house=house, code=typed).exists():
        raise CodeUnfit
    voucher = PriceVoucher(house=house)
    values = {"code": typed, "name": name, "effect": effect, "value": value, "price_type": price_type}
    limits = {"production": production, "max_uses": max_uses, "max_per_order": max_per_order}
    write_fields(voucher, {**values, **limits, "valid_from": valid_from or now, "valid_until": valid_until})
    return voucher


@transaction.atomic
def end_price_voucher(*, voucher_id: int, now: datetime) -> bool:
    """Held places keep their price; one still to come never begins. False when it had ended before."""
    open_end = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    begun = Least("valid_from", Value(now - timedelta(seconds=1)))
    return PriceVoucher.objects.filter(open_end, pk=voucher_id).update(valid_from=begun, valid_until=now) == 1


@transaction.atomic
def give_card(
    *,
    house: House,
    value: Decimal,
    expires_on: date,
    now: datetime,
    kind: str = GiftCard.Kind.PAYMENT_VOUCHER,
    code: str = "",
) -> GiftCard:
    """Given, not sold: what it will pay for is a discount of the house from this moment on."""
    if not is_money(value) or not 0 < value <= MOST or expires_on < timezone.localdate(now):
        raise ValueUnfit
    typed = normalised(code)
    if code and (not 4 <= len(typed) <= LONGEST_CARD_CODE or _is_taken(typed)):
        raise CodeUnfit
    card = gift_cards.issue(
        house_id=house.pk, value=value, kind=GiftCard.Kind(kind), expires_on=expires_on, code=typed or None, now=now
    )
    ledger.write([ledger.voucher_given(card)], now=now)
    return card


@transaction.atomic
def void_card(*, card_id: int, now: datetime) -> Decimal:
    """Takes back what is left on a card that was given, and blocks it; returns how much that was."""
    card = GiftCard.objects.select_for_update().get(pk=card_id)
    if card.line_id is not None:
        raise CardWasSold
    left = gift_cards.take_back(card, now=now)
    if left:
        ledger.write([ledger.voucher_taken_back(card, left)], now=now)
    block_card(card_id=card_id, now=now)
    return left


@transaction.atomic
def block_card(*, card_id: int, now: datetime) -> bool:
    """Lost or stolen: nobody pays with it any more; False when that was so already."""
    return GiftCard.objects.filter(pk=card_id, blocked_at__isnull=True).update(blocked_at=now) == 1


@transaction.atomic
def unblock_card(*, card_id: int) -> bool:
    return GiftCard.objects.filter(pk=card_id, blocked_at__isnull=False).update(blocked_at=None) == 1


def _is_taken(code: str) -> bool:
    return GiftCard.objects.filter(code=code).exists() or PriceVoucher.objects.filter(code=code).exists()
