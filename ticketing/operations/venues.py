"""Builds venues and halls. A hall's licensed capacity is the ceiling for everything sold in it."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from ticketing.models import Hall, House, Venue
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.houses import programme_changed


class VenueDetails(TypedDict, total=False):
    slug: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    latitude: float | None
    longitude: float | None
    access: Text


class HallDetails(TypedDict, total=False):
    code: str
    name: Text
    licensed_capacity: int


@transaction.atomic
def create_venue(*, house: House, now: datetime, **details: Unpack[VenueDetails]) -> Venue:
    venue = Venue(house=house)
    write_fields(venue, details)
    return venue


@transaction.atomic
def update_venue(*, venue_id: int, now: datetime, **changes: Unpack[VenueDetails]) -> Venue:
    venue = Venue.objects.select_for_update().get(pk=venue_id)
    write_fields(venue, changes)
    programme_changed(venue.house_id)
    return venue


@transaction.atomic
def create_hall(*, venue: Venue, now: datetime, **details: Unpack[HallDetails]) -> Hall:
    hall = Hall(venue=venue)
    write_fields(hall, details)
    return hall


@transaction.atomic
def update_hall(*, hall_id: int, now: datetime, **changes: Unpack[HallDetails]) -> Hall:
    hall = Hall.objects.select_for_update(of=("self",)).select_related("venue").get(pk=hall_id)
    write_fields(hall, changes)
    programme_changed(hall.venue.house_id)
    return hall
