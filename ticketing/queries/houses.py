"""A house as its shop shows it, in one statement."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from ticketing.errors import TicketingError
from ticketing.models import House


class HouseNotFound(TicketingError):
    code = "house_not_found"
    message = _("There is no house at this address.")
    status = 404


@dataclass(frozen=True)
class ShopHouse:
    id: int
    slug: str
    name: str
    legal_name: str
    tagline: LazyI18nString
    about: LazyI18nString
    languages: tuple[str, ...]
    default_language: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    enterprise_number: str
    accent: str
    display_font: str
    logo_light: str
    logo_dark: str
    programme_version: int
    cluster_id: int | None
    cluster_name: str
    hold_minutes: int


# Asked with every page, so written out: the ORM would take longer to compose it than PostgreSQL to answer it.
_SQL = """
SELECT h.id, h.slug, h.name, h.legal_name, h.tagline, h.about, h.languages::text, h.default_language, h.email, h.phone,
       h.street, h.postcode, h.city, h.enterprise_number, h.accent, h.display_font, h.logo_light, h.logo_dark,
       h.programme_version, h.cluster_id, coalesce(c.name, ''), h.hold_minutes
FROM ticketing_house h
LEFT JOIN ticketing_cluster c ON c.id = h.cluster_id
WHERE h.is_active
"""


def shop_house(slug: str) -> ShopHouse:
    """The house at an address, or HouseNotFound."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SQL} AND h.slug = %s", [slug])
        row = cursor.fetchone()
    if row is None:
        raise HouseNotFound
    return _house(row)


def shop_houses() -> tuple[ShopHouse, ...]:
    """Every house that sells here, by name."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_SQL} ORDER BY h.name")
        return tuple(_house(row) for row in cursor.fetchall())


def house_texts(house_id: int, field: str) -> LazyI18nString:
    """One of the long texts of a house: terms, privacy_notice or practical."""
    text: LazyI18nString = House.objects.values_list(field, flat=True).get(id=house_id)
    return text


@lru_cache(maxsize=256)
def _house(row: tuple[Any, ...]) -> ShopHouse:
    """A house that has not changed since the last page is the same object."""
    found = ShopHouse(*row)
    return replace(
        found,
        tagline=LazyI18nString(found.tagline),
        about=LazyI18nString(found.about),
        languages=tuple(json.loads(row[6]) or ("nl", "fr", "en")),
        logo_light=_address(found.logo_light),
        logo_dark=_address(found.logo_dark),
    )


def _address(file: str) -> str:
    return default_storage.url(file) if file else ""
