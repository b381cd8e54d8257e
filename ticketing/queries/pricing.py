"""The one pricing function: what a place costs whom, through which channel, and why.

Shop, desk, API and mail all ask here; nothing else adds up a price. What is shown is what is paid: unavoidable fees
are components of the price, each with its own VAT rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import PriceCondition, PriceVoucher
from ticketing.money import ZERO, rounded
from ticketing.queries.terms import PriceTypeTerms, SaleTerms


class PriceNotOffered(TicketingError):
    code = "price_not_offered"
    message = _("This tariff is not available for this place. Choose another one.")


class NoVatRule(TicketingError):
    code = "no_vat_rule"
    message = _("This cannot be sold yet: the house has no VAT rule for it on this date.")
    status = 409


@dataclass(frozen=True)
class VoucherTerms:
    """A price voucher a buyer has named. `places`: so many of one basket may still have it."""

    id: int
    code: str
    house_id: int
    effect: str
    price_type_id: int | None
    value: Decimal
    production_id: int | None
    places: int

    def covers(self, terms: SaleTerms) -> bool:
        return self.house_id == terms.house.id and self.production_id in (None, terms.production_id)


@dataclass(frozen=True)
class Period:
    """Days a right holds; it is judged on the day of the performance, not of the sale. `slots`: places at each."""

    first: date
    last: date | None
    slots: int = 1

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Entitled:
    """What a customer brings: labels by (house id, code) and price types opened by memberships, with their days."""

    labels: Mapping[tuple[int, str], tuple[Period, ...]] = field(default_factory=dict)
    price_types: Mapping[int, tuple[Period, ...]] = field(default_factory=dict)

    def has_label(self, house_id: int, code: str, *, day: date) -> bool:
        return any(period.covers(day) for period in self.labels.get((house_id, code), ()))

    def opens(self, price_type_id: int, *, day: date) -> bool:
        return self.slots(price_type_id, day=day) > 0

    def slots(self, price_type_id: int, *, day: date) -> int:
        return sum(period.slots for period in self.price_types.get(price_type_id, ()) if period.covers(day))


NOBODY = Entitled()


@dataclass(frozen=True)
class Buyer:
    """What decides the price besides the place: never the request."""

    channel_kind: str
    vouchers: tuple[VoucherTerms, ...] = ()
    entitled: Entitled = NOBODY

    @property
    def as_anybody(self) -> Buyer:
        """Without what this buyer brings along: whose prices pages show."""
        return Buyer(self.channel_kind)

    def with_room_for(self, places: int, used: Mapping[int, int]) -> Buyer:
        """Without the vouchers that have no room for so many more places."""
        left = tuple(v for v in self.vouchers if used.get(v.id, 0) + places <= v.places)
        return self if len(left) == len(self.vouchers) else replace(self, vouchers=left)


@dataclass(frozen=True)
class Component:
    """A part of a gross price. `name` per language; `vat_rate` in percent."""

    kind: str
    name: Mapping[str, str]
    gross: Decimal
    vat_rule: int
    vat_rate: Decimal

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": dict(self.name),
            "gross": str(self.gross),
            "vat_rule": self.vat_rule,
            "vat_rate": str(self.vat_rate),
        }


@dataclass(frozen=True)
class Offer:
    """One price type a buyer may have for one rank. `reason` says why: public, code, label or entitlement."""

    rank_id: int
    price_type: PriceTypeTerms
    gross: Decimal
    components: tuple[Component, ...]
    reason: str
    voucher_id: int | None = None
    minimum: int = 1
    maximum: int | None = None
    needs_proof: bool = False


# Why a price is somebody's; what everybody pays needs no reason.
REASONS = {
    "code": _("With your code."),
    "label": _("Your own tariff at this house."),
    "entitlement": _("With your membership."),
}


class _EveryLabel(Entitled):
    def has_label(self, house_id: int, code: str, *, day: date) -> bool:
        return True


ANYBODY_ON_THE_WEB = Buyer(channel_kind="web")


def offers(terms: SaleTerms, *, rank_id: int, buyer: Buyer, now: datetime) -> tuple[Offer, ...]:
    """Every price type this buyer may have for a place of this rank, in the house's order."""
    found = (
        _offer(terms, rank_id=rank_id, price_type=kind, buyer=buyer, now=now) for kind in terms.price_types.values()
    )
    return tuple(offer for offer in found if offer is not None)


