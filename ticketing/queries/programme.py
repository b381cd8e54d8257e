"""What is on: the rows of an agenda, the cards of a rail, and one production with all its dates.

Each is one statement whatever the number of rows; free places and lowest prices come in one more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from ticketing.errors import TicketingError

Row = TypeVar("Row")

PAGE_SIZE = 30
LOW = 10


class ProductionNotFound(TicketingError):
    code = "production_not_found"
    message = _("We cannot find this production. It may have been moved; look it up in the agenda.")
    status = 404


@dataclass(frozen=True)
class Show:
    """One performance in a list."""

    id: int
    code: str
    house_id: int
    house_slug: str
    slug: str
    title: LazyI18nString
    subtitle: LazyI18nString
    genre: LazyI18nString
    hall: LazyI18nString
    venue: str
    starts_at: datetime
    state: str
    sales_from: datetime | None
    sales_until: datetime | None
    image: str
    image_alt: LazyI18nString


@dataclass(frozen=True)
class Card:
    """One production in a rail, at its first coming date."""

    production_id: int
    house_id: int
    house_slug: str
    slug: str
    title: LazyI18nString
    genre_code: str
    genre: LazyI18nString
    image: str
    image_alt: LazyI18nString
    hero: str
    starts_at: datetime
    dates: int
    performance_ids: tuple[int, ...]


@dataclass(frozen=True)
class AgendaIndex:
    """What an agenda can be narrowed by, and how each production is found by words."""

    genres: tuple[tuple[str, LazyI18nString], ...]
    labels: tuple[tuple[str, LazyI18nString], ...]
    months: tuple[date, ...]
    words: tuple[tuple[int, str], ...]

    def productions_with(self, query: str) -> list[int]:
        wanted = folded(query).split()
        return [production for production, words in self.words if all(word in words for word in wanted)]


@dataclass(frozen=True)
class AgendaWish:
    """How a visitor narrows the agenda. `productions` None is every production."""

    productions: tuple[int, ...] | None = None
    genre: str = ""
    label: str = ""
    month: date | None = None
    page: int = 1


@dataclass(frozen=True)
class AgendaPage:
    shows: tuple[Show, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True)
class PerformanceLine:
    """One date of a production on its own page."""

    id: int
    code: str
    starts_at: datetime
    doors_at: datetime | None
    state: str
    sales_from: datetime | None
    sales_until: datetime | None
    plan_version_id: int | None
    plan_variant: str
    hall: LazyI18nString
    venue: str
    street: str
    postcode: str
    city: str
    country: str
    note: LazyI18nString


@dataclass(frozen=True)
class ProductionPage:
    id: int
    slug: str
    title: LazyI18nString
    subtitle: LazyI18nString
    teaser: LazyI18nString
    description: LazyI18nString
    access: LazyI18nString
    genre_code: str
    genre: LazyI18nString
    duration_minutes: int | None
    has_interval: bool
    age_from: int | None
    spoken_language: str
    surtitles: str
    hero: str
    image: str
    image_alt: LazyI18nString
    credits: tuple[tuple[str, LazyI18nString], ...]
    performances: tuple[PerformanceLine, ...] = ()


# Left joins, so that a production without a picture is listed too; a house shows its default picture for it.
_PICTURE = """
LEFT JOIN ticketing_mediaasset m ON m.id = coalesce(pr.image_id, h.default_image_id)
LEFT JOIN ticketing_mediarendition {alias} ON {alias}.asset_id = m.id AND {alias}.spec = '{spec}'
"""

_AGENDA_SQL = f"""
SELECT p.id, p.code, p.house_id, h.slug, pr.slug, pr.title, pr.subtitle, g.name, ha.name, v.name, p.starts_at, p.state,
       p.sales_from, p.sales_until, coalesce(r.file, ''), coalesce(m.alt, ''), count(*) OVER ()
FROM ticketing_performance p
JOIN ticketing_production pr ON pr.id = p.production_id AND pr.state = 'online'
     AND (pr.online_at IS NULL OR pr.online_at <= %(now)s)
JOIN ticketing_house h ON h.id = p.house_id
JOIN ticketing_genre g ON g.id = pr.genre_id
JOIN ticketing_hall ha ON ha.id = p.hall_id
JOIN ticketing_venue v ON v.id = ha.venue_id
{_PICTURE.format(alias="r", spec="card-480")}
WHERE p.house_id = ANY(%(houses)s) AND p.state IN ('on_sale', 'cancelled') AND p.starts_at >= %(from)s
  AND (%(until)s::timestamptz IS NULL OR p.starts_at < %(until)s)
  AND (%(productions)s::bigint[] IS NULL OR p.production_id = ANY(%(productions)s))
  AND (%(genre)s = '' OR g.code = %(genre)s)
  AND (%(label)s = '' OR EXISTS (
        SELECT 1 FROM ticketing_production_labels pl JOIN ticketing_label l ON l.id = pl.label_id
        WHERE pl.production_id = pr.id AND l.code = %(label)s))
