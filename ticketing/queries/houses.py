"""A house as its shop shows it, in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.storage import default_storage
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
    cluster_slug: str
    cluster_name: str
    hold_minutes: int


_FIELDS = (
    "id", "slug", "name", "legal_name", "tagline", "about", "languages", "default_language", "email", "phone",
    "street", "postcode", "city", "enterprise_number", "accent", "display_font", "logo_light", "logo_dark",
    "programme_version", "cluster_id", "cluster__slug", "cluster__name", "hold_minutes",
)  # fmt: skip


def shop_house(slug: str) -> ShopHouse:
    """The house at an address, or HouseNotFound."""
    row = House.objects.filter(slug=slug, is_active=True).values_list(*_FIELDS).first()
    if row is None:
        raise HouseNotFound
    return _house(row)


def shop_houses() -> tuple[ShopHouse, ...]:
    """Every house that sells here, by name."""
    return tuple(_house(row) for row in House.objects.filter(is_active=True).order_by("name").values_list(*_FIELDS))


def house_texts(house_id: int, field: str) -> LazyI18nString:
    """One of the long texts of a house: terms, privacy_notice or practical."""
    text: LazyI18nString = House.objects.values_list(field, flat=True).get(id=house_id)
    return text


def _house(row: tuple[object, ...]) -> ShopHouse:
    values = {name.replace("__", "_"): value for name, value in zip(_FIELDS, row, strict=True)}
    values["languages"] = tuple(values["languages"] or ("nl", "fr", "en"))  # type: ignore[arg-type] # JSON list
    for logo in ("logo_light", "logo_dark"):
        name = values[logo]
        values[logo] = default_storage.url(str(name)) if name else ""
    values["cluster_slug"] = values["cluster_slug"] or ""
    values["cluster_name"] = values["cluster_name"] or ""
    return ShopHouse(**values)  # type: ignore[arg-type] # a row of _FIELDS in their order
