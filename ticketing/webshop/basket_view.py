"""A basket in words: groups per performance, lines with the tariffs on offer, codes, time left and what is to pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ticketing.models import BasketLine, PaymentAccount
from ticketing.money import ZERO
from ticketing.operations.baskets import MORE_MINUTES, MOST_EXTENSIONS
from ticketing.operations.tariffs import vouchers_used
from ticketing.queries.baskets import BasketContents, Line, buyer_of
from ticketing.queries.pricing import REASONS, Offer, lower_with, offers
from ticketing.queries.terms import SaleTerms
from ticketing.queries.vouchers import GiftCardLeft, gift_cards_left
from ticketing.seating.compiled import place_index
from ticketing.seating.labels import place_name
from ticketing.webshop.addresses import BasketAddresses, basket_addresses
from ticketing.webshop.caching import SETTLED, kept
from ticketing.webshop.frame import clock, seconds_left

RING = 113
METHODS = {
    "bancontact": "Bancontact",
    "wero": "Wero",
    "ideal": "iDEAL | Wero",
    "kbc": "KBC/CBC",
    "belfius": "Belfius",
    "creditcard": "Visa, Mastercard",
    "applepay": "Apple Pay",
    "paypal": "PayPal",
    "banktransfer": "SEPA",
}


@dataclass(frozen=True)
class TariffView:
    code: str
    name: str
    price: Decimal
    is_current: bool


@dataclass(frozen=True)
class LineView:
    """What differs with every place does not count when two lines are compared: see basket_drawing."""

    label: str = field(compare=False)
    price: Decimal
    tone: int = 0
    full_price: Decimal | None = None
    price_type: str = ""
    note: str = ""
    is_lost: bool = False
    offers: tuple[TariffView, ...] = ()
    price_type_url: str = field(default="", compare=False)
    remove_url: str = field(default="", compare=False)


@dataclass(frozen=True)
class GroupView:
    title: str
    starts_at: datetime | None = None
    hall: str = ""
    house_name: str = ""
    lines: tuple[LineView, ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class LegView:
    label: str
    amount: Decimal | None
    code: str
    remove_url: str


@dataclass(frozen=True)
class HoldView:
    """`left` and `total` in seconds; `ring` is the part of the ring that is gone. The time does not count either."""

    left: int = field(compare=False)
    total: int = field(compare=False)
    clock: str = field(compare=False)
    ring: int = field(compare=False)
    can_extend: bool
    extend_url: str


@dataclass(frozen=True)
class BasketView:
    count: int = 0
    total: Decimal = ZERO
    to_pay: Decimal = ZERO
    groups: tuple[GroupView, ...] = ()
    legs: tuple[LegView, ...] = ()
    hold: HoldView | None = None
    is_expired: bool = False
    retry_url: str = ""
    methods: tuple[str, ...] = ()


def basket_view(basket: BasketContents | None, *, house_slug: str, now: datetime) -> BasketView:
    """The basket as the shop of one house shows it; an empty one when there is none."""
    if basket is None or not basket.lines:
        return BasketView()
    where = basket_addresses(house_slug)
    cards = gift_cards_left(basket.codes, now=now) if basket.codes else ()
    legs = _legs(basket, cards, where)
    to_pay = basket.total + sum((leg.amount for leg in legs if leg.amount), ZERO)
    return BasketView(
        count=len(basket.lines),
        total=basket.total,
        to_pay=to_pay,
        groups=_groups(basket, house_slug=house_slug, where=where, now=now),
        legs=tuple(legs),
        hold=_hold(basket, where=where, now=now),
        is_expired=basket.has_expired(now),
        retry_url=where.retry,
        methods=tuple(name for _code, name in payment_methods(basket)),
    )


def payment_methods(basket: BasketContents) -> list[tuple[str, str]]:
    """Codes and names of what the selling house lets people pay with, in its own order."""
    house_id = basket.house_id
    houses = (line.terms.house for line in basket.lines if line.terms)
    seller = next((house for house in houses if house.id == house_id), None)
    codes: Sequence[str] = (
        seller.payment_methods
        if seller is not None
        else kept("methods", house_id, seconds=SETTLED, build=lambda: _method_codes(house_id))
    )
    return [(code, METHODS.get(code, code.capitalize())) for code in codes]


def _method_codes(house_id: int) -> list[str]:
    account = PaymentAccount.objects.filter(house_id=house_id, is_active=True).order_by("id").first()
    return list(account.methods) if account else []


def _hold(basket: BasketContents, *, where: BasketAddresses, now: datetime) -> HoldView | None:
    left = seconds_left(basket, now=now)
    if not left:
        return None
    minutes = min((line.terms.house.hold_minutes for line in basket.place_lines if line.terms), default=15)
    total = max(minutes * 60, MORE_MINUTES * 60, 1)
    return HoldView(
        left=left,
        total=total,
        clock=clock(left),
        ring=round(RING * (1 - min(1, left / total))),
        can_extend=basket.extensions < MOST_EXTENSIONS,
        extend_url=where.extend,
    )


def _groups(basket: BasketContents, *, house_slug: str, where: BasketAddresses, now: datetime) -> tuple[GroupView, ...]:
    language = str(get_language())
    buyer = buyer_of(basket, now=now)
    used = vouchers_used(basket.place_lines)
    found: dict[int, tuple[SaleTerms | None, list[LineView]]] = {}
    lower: dict[int, str] = {}
    on_offer: dict[tuple[int, int, int | None], tuple[Offer, ...]] = {}
    for name, line in line_names(basket).items():
        terms = line.terms
        if terms is None or line.place is None:
            found.setdefault(0, (None, []))[1].append(_gift_card_line(line, where.remove(name)))
            continue
        _terms, lines = found.setdefault(terms.performance_id, (terms, []))
        key = (terms.performance_id, line.place.rank_id, line.price_voucher_id)
        if key not in on_offer:
            one = buyer.with_room_for(1, used - vouchers_used([line]))
            on_offer[key] = offers(terms, rank_id=line.place.rank_id, buyer=one, now=now)
            if terms.performance_id not in lower:
                less = lower_with(terms, rank_id=line.place.rank_id, offered=on_offer[key], buyer=one, now=now)
                lower[terms.performance_id] = ", ".join(str(offer.price_type.name) for offer in less)
        lines.append(_line(line, terms, offered=on_offer[key], language=language, where=where, name=name))
    return tuple(
        _group(terms, tuple(lines), house_slug, language, lower.get(key, "")) for key, (terms, lines) in found.items()
    )


def _group(
    terms: SaleTerms | None, lines: tuple[LineView, ...], house_slug: str, language: str, lower: str
) -> GroupView:
    if terms is None:
        return GroupView(_("Gift card"), lines=lines)
    words = _words(terms, language)
    return GroupView(
        title=words.title,
        starts_at=terms.starts_at,
        hall=words.hall,
        house_name="" if terms.house.slug == house_slug or terms.house.name == terms.venue else terms.house.name,
        lines=lines,
        hint=_("A lower price is possible with: %(tariffs)s.") % {"tariffs": lower} if lower else "",
    )


@dataclass(frozen=True)
class _Words:
    title: str
    hall: str
    price_types: Mapping[int, str]


def _words(terms: SaleTerms, language: str) -> _Words:
    """What these terms are called in the language of the page, looked up once."""
    words: _Words | None = terms.worked_out.get(("words", language))
    if words is None:
        hall = str(terms.hall)
        words = terms.worked_out["words", language] = _Words(
            title=str(terms.title),
            hall=hall if hall == terms.venue else f"{hall}, {terms.venue}",
            price_types={kind.id: str(kind.name) for kind in terms.price_types.values()},
        )
    return words


def _line(
    line: Line, terms: SaleTerms, *, offered: tuple[Offer, ...], language: str, where: BasketAddresses, name: str
) -> LineView:
    assert line.place is not None
    names = _words(terms, language).price_types
    kind = terms.price_types.get(line.price_type_id or 0)
    label = place_label(terms, line.place.code, language)
    discount = sum((Decimal(part["gross"]) for part in line.components if part["kind"] == "discount"), ZERO)
    return LineView(
        label=label,
        price=line.gross,
        tone=tone_of(terms, line.place.code),
        full_price=line.gross - discount if discount else None,
        price_type=names.get(line.price_type_id or 0, ""),
        note=_("Somebody else took this place.") if not line.place.is_kept else _note(line, kind, offered),
        is_lost=not line.place.is_kept,
        offers=tuple(
            TariffView(
                code=offer.price_type.code,
                name=names[offer.price_type.id],
                price=offer.gross,
                is_current=offer.price_type.id == line.price_type_id,
            )
            for offer in offered
        ),
        price_type_url=where.tariff(name),
        remove_url=where.remove(name),
    )


def line_names(basket: BasketContents) -> dict[str, Line]:
    """What lines are called on the wire: by performance and place, gift cards by their turn; never by a key."""
    names: dict[str, Line] = {}
    for line in basket.lines:
        if line.terms is not None and line.place is not None:
            names[f"{line.terms.code}-{line.place.code}"] = line
        else:
            names[f"card-{sum(name.startswith('card-') for name in names) + 1}"] = line
    return names


def _note(line: Line, kind: Any, offered: tuple[Offer, ...]) -> str:
    """Why this is the price, and what to bring for it."""
    offer = next((offer for offer in offered if offer.price_type.id == line.price_type_id), None)
    reason = str(REASONS.get(offer.reason, "")) if offer is not None else ""
    if kind is not None and kind.condition("proof") is not None:
        return " ".join(filter(None, (reason, _("Bring your proof; we look at it at the door."))))
    return reason


def _gift_card_line(line: Line, remove_url: str) -> LineView:
    assert line.kind == BasketLine.Kind.GIFT_CARD
    return LineView(
        label=_("Gift card by mail"),
        price=line.gross,
        remove_url=remove_url,
    )


def _legs(basket: BasketContents, cards: Iterable[GiftCardLeft], where: BasketAddresses) -> list[LegView]:
    """Gift cards pay as far as they reach; a price voucher has already lowered the prices above."""
    remove = where.code_remove
    left, legs, known = basket.total, [], {card.code: card for card in cards}
    for code in basket.codes:
        card = known.get(code)
        if card is None:
            legs.append(LegView(_("Code %(code)s") % {"code": code}, None, code, remove))
            continue
        amount = min(left, card.balance)
        left -= amount
        legs.append(LegView(_("Gift card …%(end)s") % {"end": code[-4:]}, -amount, code, remove))
    return legs


def place_label(terms: SaleTerms, code: str, language: str) -> str:
    if terms.plan_version_id is None:
        return _("Standing place")
    return _capital(str(place_name(terms.plan, place_index(code), language)))


def tone_of(terms: SaleTerms, code: str) -> int:
    if terms.plan_version_id is None:
        return 0
    return terms.plan.rank_of[place_index(code)] % 4 + 1


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