ORDER BY p.starts_at, p.id LIMIT %(limit)s OFFSET %(offset)s
"""


def agenda_page(house_ids: Iterable[int], wish: AgendaWish, *, now: datetime) -> AgendaPage:
    number = max(1, min(wish.page, 10_000))
    start, until = _month(wish.month) if wish.month else (now, None)
    values = {
        "houses": list(house_ids),
        "from": max(start, now),
        "until": until,
        "productions": None if wish.productions is None else list(wish.productions),
        "genre": wish.genre,
        "label": wish.label,
        "now": now,
        "limit": PAGE_SIZE,
        "offset": (number - 1) * PAGE_SIZE,
    }
    rows = _rows(_AGENDA_SQL, values)
    return AgendaPage(tuple(_made(Show, row) for row in rows), rows[0][-1] if rows else 0, number)


_INDEX_SQL = """
SELECT pr.id, pr.title, pr.subtitle, g.code, g.name,
       (SELECT string_agg(pe.name, ' ') FROM ticketing_credit c JOIN ticketing_performer pe ON pe.id = c.performer_id
        WHERE c.production_id = pr.id),
       (SELECT json_agg(json_build_array(l.code, l.name)) FROM ticketing_production_labels pl
        JOIN ticketing_label l ON l.id = pl.label_id WHERE pl.production_id = pr.id),
       array_agg(DISTINCT date_trunc('month', p.starts_at AT TIME ZONE %(zone)s)::date)
FROM ticketing_production pr
JOIN ticketing_genre g ON g.id = pr.genre_id
JOIN ticketing_performance p ON p.production_id = pr.id AND p.state IN ('on_sale', 'cancelled')
     AND p.starts_at >= %(now)s
WHERE p.house_id = ANY(%(houses)s) AND pr.state = 'online'
GROUP BY pr.id, g.id
ORDER BY g.position, g.code
"""


def agenda_index(house_ids: Iterable[int], *, now: datetime) -> AgendaIndex:
    rows = _rows(_INDEX_SQL, {"houses": list(house_ids), "now": now, "zone": timezone.get_current_timezone_name()})
    labels = {code: LazyI18nString(name) for row in rows for code, name in row[6] or ()}
    return AgendaIndex(
        genres=tuple({row[3]: LazyI18nString(row[4]) for row in rows}.items()),
        labels=tuple(sorted(labels.items())),
        months=tuple(sorted({month for row in rows for month in row[7]})),
        words=tuple(
            (row[0], folded(f"{_all_languages(row[1])} {_all_languages(row[2])} {row[5] or ''}")) for row in rows
        ),
    )


_CARDS_SQL = f"""
SELECT pr.id, h.id, h.slug, pr.slug, pr.title, g.code, g.name, coalesce(r.file, ''), coalesce(m.alt, ''),
       coalesce(w.file, ''), p.first, p.dates, p.ids
FROM ticketing_production pr
JOIN (SELECT production_id, min(starts_at) AS first, count(*) AS dates, array_agg(id) AS ids
      FROM ticketing_performance
      WHERE house_id = ANY(%(houses)s) AND state = 'on_sale' AND starts_at >= %(now)s GROUP BY production_id
     ) p ON p.production_id = pr.id
JOIN ticketing_house h ON h.id = pr.house_id
JOIN ticketing_genre g ON g.id = pr.genre_id
{_PICTURE.format(alias="r", spec="card-480")}
LEFT JOIN ticketing_mediarendition w ON w.asset_id = m.id AND w.spec = 'hero-1600'
WHERE pr.state = 'online' AND (pr.online_at IS NULL OR pr.online_at <= %(now)s)
ORDER BY p.first, pr.id LIMIT %(limit)s
"""


def coming_cards(house_ids: Iterable[int], *, now: datetime, limit: int = 60) -> tuple[Card, ...]:
    rows = _rows(_CARDS_SQL, {"houses": list(house_ids), "now": now, "limit": limit})
    return tuple(_made(Card, row) for row in rows)


_PRODUCTION_SQL = f"""
SELECT pr.id, pr.slug, pr.title, pr.subtitle, pr.teaser, pr.description, pr.access, g.code, g.name, pr.duration_minutes,
       pr.has_interval, pr.age_from, pr.spoken_language, pr.surtitles,
       coalesce(w.file, ''), coalesce(n.file, ''), coalesce(m.alt, ''),
       (SELECT json_agg(json_build_array(pe.name, c.role) ORDER BY c.position, c.id) FROM ticketing_credit c
        JOIN ticketing_performer pe ON pe.id = c.performer_id WHERE c.production_id = pr.id)
