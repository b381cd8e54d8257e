"""Gift cards and payment vouchers: put value on them, use it, put it back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from ticketing.identifiers import random_code
from ticketing.models import GiftCard, GiftCardEntry, OrderLine, Payment, Refund
from ticketing.money import ZERO

YEARS_VALID = 2


def balance(card: GiftCard, *, now: datetime) -> Decimal:
    """What can be spent now, for a caller that has the card locked."""
    if card.blocked_at is not None or card.expires_on < timezone.localdate(now):
        return ZERO
    return Decimal(card.entries.aggregate(total=Sum("amount"))["total"] or ZERO)


def debit(card: GiftCard, leg: Payment, *, now: datetime) -> None:
    GiftCardEntry.objects.create(card=card, amount=-leg.amount, payment=leg, booked_at=now)


def return_to_card(leg: Payment, *, amount: Decimal, now: datetime, refund: Refund | None = None) -> None:
    assert leg.gift_card is not None
    if refund is not None:
        _keep_spendable(leg.gift_card, today=timezone.localdate(now))
    GiftCardEntry.objects.create(card=leg.gift_card, amount=amount, payment=leg, refund=refund, booked_at=now)


def _keep_spendable(card: GiftCard, *, today: date) -> None:
    """Money given back on a card that has expired since would be no money: it counts a year from now."""
    if card.expires_on < today:
        card.expires_on = _years_after(today, 1)
        card.save(update_fields=["expires_on"])


def take_back(card: GiftCard, *, now: datetime) -> Decimal:
    """All that is left, for a caller that has the card locked and books it."""
    left = Decimal(card.entries.aggregate(total=Sum("amount"))["total"] or ZERO)
    if left:
        GiftCardEntry.objects.create(card=card, amount=-left, booked_at=now)
    return left


def issue(
    *,
    house_id: int,
    value: Decimal,
    now: datetime,
    line: OrderLine | None = None,
    kind: GiftCard.Kind = GiftCard.Kind.GIFT_CARD,
    expires_on: date | None = None,
    code: str | None = None,
) -> GiftCard:
    """A new card with its value on it. The caller is in a transaction."""
    today = timezone.localdate(now)
    card = GiftCard.objects.create(
        house_id=house_id,
        kind=kind,
        code=code or random_code(16),
        line=line,
        value=value,
        issued_at=now,
        expires_on=expires_on or _years_after(today, YEARS_VALID),
    )
    GiftCardEntry.objects.create(card=card, amount=value, booked_at=now)
    return card


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
