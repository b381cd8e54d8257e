"""What an order is paid with: gift cards first, the provider for the rest, and whose part of it that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import GiftCard, House, Order, Payment, PaymentAccount, PaymentSplit
from ticketing.money import ZERO, spread
from ticketing.operations import gift_cards
from ticketing.operations.rows import insert_rows
from ticketing.queries.baskets import BasketContents

GRACE = timedelta(minutes=5)  # after the provider's own expiry: its last word may be under way


class CannotPayHere(TicketingError):
    code = "cannot_pay_here"
    message = _("Online payment is not possible at this house at the moment. Ask the box office.")
    status = 409


class HousesPayApart(TicketingError):
    code = "houses_pay_apart"
    message = _("%(house)s cannot be paid together with the others. Pay its places in an order of their own.")
    status = 409


def insert_legs(order: Order, *, basket: BasketContents, method: str, now: datetime) -> Decimal:
    """Gift cards pay first and are debited at once; the provider is asked for the rest."""
    due = basket.total
    for card in _locked_cards(basket.codes):
        amount = min(due, gift_cards.balance(card, now=now))
        if amount <= 0:
            continue
        leg = Payment.objects.create(
            order=order,
            means=Payment.Means.GIFT_CARD,
            gift_card=card,
            amount=amount,
            state=Payment.State.PAID,
            created_at=now,
            paid_at=now,
        )
        gift_cards.debit(card, leg, now=now)
        due -= amount
    if due > 0:
        account = PaymentAccount.objects.filter(house_id=order.house_id, is_active=True).order_by("id").first()
        if account is None:
            raise CannotPayHere
        leg = Payment(
            order=order,
            means=Payment.Means.PROVIDER,
            account=account,
            amount=due,
            method=method,
            created_at=now,
            expires_at=order.expires_at - GRACE if order.expires_at else None,
        )
        insert_rows([leg])
        _insert_splits(leg, account=account, basket=basket)
    return due


def _locked_cards(codes: Sequence[str]) -> list[GiftCard]:
    """In the order they were typed, as the basket says who pays what; locked by id, so nobody waits in a circle."""
    if not codes:
        return []
    found = {card.code: card for card in GiftCard.objects.filter(code__in=codes).order_by("id").select_for_update()}
    return [found[code] for code in codes if code in found]


def _insert_splits(leg: Payment, *, account: PaymentAccount, basket: BasketContents) -> None:
    """Who owns which part, when it is not all the seller's. The account must be able to route to every owner."""
    owed: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for line in basket.lines:
        owed[line.house_id] += line.gross
    # A gift card may have paid a part: the rest is shared in the same proportion, to the cent. Nobody is sent nothing,
    # as for places that cost nothing: a provider refuses that.
    houses = sorted(owed)
    parts = spread(leg.amount, [owed[house_id] for house_id in houses])
    shares = {house_id: part for house_id, part in zip(houses, parts, strict=True) if part}
    seller_id = leg.order.house_id
    if set(shares) == {seller_id}:
        return
    routing = account.settings.get("routing", {})
    for house in House.objects.filter(id__in=set(shares) - {seller_id}).order_by("id"):
        if house.slug not in routing:
            raise HousesPayApart(house=house.name)
    PaymentSplit.objects.bulk_create(
        [PaymentSplit(payment=leg, house_id=house_id, amount=part) for house_id, part in shares.items()]
    )
