"""What letters about an order say: the nights, the places and the amounts, ready to read in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from ticketing.models import GiftCard, Order, OrderLine, Payment
from ticketing.money import ZERO
from ticketing.printing.words import night_words
from ticketing.queries.printing import PrintableTicket
from ticketing.templatetags.shop import money

METHODS = {
    "bancontact": "Bancontact",
    "belfius": "Belfius",
    "ideal": "iDEAL | Wero",
    "kbc": "KBC/CBC",
    "paypal": "PayPal",
    "wero": "Wero",
}


@dataclass(frozen=True)
class Night:
    """One performance of an order, with the places bought for it."""

    title: str
    moment: str
    places: tuple[str, ...]
    starts_at: datetime


@dataclass(frozen=True)
class Amount:
    text: str
    amount: str
    is_total: bool = False


def nights_of(tickets: Iterable[PrintableTicket], *, house_id: int, language: str) -> list[Night]:
    """Tickets come in the order of their performances; `house_id` sold them and is not named again."""
    groups = groupby(tickets, key=lambda ticket: ticket.performance_id)
    return [_night(list(group), house_id, language) for _performance, group in groups]


def _night(tickets: Sequence[PrintableTicket], house_id: int, language: str) -> Night:
    night = night_words(tickets[0], language=language)
    where = [] if night.house_id == house_id else [night.house.name]
    where.append(night.hall)
    places = places_in_words([ticket.sold for ticket in tickets])
    return Night(
        title=night.production,
        moment=moment(night.starts_at),
        places=(" · ".join((*where, *places[:1])), *places[1:]),
        starts_at=night.starts_at,
    )


def places_in_words(sold: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """ "Parterre, rij F, stoel 11 en 12" for each row, "3 × Staanplaatsen" where places have no number."""
    rows: dict[tuple[str, str, str], list[str]] = {}
    for place in sold:
        words = [in_words(place.get(part)) for part in ("area", "row", "seat")]
        number = str(place.get("number") or "")
        area, row, kind = words[0], words[1], words[2].removesuffix(number).strip()
        rows.setdefault((area, row, kind), []).append(number)
    return tuple(_row_in_words(*row, numbers) for row, numbers in rows.items())


def _row_in_words(area: str, row: str, kind: str, numbers: Sequence[str]) -> str:
    named = [number for number in numbers if number]
    if not named:
        return area if len(numbers) == 1 else f"{len(numbers)} × {area}"
    return ", ".join(filter(None, (area, row, f"{kind} {listed(named)}".strip())))


def listed(words: Sequence[str]) -> str:
    """ "11, 12 en 13"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def amounts_of(lines: Sequence[OrderLine], payments: Iterable[Payment]) -> list[Amount]:
    """Every kind of line once with its sum, then how it was paid: adds up to the order's total on both sides."""
    sums: dict[str, list[Decimal]] = {}
    show_titles = len({in_words(line.description.get("title")) for line in lines}) > 1
    for line in lines:
        sums.setdefault(_sold(line, show_titles), []).append(line.gross)
    sold = [Amount(f"{len(parts)} × {text}", money(sum(parts, ZERO))) for text, parts in sums.items()]
    return sold + [Amount(_paid_with(leg), money(leg.amount), is_total=True) for leg in payments if leg.amount]


def _sold(line: OrderLine, show_title: bool) -> str:
    if line.kind == OrderLine.Kind.GIFT_CARD:
        return _("Gift card")
    price_type = in_words(line.description.get("price_type"))
    return f"{in_words(line.description.get('title'))}, {price_type}" if show_title else price_type


def _paid_with(leg: Payment) -> str:
    if leg.means == Payment.Means.GIFT_CARD:
        is_voucher = leg.gift_card is not None and leg.gift_card.kind == GiftCard.Kind.PAYMENT_VOUCHER
        return _("Paid with a voucher") if is_voucher else _("Paid with a gift card")
    method = METHODS.get(leg.method)
    return _("Paid with %(method)s") % {"method": method} if method else _("Paid")


def greeting(order: Order, nights: Sequence[Night], *, now: datetime) -> str:
    """ "Tot vrijdag, Marie": the nearer the night, the nearer the words."""
    name = {"name": order.first_name}
    if not nights:
        return _("Thank you, %(name)s") % name
    first = min(night.starts_at for night in nights)
    days = (first.date() - localdate(now)).days
    if days == 0:
        return _("See you soon, %(name)s") % name
    if days == 1:
        return _("See you tomorrow, %(name)s") % name
    if 1 < days < 7:
        return _("See you on %(day)s, %(name)s") % {"day": date_format(first, "l"), **name}
    return _("See you on the %(day)s, %(name)s") % {"day": date_format(first, "j F"), **name}


def ready(nights: Sequence[Night], count: int) -> str:
    titles = listed(list(dict.fromkeys(night.title for night in nights)))
    return ngettext(
        "Your ticket for %(titles)s is ready.", "Your tickets for %(titles)s are ready.", count
    ) % {"titles": titles}  # fmt: skip


def change_rule(order: Order) -> str:
    hours = order.house.cancel_until_hours
    if hours is None:
        return ""
    return ngettext(
        "You can cancel until %(hours)s hour before the start, through your order.",
        "You can cancel until %(hours)s hours before the start, through your order.",
        hours,
    ) % {"hours": hours}


def moment(starts_at: datetime) -> str:
    """ "Vrijdag 12 maart, 20:00"."""
    words = f"{date_format(starts_at, 'l j F')}, {time_format(starts_at, 'H:i')}"
    return words[:1].upper() + words[1:]


def in_words(text: object) -> str:
    """Words kept with an order line, in the active language."""
    if isinstance(text, dict):
        return str(LazyI18nString(text).localize(get_language() or "nl"))
    return str(text or "")
