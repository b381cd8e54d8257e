"""Codes staff give out: price vouchers that open or lower a price, payment vouchers that pay like a gift card."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import GiftCard, House, PriceType, PriceVoucher, Production
from ticketing.money import rounded
from ticketing.operations import gift_cards, ledger
from ticketing.operations.fields import write_fields
from ticketing.operations.prices import OfOtherHouse
from ticketing.queries.vouchers import normalised


class CodeUnfit(TicketingError):
    code = "code_unfit"
    message = _("A code has 4 to 24 letters and digits, and no other code or gift card is called the same.")


class ValueUnfit(TicketingError):
    code = "voucher_value_unfit"
    message = _("A payment voucher is worth something, in euros and cents, and ends on a day to come.")


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
    if not len(typed) >= 4 or GiftCard.objects.filter(code=typed).exists():
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
    """Held places keep their price; False when it had ended before."""
    open_end = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    return PriceVoucher.objects.filter(open_end, pk=voucher_id, valid_from__lt=now).update(valid_until=now) == 1


@transaction.atomic
def issue_payment_voucher(*, house: House, value: Decimal, expires_on: date, now: datetime) -> GiftCard:
    """Given, not sold: what it will pay for is a discount of the house from this moment on."""
    if not value.is_finite() or value <= 0 or value != rounded(value) or expires_on < timezone.localdate(now):
        raise ValueUnfit
    card = gift_cards.issue(
        house_id=house.pk, value=value, kind=GiftCard.Kind.PAYMENT_VOUCHER, expires_on=expires_on, now=now
    )
    ledger.write([ledger.voucher_given(card)], now=now)
    return card


@transaction.atomic
def block_card(*, card_id: int, now: datetime) -> bool:
    """Lost or stolen: nobody pays with it any more; False when that was so already."""
    return GiftCard.objects.filter(pk=card_id, blocked_at__isnull=True).update(blocked_at=now) == 1


@transaction.atomic
def unblock_card(*, card_id: int) -> bool:
    return GiftCard.objects.filter(pk=card_id, blocked_at__isnull=False).update(blocked_at=None) == 1
