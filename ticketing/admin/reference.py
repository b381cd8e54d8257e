"""Reference tables: genres and VAT rules of the installation, labels, seasons and performers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin

from ticketing.admin.operating import OperationAdmin
from ticketing.models import Genre, Label, Performer, Season, VatRule
from ticketing.operations import reference


@admin.register(Genre)
class GenreAdmin(OperationAdmin):
    fields = ("code", "name", "position")
    made_with = ("code",)
    list_display = ("code", "name", "position")

    def make(self, values: dict[str, Any], now: datetime) -> Genre:
        return reference.create_genre(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Genre:
        return reference.update_genre(genre_id=pk, **values)


@admin.register(Label)
class LabelAdmin(OperationAdmin):
    fields = ("house", "code", "name")
    made_with = ("house", "code")
    list_display = ("code", "name", "house")
    list_filter = ("house",)
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> Label:
        return reference.create_label(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Label:
        return reference.update_label(label_id=pk, **values)


@admin.register(Season)
class SeasonAdmin(OperationAdmin):
    fields = ("house", "name", "starts_on", "ends_on")
    made_with = ("house",)
    list_display = ("name", "house", "starts_on", "ends_on")
    list_filter = ("house",)
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> Season:
        return reference.create_season(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Season:
        return reference.update_season(season_id=pk, **values)


@admin.register(Performer)
class PerformerAdmin(OperationAdmin):
    fields = ("name", "slug", "website")
    made_with = ("slug",)
    list_display = ("name", "website")
    search_fields = ("name",)

    def make(self, values: dict[str, Any], now: datetime) -> Performer:
        return reference.create_performer(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Performer:
        return reference.update_performer(performer_id=pk, **values)


@admin.register(VatRule)
class VatRuleAdmin(OperationAdmin):
    """Only the end of a rule is ever written afterwards: a new rate is a new rule."""

    fields = ("country", "activity_class", "rate", "valid_from", "valid_until", "source")
    made_with = ("country", "activity_class", "rate", "valid_from", "source")
    list_display = ("country", "activity_class", "rate", "valid_from", "valid_until")
    list_filter = ("country", "activity_class")

    def make(self, values: dict[str, Any], now: datetime) -> VatRule:
        return reference.add_vat_rule(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> VatRule:
        return reference.end_vat_rule(rule_id=pk, valid_until=values["valid_until"])