def offer_for(terms: SaleTerms, *, rank_id: int, price_type_id: int | None, buyer: Buyer, now: datetime) -> Offer:
    """The named price type, or the first one offered when none is named."""
    kinds = terms.price_types if price_type_id is None else terms.price_types.keys() & {price_type_id}
    for kind in (terms.price_types[kind_id] for kind_id in kinds):
        offer = _offer(terms, rank_id=rank_id, price_type=kind, buyer=buyer, now=now)
        if offer is not None and (price_type_id is not None or offer.minimum == 1):
            return offer
    raise PriceNotOffered


def lower_with(
    terms: SaleTerms, *, rank_id: int, offered: tuple[Offer, ...], buyer: Buyer, now: datetime
) -> tuple[Offer, ...]:
    """What this buyer could have for less as a member or subscriber of the house; what a code opens stays a secret."""
    known = {offer.price_type.id for offer in offered}
    others = [kind for kind in terms.price_types.values() if kind.id not in known and kind.condition("label")]
    if not others or not offered:
        return ()
    lowest = min(offer.gross for offer in offered)
    member = replace(buyer, entitled=_EveryLabel())
    found = (_offer(terms, rank_id=rank_id, price_type=kind, buyer=member, now=now) for kind in others)
    return tuple(offer for offer in found if offer is not None and offer.gross < lowest)


def _offer(terms: SaleTerms, *, rank_id: int, price_type: PriceTypeTerms, buyer: Buyer, now: datetime) -> Offer | None:
    base = _ticket_price(terms, rank_id=rank_id, price_type_id=price_type.id, channel_kind=buyer.channel_kind, now=now)
    if base is None or price_type.is_archived:
        return None
    reason = _reason(terms, price_type=price_type, buyer=buyer, now=now)
    if reason is None:
        return None
    if buyer.vouchers or buyer.entitled is not NOBODY:
        return _offer_at(terms, base, rank_id=rank_id, price_type=price_type, buyer=buyer, reason=reason)
    # Nearly everybody brings nothing along, and gets what the one before got.
    key = ("offer", rank_id, price_type.id, buyer.channel_kind, base, reason)
    offer: Offer | None = terms.worked_out.get(key)
    if offer is None:
        offer = _offer_at(terms, base, rank_id=rank_id, price_type=price_type, buyer=buyer, reason=reason)
        terms.worked_out[key] = offer
    return offer


def _offer_at(
    terms: SaleTerms, base: Decimal, *, rank_id: int, price_type: PriceTypeTerms, buyer: Buyer, reason: str
) -> Offer:
    opened_by = next((v for v in buyer.vouchers if _opens(v, price_type, terms)), None)
    discount_by = next((v for v in buyer.vouchers if _lowers(v, price_type, terms)), None) if not opened_by else None
    components = _components(terms, base=base, price_type=price_type, buyer=buyer, discount_by=discount_by)
    used = opened_by or (discount_by if any(part.kind == "discount" for part in components) else None)
    minimum = price_type.condition("minimum")
    return Offer(
        rank_id=rank_id,
        price_type=price_type,
        gross=sum((part.gross for part in components), ZERO),
        components=components,
        reason="code" if used else reason,
        voucher_id=used.id if used else None,
        minimum=int(minimum["count"]) if minimum else 1,
        maximum=_maximum(terms, price_type=price_type, buyer=buyer, reason=reason),
        needs_proof=price_type.condition("proof") is not None,
    )


def _opens(voucher: VoucherTerms, price_type: PriceTypeTerms, terms: SaleTerms) -> bool:
    is_opening = voucher.effect == PriceVoucher.Effect.PRICE_TYPE and voucher.price_type_id == price_type.id
    return is_opening and voucher.covers(terms)


