"""The terms of a sale: everything about one performance that decides what may be sold to whom at what price.

What they are stands here; how they are read, and kept for as long as they hold, in `kept_terms`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from ticketing.errors import TicketingError
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
