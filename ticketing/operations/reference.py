"""Builds the reference tables: genres and VAT rules of the installation; labels, seasons and performers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from ticketing.models import Genre, House, Label, Performer, Season, VatRule
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.houses import programme_changed


@transaction.atomic
def create_genre(*, code: str, name: Text, position: int = 0) -> Genre:
    genre = Genre()
    write_fields(genre, {"code": code, "name": name, "position": position})
    return genre


@transaction.atomic
def update_genre(*, genre_id: int, name: Text, position: int) -> Genre:
    genre = Genre.objects.select_for_update().get(pk=genre_id)
    write_fields(genre, {"name": name, "position": position})
    programme_changed(*House.objects.filter(productions__genre=genre).values_list("pk", flat=True))
    return genre


@transaction.atomic
def create_label(*, house: House, code: str, name: Text) -> Label:
    label = Label()
    write_fields(label, {"house": house, "code": code, "name": name})
    return label


@transaction.atomic
def update_label(*, label_id: int, name: Text) -> Label:
    label = Label.objects.select_for_update().get(pk=label_id)
    write_fields(label, {"name": name})
    programme_changed(label.house_id)
    return label


@transaction.atomic
def create_season(*, house: House, name: str, starts_on: date, ends_on: date) -> Season:
    season = Season()
    write_fields(season, {"house": house, "name": name, "starts_on": starts_on, "ends_on": ends_on})
    return season


@transaction.atomic
def update_season(*, season_id: int, name: str, starts_on: date, ends_on: date) -> Season:
    season = Season.objects.select_for_update().get(pk=season_id)
    write_fields(season, {"name": name, "starts_on": starts_on, "ends_on": ends_on})
    programme_changed(season.house_id)
    return season


@transaction.atomic
def create_performer(*, name: str, slug: str = "", website: str = "") -> Performer:
    performer = Performer()
    write_fields(performer, {"name": name, "slug": slug or slugify(name), "website": website})
    return performer


@transaction.atomic
def update_performer(*, performer_id: int, name: str, website: str = "") -> Performer:
    performer = Performer.objects.select_for_update().get(pk=performer_id)
    write_fields(performer, {"name": name, "website": website})
    programme_changed(*House.objects.filter(productions__performers=performer).values_list("pk", flat=True))
    return performer


@transaction.atomic
def add_vat_rule(
    *,
    country: str,
    activity_class: str,
    rate: Decimal,
    valid_from: date,
    valid_until: date | None = None,
    source: str = "",
) -> VatRule:
    rule = VatRule()
    values = {"country": country, "activity_class": activity_class, "rate": rate, "source": source}
    write_fields(rule, {**values, "valid_from": valid_from, "valid_until": valid_until})
    programme_changed(*House.objects.filter(country=country).values_list("pk", flat=True))
    return rule


@transaction.atomic
def end_vat_rule(*, rule_id: int, valid_until: date) -> VatRule:
    """A rate never changes: the old rule ends and a new one begins."""
    rule = VatRule.objects.select_for_update().get(pk=rule_id)
    write_fields(rule, {"valid_until": valid_until})
    programme_changed(*House.objects.filter(country=rule.country).values_list("pk", flat=True))
    return rule
