"""Tariffs and codes within one basket: how many places may have them, and what every line costs its buyer now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import BasketLine, OrderLine, PriceVoucher
from ticketing.queries.baskets import BasketContents, Line
from ticketing.queries.pricing import Buyer, Offer, PriceNotOffered, offer_for
from ticketing.queries.vouchers import voucher_uses


class TariffNeedsMore(TicketingError):
    code = "tariff_minimum"
    message = _("The tariff “%(tariff)s” holds from %(minimum)s places. Add places or choose another tariff.")


class TariffHasMaximum(TicketingError):
    code = "tariff_maximum"
    message = _("The tariff “%(tariff)s” is for at most %(maximum)s places.")


class CodeUsedUp(TicketingError):
    code = "code_used_up"
    message = _("Others have used up the code %(voucher)s meanwhile. Remove it from your basket to go on.")
    status = 409


def check_counts(lines: Iterable[Line]) -> None:
    """Every tariff's least and most number of places at a performance, before going on to pay."""
    counts = Counter((line.terms.performance_id, line.price_type_id) for line in lines if line.terms)
    for line in lines:
        if line.terms is None or line.price_type_id is None:
            continue
        kind = line.terms.price_types[line.price_type_id]
        count = counts[line.terms.performance_id, line.price_type_id]
        minimum, maximum = kind.condition("minimum"), kind.condition("maximum")
        if minimum and count < int(minimum["count"]):
            raise TariffNeedsMore(tariff=str(kind.name), minimum=minimum["count"])
        if maximum and count > int(maximum["count"]):
            raise TariffHasMaximum(tariff=str(kind.name), maximum=maximum["count"])


def check_most(lines: Sequence[Line], *, before: Iterable[Line], buyer: Buyer, now: datetime) -> None:
    """What was just chosen, together with what was `before`, stays within the most places its tariffs are for."""
    counts = Counter(line.price_type_id for line in (*before, *lines))
    for line in {line.price_type_id: line for line in lines}.values():
        offer = _same(line, buyer=buyer, now=now)
        if offer.maximum is not None and counts[line.price_type_id] > offer.maximum:
            raise TariffHasMaximum(tariff=str(offer.price_type.name), maximum=offer.maximum)


def check_codes(lines: Iterable[Line | OrderLine]) -> None:
    """A code with a limit over all orders is counted under its lock: the last one goes to one order only."""
    used = vouchers_used(lines)
    if not used:
        return
    limited = PriceVoucher.objects.select_for_update(no_key=True).filter(id__in=used, max_uses__isnull=False)
    for voucher in limited.order_by("id"):
        assert voucher.max_uses is not None
        if voucher_uses(voucher) + used[voucher.id] > voucher.max_uses:
            raise CodeUsedUp(voucher=voucher.code)


def vouchers_used(lines: Iterable[Line | OrderLine]) -> Counter[int]:
    return Counter(line.price_voucher_id for line in lines if line.price_voucher_id is not None)


def reprice(basket: BasketContents, *, buyer: Buyer, now: datetime, only_lower: bool = False) -> None:
    """Every line at what it costs this buyer now; a tariff no longer offered falls back to the first one.

    With `only_lower` a held place keeps its price unless the new one is better.
    """
    used: Counter[int] = Counter()
    for line in basket.place_lines:
        one = buyer.with_room_for(1, used)
        try:
            offer = _same(line, buyer=one, now=now)
        except PriceNotOffered:
            offer = _offer(line, None, buyer=one, now=now)
        if only_lower and offer.gross >= line.gross:
            used.update(vouchers_used([line]))
            continue
        if offer.voucher_id is not None:
            used[offer.voucher_id] += 1
        if (offer.gross, offer.price_type.id, offer.voucher_id) != (
            line.gross,
            line.price_type_id,
            line.price_voucher_id,
        ):
            write_offer(line, offer)


def use_opened_types(basket: BasketContents, *, buyer: Buyer, now: datetime) -> None:
    """A voucher that opens a price type is meant to be used: give it to as many places as it allows."""
    for voucher in buyer.vouchers:
        if voucher.effect != PriceVoucher.Effect.PRICE_TYPE:
            continue
        covered = [line for line in basket.place_lines if line.terms and voucher.covers(line.terms)]
        for line in covered[: voucher.places]:
            try:
                offer = _offer(line, voucher.price_type_id, buyer=buyer, now=now)
            except PriceNotOffered:
                continue
            if offer.gross < line.gross:
                write_offer(line, offer)


def write_offer(line: Line, offer: Offer) -> None:
    BasketLine.objects.filter(id=line.id).update(
        price_type_id=offer.price_type.id,
        gross=offer.gross,
        components=[component.as_json() for component in offer.components],
        price_voucher_id=offer.voucher_id,
    )


def _same(line: Line, *, buyer: Buyer, now: datetime) -> Offer:
    return _offer(line, line.price_type_id, buyer=buyer, now=now)


def _offer(line: Line, price_type_id: int | None, *, buyer: Buyer, now: datetime) -> Offer:
    assert line.terms is not None and line.place is not None
    return offer_for(line.terms, rank_id=line.place.rank_id, price_type_id=price_type_id, buyer=buyer, now=now)
