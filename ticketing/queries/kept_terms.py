"""The terms of a sale as they are read, and kept in the process by the version of their house's programme.

Every statement that sells checks that version, so what is kept may be old and is never sold under (docs/adr/0015).
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from datetime import datetime
from threading import Lock

from django.db import connection
from django.utils import timezone

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
from ticketing.queries.terms import (
    Condition,
    ContingentTerms,
    FeeTerms,
    HouseTerms,
    Override,
    PerformanceNotFound,
    PriceTypeTerms,
    RankTerms,
    SaleTerms,
    VatTerms,
)

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
    """What `cache_clear` is to a cached function: for a process that turns to another database, as browser tests do."""
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
