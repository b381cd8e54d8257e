"""What a typed code is worth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from ticketing.models import GiftCard, GiftCardEntry, House, Order, OrderLine, PriceVoucher
from ticketing.money import ZERO


def normalised(code: str) -> str:
    """Codes are read aloud and copied from paper: case, spaces and dashes do not matter."""
    return "".join(sign for sign in code.upper() if sign.isprintable() and sign not in "- ")[:24]


def gift_card_balance(card: GiftCard, *, cluster_of: Iterable[int], now: datetime) -> Decimal | None:
    """What is left on a card, or None when it is blocked, expired or not of these houses' cluster."""
    if card.blocked_at is not None or card.expires_on < timezone.localdate(now):
        return None
    houses = House.objects.filter(id__in=set(cluster_of) | {card.house_id})
    clusters = dict(houses.values_list("id", "cluster_id"))
    others = {cluster for house_id, cluster in clusters.items() if house_id != card.house_id}
    if others and (clusters[card.house_id] is None or others != {clusters[card.house_id]}):
        return None
    total = GiftCardEntry.objects.filter(card=card).aggregate(total=Sum("amount"))["total"]
    return Decimal(total or ZERO)


def usable_voucher(code: str, *, houses: Iterable[int], now: datetime) -> PriceVoucher | None:
    """The price voucher of one of these houses, when it is valid now and not used up."""
    found = valid_vouchers(now).filter(code=code, house_id__in=set(houses)).order_by("id")
    return next((voucher for voucher in found if places_left(voucher) > 0), None)


def valid_vouchers(now: datetime) -> QuerySet[PriceVoucher]:
    holds = Q(valid_until__isnull=True) | Q(valid_until__gt=now)
    return PriceVoucher.objects.filter(holds, valid_from__lte=now)


def places_left(voucher: PriceVoucher) -> int:
    """How many places of one basket may have it: its limit per order, and what is left of it in all."""
    if voucher.max_uses is None:
        return voucher.max_per_order
    return min(voucher.max_per_order, max(0, voucher.max_uses - voucher_uses(voucher)))


def voucher_uses(voucher: PriceVoucher) -> int:
    """Places sold or being paid with this voucher and not cancelled since."""
    return _used_lines().filter(price_voucher=voucher).count()


def with_uses(vouchers: QuerySet[PriceVoucher]) -> QuerySet[PriceVoucher]:
    """Each with its `places_used`, in one statement."""
    counts = _used_lines().filter(price_voucher=OuterRef("pk")).order_by().values("price_voucher")
    used = Subquery(counts.annotate(count=Count("pk")).values("count"), output_field=IntegerField())
    return vouchers.annotate(places_used=Coalesce(used, 0))


def _used_lines() -> QuerySet[OrderLine]:
    standing = OrderLine.objects.filter(replaced_by__isnull=True).exclude(kind=OrderLine.Kind.CANCELLATION)
    return standing.exclude(order__state=Order.State.ABANDONED)


@dataclass(frozen=True)
class GiftCardLeft:
    """What a gift card in a basket can still pay."""

    code: str
    balance: Decimal


def gift_cards_left(codes: Iterable[str], *, now: datetime) -> tuple[GiftCardLeft, ...]:
    """The gift cards among some codes with what is left on them, in one statement."""
    cards = (
        GiftCard.objects.filter(code__in=list(codes), blocked_at__isnull=True, expires_on__gte=timezone.localdate(now))
        .annotate(left=Sum("entries__amount"))
        .order_by("id")
    )
    return tuple(GiftCardLeft(card.code, Decimal(card.left or ZERO)) for card in cards)
