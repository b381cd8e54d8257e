"""Venues and halls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin

from ticketing.admin.operating import OperationAdmin
from ticketing.models import Hall, Venue
from ticketing.operations import venues


@admin.register(Venue)
class VenueAdmin(OperationAdmin):
    fields = (
        "house", "slug", "name", "street", "postcode", "city", "country", "latitude", "longitude", "access",
    )  # fmt: skip
    made_with = ("house",)
    list_display = ("name", "house", "city")
    list_filter = ("house",)
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> Venue:
        return venues.create_venue(now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Venue:
        return venues.update_venue(venue_id=pk, now=now, **values)


@admin.register(Hall)
class HallAdmin(OperationAdmin):
    fields = ("venue", "code", "name", "licensed_capacity")
    made_with = ("venue",)
    list_display = ("__str__", "licensed_capacity")
    list_filter = ("venue__house",)
    list_select_related = ("venue",)

    def make(self, values: dict[str, Any], now: datetime) -> Hall:
        return venues.create_hall(now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Hall:
        return venues.update_hall(hall_id=pk, now=now, **values)