FROM ticketing_production pr
JOIN ticketing_house h ON h.id = pr.house_id
JOIN ticketing_genre g ON g.id = pr.genre_id
{_PICTURE.format(alias="w", spec="hero-1600")}
LEFT JOIN ticketing_mediarendition n ON n.asset_id = m.id AND n.spec = 'card-960'
WHERE pr.house_id = %(house)s AND pr.slug = %(slug)s AND pr.state = 'online'
  AND (pr.online_at IS NULL OR pr.online_at <= %(now)s)
"""

_DATES_SQL = """
SELECT p.id, p.code, p.starts_at, p.doors_at, p.state, p.sales_from, p.sales_until, p.plan_version_id, p.plan_variant,
       ha.name, v.name, v.street, v.postcode, v.city, v.country, p.note
FROM ticketing_performance p
JOIN ticketing_hall ha ON ha.id = p.hall_id JOIN ticketing_venue v ON v.id = ha.venue_id
WHERE p.production_id = %(production)s AND p.state IN ('on_sale', 'cancelled', 'postponed') AND p.starts_at >= %(from)s
ORDER BY p.starts_at, p.id
"""


def production_page(house_id: int, slug: str, *, now: datetime) -> ProductionPage:
    """A production with its coming dates, tonight's included, or ProductionNotFound."""
    rows = _rows(_PRODUCTION_SQL, {"house": house_id, "slug": slug, "now": now})
    if not rows:
        raise ProductionNotFound
    found = _made(ProductionPage, rows[0])
    dates = _rows(_DATES_SQL, {"production": found.id, "from": now - timedelta(hours=6)})
    return replace(
        found,
        credits=tuple((name, LazyI18nString(role)) for name, role in found.credits or ()),
        performances=tuple(_made(PerformanceLine, row) for row in dates),
    )


# The lowest price anybody may have without a condition, fees included: what `pricing.offers` says, for many at once.
_LOWEST_SQL = """
SELECT p.id, min(price.gross) FROM ticketing_performance p
JOIN ticketing_pricegridcell c ON c.version_id = p.price_grid_version_id
JOIN ticketing_pricetype t ON t.id = c.price_type_id AND NOT t.is_archived
LEFT JOIN LATERAL (
    SELECT o.price FROM ticketing_priceoverride o
    WHERE o.performance_id = p.id AND o.rank_id = c.rank_id AND o.price_type_id = c.price_type_id
      AND o.channel_kind IN ('', %(channel)s) AND o.valid_from <= %(now)s
      AND (o.valid_until IS NULL OR %(now)s < o.valid_until)
    ORDER BY o.valid_from DESC, o.id DESC LIMIT 1) o ON true
CROSS JOIN LATERAL (
    SELECT base + CASE WHEN base > 0 THEN coalesce((
        SELECT sum(f.amount) FROM ticketing_fee f
        WHERE f.house_id = p.house_id AND f.is_active
          AND (f.channel_kinds = '[]' OR f.channel_kinds ? %(channel)s) AND (f.families = '[]' OR f.families ? t.family)
      ), 0) ELSE 0 END AS gross
    FROM (SELECT coalesce(o.price, c.price) AS base) b) price
WHERE p.id = ANY(%(performances)s) AND NOT EXISTS (
    SELECT 1 FROM ticketing_pricecondition k WHERE k.price_type_id = t.id
      AND NOT (k.kind = 'channel' AND k.value->'kinds' ? %(channel)s) AND k.kind <> 'maximum')
GROUP BY p.id
"""


def lowest_prices(performance_ids: Iterable[int], *, now: datetime, channel_kind: str = "web") -> dict[int, Decimal]:
    """What anybody can have the cheapest place for through a channel: in the shop unless it is said."""
    values = {"performances": list(performance_ids), "now": now, "channel": channel_kind}
    return dict(_rows(_LOWEST_SQL, values))


def folded(text: str) -> str:
    """For finding: without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _words(title: str, subtitle: str, names: str) -> str:
    return folded(f"{_all_languages(title)} {_all_languages(subtitle)} {names}")


def _all_languages(stored: str) -> str:
    data = LazyI18nString(stored).data
    return " ".join(data.values()) if isinstance(data, dict) else str(data or "")


def _month(first: date) -> tuple[datetime, datetime]:
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    zone = timezone.get_current_timezone()
    return (
        datetime(first.year, first.month, 1, tzinfo=zone),
        datetime(following.year, following.month, 1, tzinfo=zone),
    )


def _made(kind: type[Row], row: tuple[Any, ...]) -> Row:
    """A row whose columns stand in the order of the dataclass; texts and files become what a screen needs."""
    values: dict[str, Any] = {}
    for field, value in zip(fields(kind), row, strict=False):  # type: ignore[arg-type] # a dataclass
        if field.type == "LazyI18nString":
            value = LazyI18nString(value)
        elif field.name in ("image", "hero"):
            value = _url(value)
        values[field.name] = value
    return kind(**values)


def _url(name: str) -> str:
    return default_storage.url(name) if name else ""


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
