"""The terms of a sale: everything about one performance that decides what may be sold to whom at what price.

Compiled once per performance and version of its house's programme, then kept in the process: the version is read
fresh with every request, so what is kept can never be older than what is in the database.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from threading import Lock
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from ticketing.errors import TicketingError
from ticketing.models import (
    Contingent,
    Fee,
    House,
    PaymentAccount,
    Performance,
    PriceGridCell,
    PriceOverride,
    PriceType,
    SalesChannel,
    VatRule,
)
from ticketing.queries.plans import plan_of
from ticketing.queries.selling import is_on_sale
from ticketing.seating.compiled import CompiledPlan


class PerformanceNotFound(TicketingError):
    code = "performance_not_found"
    message = _("We cannot find this performance. It may have been moved; look it up in the agenda.")
    status = 404


class SalesClosed(TicketingError):
    code = "sales_closed"
    message = _("This performance is not on sale at the moment.")
    status = 409


@dataclass(frozen=True)
class Condition:
    kind: str
    value: Mapping[str, Any]


@dataclass(frozen=True)
class PriceTypeTerms:
    """Archived ones are offered to nobody, but baskets and orders may have them still."""

    id: int
    code: str
    letter: str
    name: LazyI18nString
    explanation: LazyI18nString
    family: str
    conditions: tuple[Condition, ...]
    is_archived: bool = False

    def condition(self, kind: str) -> Mapping[str, Any] | None:
        return next((condition.value for condition in self.conditions if condition.kind == kind), None)


@dataclass(frozen=True)
class RankTerms:
    id: int
    code: str
    name: LazyI18nString
    tone: int


@dataclass(frozen=True)
class FeeTerms:
    name: LazyI18nString
    amount: Decimal
    activity_class: str
    channel_kinds: tuple[str, ...]
    families: tuple[str, ...]

    def applies(self, *, channel_kind: str, family: str) -> bool:
        return (not self.channel_kinds or channel_kind in self.channel_kinds) and (
            not self.families or family in self.families
        )


@dataclass(frozen=True)
class VatTerms:
    rule_id: int
    rate: Decimal


@dataclass(frozen=True)
class Override:
    price: Decimal
    channel_kind: str
    valid_from: datetime
    valid_until: datetime | None


@dataclass(frozen=True)
class ContingentTerms:
    id: int
    name: LazyI18nString
    ranks: frozenset[str]
    areas: frozenset[str]
    places: frozenset[str]
    channels: frozenset[str]
    is_capped: bool
    release_at: datetime | None

    def covers(self, *, rank: str, area: str, place: str) -> bool:
        return (
            (not self.ranks or rank in self.ranks)
            and (not self.areas or area in self.areas)
            and (not self.places or place in self.places)
        )

    def is_released(self, now: datetime) -> bool:
        return self.release_at is not None and self.release_at <= now

    def leaves_out(self, channel_kind: str) -> bool:
        return channel_kind not in self.channels


@dataclass(frozen=True)
class HouseTerms:
    id: int
    slug: str
    name: str
    cluster_id: int | None
    country: str
    languages: tuple[str, ...]
    order_prefix: str
    hold_minutes: int
    payment_minutes: int
    max_places: int
    cancel_until_hours: int | None
    channels: Mapping[str, int]
    payment_methods: tuple[str, ...]


@dataclass(frozen=True)
class SaleTerms:
    performance_id: int
    code: str
    production_id: int
    production_slug: str
    title: LazyI18nString
    subtitle: LazyI18nString
    hall: LazyI18nString
    venue: str
    starts_at: datetime
    doors_at: datetime | None
    ends_at: datetime | None
    state: str
    sales_from: datetime | None
    sales_until: datetime | None
    plan_version_id: int | None
    plan_variant: str
    activity_class: str
    max_places: int
    refuse_orphans: bool
    house: HouseTerms
    ranks: Mapping[int, RankTerms]
    price_types: Mapping[int, PriceTypeTerms]
    prices: Mapping[tuple[int, int], Decimal]
    overrides: Mapping[tuple[int, int], tuple[Override, ...]]
    fees: tuple[FeeTerms, ...]
    vat: Mapping[str, VatTerms]
    contingents: tuple[ContingentTerms, ...]
    programme_version: int
    # What follows from these terms alone, worked out once by whoever needs it.
    worked_out: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def require_on_sale(self, now: datetime) -> None:
        if not is_on_sale(self, now=now):
            raise SalesClosed

    @property
    def plan(self) -> CompiledPlan:
        if self.plan_version_id is None:
            raise SalesClosed
        return plan_of(self.plan_version_id, self.plan_variant)

    def price_type_by_code(self, code: str) -> PriceTypeTerms | None:
        return next((kind for kind in self.price_types.values() if kind.code == code), None)


_KEPT = 512
_kept: OrderedDict[int, SaleTerms] = OrderedDict()
_kept_codes: dict[str, int] = {}
_kept_lock = Lock()

_VERSION_SQL = """
SELECT p.id, h.programme_version FROM ticketing_performance p JOIN ticketing_house h ON h.id = p.house_id
WHERE p.code = %s AND h.is_active
"""


def sale_terms(code: str) -> SaleTerms:
    """One statement when the terms are known, some more the first time after a change of the programme."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION_SQL, [code])
        row = cursor.fetchone()
    if row is None:
        raise PerformanceNotFound
    return terms_at(*row)


