"""What a house offers, for its own website and its partners: performances in order of date, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection
from i18nfield.strings import LazyI18nString

from ticketing.queries.terms import PerformanceNotFound


@dataclass(frozen=True)
class Offering:
    """One performance and its production; a stranger to every database key but `id`, which stays inside."""

    id: int
    code: str
    production: str
    title: LazyI18nString
    subtitle: LazyI18nString
    teaser: LazyI18nString
    description: LazyI18nString
    genre_code: str
    genre: LazyI18nString
    hall: LazyI18nString
    venue: str
    city: str
    starts_at: datetime
    doors_at: datetime | None
    ends_at: datetime | None
    state: str
    sales_from: datetime | None
    sales_until: datetime | None
    duration_minutes: int | None
    age_from: int | None
    image: str
    image_alt: LazyI18nString


@dataclass(frozen=True)
class OfferingWish:
    """How a list is narrowed; `after` is the (moment, code) of the last row seen."""

    since: datetime
    until: datetime | None = None
    genre: str = ""
    production: str = ""
    on_sale: bool | None = None
    after: tuple[datetime, str] | None = None
    limit: int = 30


_SELECT = """
SELECT p.id, p.code, pr.slug, pr.title, pr.subtitle, pr.teaser, pr.description, g.code, g.name, ha.name, v.name, v.city,
       p.starts_at, p.doors_at, p.ends_at, p.state, p.sales_from, p.sales_until, pr.duration_minutes, pr.age_from,
       coalesce(r.file, ''), coalesce(m.alt, '')
FROM ticketing_performance p
JOIN ticketing_production pr ON pr.id = p.production_id AND pr.state = 'online'
     AND (pr.online_at IS NULL OR pr.online_at <= %(now)s)
JOIN ticketing_house h ON h.id = p.house_id AND h.is_active
JOIN ticketing_genre g ON g.id = pr.genre_id
JOIN ticketing_hall ha ON ha.id = p.hall_id
JOIN ticketing_venue v ON v.id = ha.venue_id
LEFT JOIN ticketing_mediaasset m ON m.id = coalesce(pr.image_id, h.default_image_id)
LEFT JOIN ticketing_mediarendition r ON r.asset_id = m.id AND r.spec = 'card-960'
WHERE p.house_id = %(house)s AND p.state <> 'draft'
"""

_LIST = (
    _SELECT
    + """
  AND p.starts_at >= %(since)s AND (%(until)s::timestamptz IS NULL OR p.starts_at < %(until)s)
  AND (%(genre)s = '' OR g.code = %(genre)s) AND (%(production)s = '' OR pr.slug = %(production)s)
  AND (%(on_sale)s::boolean IS NULL OR %(on_sale)s = (
        p.state = 'on_sale' AND (p.sales_from IS NULL OR p.sales_from <= %(now)s)
        AND %(now)s < coalesce(p.sales_until, p.starts_at)))
  AND (%(after_at)s::timestamptz IS NULL OR (p.starts_at, p.code) > (%(after_at)s, %(after_code)s))
ORDER BY p.starts_at, p.code LIMIT %(limit)s
"""
)
_ONE = _SELECT + "AND p.code = %(code)s"
_TEXTS = frozenset({"title", "subtitle", "teaser", "description", "genre", "hall", "image_alt"})


def offerings(house_id: int, wish: OfferingWish, *, now: datetime) -> list[Offering]:
    after_at, after_code = wish.after or (None, None)
    values = {
        "house": house_id,
        "now": now,
        "since": wish.since,
        "until": wish.until,
        "genre": wish.genre,
        "production": wish.production,
        "on_sale": wish.on_sale,
        "after_at": after_at,
        "after_code": after_code,
        "limit": wish.limit,
    }
    return _rows(_LIST, values)


def offering(house_id: int, code: str, *, now: datetime) -> Offering:
    found = _rows(_ONE, {"house": house_id, "now": now, "code": code})
    if not found:
        raise PerformanceNotFound
    return found[0]


def _rows(sql: str, values: dict[str, Any]) -> list[Offering]:
    names = list(Offering.__dataclass_fields__)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [_made(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _made(values: dict[str, Any]) -> Offering:
    for name in _TEXTS:
        values[name] = LazyI18nString(values[name])
    values["image"] = default_storage.url(values["image"]) if values["image"] else ""
    return Offering(**values)