def _lowers(voucher: VoucherTerms, price_type: PriceTypeTerms, terms: SaleTerms) -> bool:
    """A place has one code at most: the one that opened its tariff, or one that takes something off."""
    is_discount = voucher.effect != PriceVoucher.Effect.PRICE_TYPE and voucher.price_type_id in (None, price_type.id)
    return is_discount and voucher.covers(terms)


def _maximum(terms: SaleTerms, *, price_type: PriceTypeTerms, buyer: Buyer, reason: str) -> int | None:
    """The tariff's own limit, and no more places than a membership is for."""
    limits = []
    if (condition := price_type.condition("maximum")) is not None:
        limits.append(int(condition["count"]))
    if reason == "entitlement":
        limits.append(buyer.entitled.slots(price_type.id, day=timezone.localdate(terms.starts_at)))
    return min(limits, default=None)


def _ticket_price(
    terms: SaleTerms, *, rank_id: int, price_type_id: int, channel_kind: str, now: datetime
) -> Decimal | None:
    """The grid's price unless an override of this performance holds now; the newest override wins."""
    price = terms.prices.get((rank_id, price_type_id))
    for override in terms.overrides.get((rank_id, price_type_id), ()):
        if (
            override.channel_kind in ("", channel_kind)
            and override.valid_from <= now
            and (override.valid_until is None or now < override.valid_until)
        ):
            price = override.price
    return price


def _reason(terms: SaleTerms, *, price_type: PriceTypeTerms, buyer: Buyer, now: datetime) -> str | None:
    """Why this buyer may have it, or None when a condition does not hold."""
    reason = "public"
    for condition in price_type.conditions:
        value = condition.value
        match condition.kind:
            case PriceCondition.Kind.CHANNEL:
                if buyer.channel_kind not in value.get("kinds", ()):
                    return None
            case PriceCondition.Kind.PERIOD:
                if not _within(value, now):
                    return None
            case PriceCondition.Kind.CODE:
                if not any(_opens(v, price_type, terms) for v in buyer.vouchers):
                    return None
                reason = "code"
            case PriceCondition.Kind.LABEL:
                day = timezone.localdate(terms.starts_at)
                if buyer.entitled.has_label(terms.house.id, str(value.get("code")), day=day):
                    reason = "label"
                elif buyer.entitled.opens(price_type.id, day=day):
                    reason = "entitlement"
                else:
                    return None
    return reason


def _within(value: Mapping[str, Any], now: datetime) -> bool:
    start, end = value.get("from"), value.get("until")
    return (not start or datetime.fromisoformat(start) <= now) and (not end or now < datetime.fromisoformat(end))


def _components(
    terms: SaleTerms,
    *,
    base: Decimal,
    price_type: PriceTypeTerms,
    buyer: Buyer,
    discount_by: VoucherTerms | None,
) -> tuple[Component, ...]:
    parts = [_component(terms, "ticket", price_type.name.data, base, terms.activity_class)]
    off = ZERO
    if discount_by is not None and base > 0:
        off = rounded(base * discount_by.value / 100) if discount_by.effect == "percent" else discount_by.value
        off = min(off, base)
        parts.append(_component(terms, "discount", {"en": discount_by.code}, -off, terms.activity_class))
    if base > off:  # a place that costs nothing has no fees either
        parts.extend(
            _component(terms, "fee", fee.name.data, fee.amount, fee.activity_class)
            for fee in terms.fees
            if fee.amount and fee.applies(channel_kind=buyer.channel_kind, family=price_type.family)
        )
    return tuple(parts)


def _component(terms: SaleTerms, kind: str, name: Any, gross: Decimal, activity_class: str) -> Component:
    vat = terms.vat.get(activity_class)
    if vat is None:
        raise NoVatRule
    names = name if isinstance(name, Mapping) else {"en": str(name)}
    return Component(kind=kind, name=dict(names), gross=gross, vat_rule=vat.rule_id, vat_rate=vat.rate)