def known_terms(code: str) -> SaleTerms | None:
    """The terms as this process last saw them: only for a statement that checks their version itself."""
    with _kept_lock:
        return _kept.get(_kept_codes.get(code, 0))


def lock_programme(house_id: int) -> None:
    """Until the transaction ends, the programme of this house stays as it is; others may lock it so as well."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM ticketing_house WHERE id = %s FOR SHARE", [house_id])


def sale_terms_of(performance_ids: Iterable[int]) -> dict[int, SaleTerms]:
    """The terms of several performances, one statement when all are known."""
    ids = sorted(set(performance_ids))
    if not ids:
        return {}
    rows = Performance.objects.filter(id__in=ids).values_list("id", "house__programme_version")
    return {performance_id: terms_at(performance_id, version) for performance_id, version in rows}


def terms_at(performance_id: int, programme_version: int) -> SaleTerms:
    with _kept_lock:
        terms = _kept.get(performance_id)
        if terms is not None and terms.programme_version == programme_version:
            _kept.move_to_end(performance_id)
            return terms
    terms = _compile(performance_id)
    with _kept_lock:
        _kept[performance_id] = terms
        _kept_codes[terms.code] = performance_id
        _kept.move_to_end(performance_id)
        while len(_kept) > _KEPT:
            _oldest, dropped = _kept.popitem(last=False)
            del _kept_codes[dropped.code]
    return terms


def forget_terms() -> None:
    """For who works in another database from now on."""
    with _kept_lock:
        _kept.clear()
        _kept_codes.clear()


def _compile(performance_id: int) -> SaleTerms:
    performance = Performance.objects.select_related("production", "house", "hall__venue").get(id=performance_id)
    house = performance.house
    cells = list(
        PriceGridCell.objects.filter(version_id=performance.price_grid_version_id)
        .select_related("rank")
        .order_by("rank__position", "rank_id", "price_type__position", "price_type_id")
    )
    return SaleTerms(
        performance_id=performance.id,
        code=performance.code,
        production_id=performance.production_id,
        production_slug=performance.production.slug,
        title=performance.production.title,
        subtitle=performance.production.subtitle,
        hall=performance.hall.name,
        venue=performance.hall.venue.name,
        starts_at=performance.starts_at,
        doors_at=performance.doors_at,
        ends_at=performance.ends_at,
        state=performance.state,
        sales_from=performance.sales_from,
        sales_until=performance.sales_until,
        plan_version_id=performance.plan_version_id,
        plan_variant=performance.plan_variant,
        activity_class=performance.production.activity_class,
        max_places=performance.max_places_per_order or house.max_places_per_order,
        refuse_orphans=performance.refuse_orphans,
        house=_house_terms(house),
        ranks={cell.rank_id: RankTerms(cell.rank.id, cell.rank.code, cell.rank.name, cell.rank.tone) for cell in cells},
        price_types=_price_type_terms(house),
        prices={(cell.rank_id, cell.price_type_id): cell.price for cell in cells},
        overrides=_overrides(performance),
        fees=_fee_terms(house),
        vat=_vat_terms(house.country, performance.starts_at),
        contingents=_contingent_terms(performance),
        programme_version=house.programme_version,
    )


def _house_terms(house: House) -> HouseTerms:
    accounts = PaymentAccount.objects.filter(house=house, is_active=True).order_by("id")
    channels = SalesChannel.objects.filter(house=house, is_active=True).order_by("-id")
    return HouseTerms(
        id=house.id,
        slug=house.slug,
        name=house.name,
        cluster_id=house.cluster_id,
        country=house.country,
        languages=tuple(house.languages),
        order_prefix=house.order_prefix,
        hold_minutes=house.hold_minutes,
        payment_minutes=house.payment_minutes,
        max_places=house.max_places_per_order,
        cancel_until_hours=house.cancel_until_hours,
        channels={channel.kind: channel.id for channel in channels},
        payment_methods=tuple(accounts.values_list("methods", flat=True).first() or ()),
    )


def _price_type_terms(house: House) -> dict[int, PriceTypeTerms]:
    return {
        kind.id: PriceTypeTerms(
            id=kind.id,
            code=kind.code,
            letter=kind.letter,
            name=kind.name,
            explanation=kind.explanation,
            family=kind.family,
            conditions=tuple(Condition(row.kind, row.value) for row in kind.conditions.all()),
            is_archived=kind.is_archived,
        )
        for kind in PriceType.objects.filter(house=house).prefetch_related("conditions")
    }


def _overrides(performance: Performance) -> dict[tuple[int, int], tuple[Override, ...]]:
    found: defaultdict[tuple[int, int], list[Override]] = defaultdict(list)
    for row in PriceOverride.objects.filter(performance=performance).order_by("valid_from", "id"):
        found[row.rank_id, row.price_type_id].append(
            Override(row.price, row.channel_kind, row.valid_from, row.valid_until)
        )
    return {key: tuple(rows) for key, rows in found.items()}


def _fee_terms(house: House) -> tuple[FeeTerms, ...]:
    return tuple(
        FeeTerms(fee.name, fee.amount, fee.activity_class, tuple(fee.channel_kinds), tuple(fee.families))
        for fee in Fee.objects.filter(house=house, is_active=True).order_by("id")
    )


def _contingent_terms(performance: Performance) -> tuple[ContingentTerms, ...]:
    return tuple(
        ContingentTerms(
            id=row.id,
            name=row.name,
            ranks=frozenset(row.rule.get("ranks", ())),
            areas=frozenset(row.rule.get("areas", ())),
            places=frozenset(row.rule.get("places", ())),
            channels=frozenset(row.channels),
            is_capped=row.cap is not None,
            release_at=row.release_at,
        )
        for row in Contingent.objects.filter(performance=performance).order_by("id")
    )


def _vat_terms(country: str, starts_at: datetime) -> dict[str, VatTerms]:
    day = timezone.localdate(starts_at)
    rules = VatRule.objects.filter(country=country, valid_from__lte=day).order_by("valid_from")
    return {
        rule.activity_class: VatTerms(rule.id, rule.rate)
        for rule in rules
        if rule.valid_until is None or rule.valid_until >= day
    }
