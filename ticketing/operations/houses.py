"""Builds and changes a house: who it is, what it looks like, through which channels it sells, who works for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import (
    Cluster,
    House,
    HouseDomain,
    MediaAsset,
    Membership,
    PaymentAccount,
    SalesChannel,
)
from ticketing.operations.fields import Text, write_fields
from ticketing.operations.logos import check_logo
from ticketing.queries.domains import forget_hosts, own_host

# Names only: a pattern would let anybody's name in.
HOST = re.compile(r"(?=.{4,200}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


class HostUnfit(TicketingError):
    code = "host_unfit"
    message = _("A house's own host is a name such as tickets.example.org, and not the one of this installation.")


class HouseDetails(TypedDict, total=False):
    cluster: Cluster | None
    slug: str
    name: str
    legal_name: str
    tagline: Text
    about: Text
    country: str
    languages: list[str]
    default_language: str
    email: str
    phone: str
    street: str
    postcode: str
    city: str
    enterprise_number: str
    vat_number: str
    accent: str
    display_font: str
    logo_light: Any
    logo_dark: Any
    default_image: MediaAsset | None
    hold_minutes: int
    max_places_per_order: int
    cancel_until_hours: int | None
    payment_minutes: int
    terms: Text
    privacy_notice: Text
    practical: Text
    order_prefix: str
    is_active: bool


def programme_changed(*house_ids: int) -> None:
    """Called in the transaction of every change a buyer can see: caches are keyed by this number."""
    House.objects.filter(pk__in=house_ids).update(programme_version=F("programme_version") + 1)


@transaction.atomic
def create_cluster(*, slug: str, name: str) -> Cluster:
    cluster = Cluster()
    write_fields(cluster, {"slug": slug, "name": name})
    return cluster


@transaction.atomic
def update_cluster(*, cluster_id: int, slug: str, name: str) -> Cluster:
    cluster = Cluster.objects.select_for_update().get(pk=cluster_id)
    write_fields(cluster, {"slug": slug, "name": name})
    programme_changed(*cluster.houses.values_list("pk", flat=True))
    return cluster


@transaction.atomic
def create_house(*, now: datetime, **details: Unpack[HouseDetails]) -> House:
    """A house and the two channels every house has: its webshop and the API."""
    _check_logos(details)
    house = House(languages=["nl", "fr", "en"])
    write_fields(house, details)
    create_channel(house=house, code="web", kind=SalesChannel.Kind.WEB, name="Webshop")
    create_channel(house=house, code="api", kind=SalesChannel.Kind.API, name="API")
    return house


@transaction.atomic
def update_house(*, house_id: int, now: datetime, **changes: Unpack[HouseDetails]) -> House:
    _check_logos(changes)
    house = House.objects.select_for_update().get(pk=house_id)
    write_fields(house, changes)
    programme_changed(house.pk)
    house.refresh_from_db(fields=["programme_version"])
    return house


def _check_logos(details: HouseDetails) -> None:
    for file in (details.get("logo_light"), details.get("logo_dark")):
        # A form sends back what is stored already.
        if file and not isinstance(file, FieldFile):
            check_logo(file.name, file)


@transaction.atomic
def create_channel(*, house: House, code: str, kind: str, name: str, is_active: bool = True) -> SalesChannel:
    channel = SalesChannel()
    write_fields(channel, {"house": house, "code": code, "kind": kind, "name": name, "is_active": is_active})
    programme_changed(house.pk)
    return channel


@transaction.atomic
def update_channel(*, channel_id: int, name: str, is_active: bool) -> SalesChannel:
    channel = SalesChannel.objects.select_for_update(of=("self",)).get(pk=channel_id)
    write_fields(channel, {"name": name, "is_active": is_active})
    programme_changed(channel.house_id)
    return channel


@transaction.atomic
def add_domain(*, house: House, host: str) -> HouseDomain:
    """A host of its own. Raises HostUnfit for what is no name, or the installation's own."""
    name = host.strip().lower()
    if not HOST.fullmatch(name) or name == own_host():
        raise HostUnfit
    domain = HouseDomain()
    write_fields(domain, {"house": house, "host": name})
    programme_changed(house.pk)
    transaction.on_commit(forget_hosts)
    return domain


@transaction.atomic
def remove_domain(*, domain_id: int) -> None:
    domain = HouseDomain.objects.get(pk=domain_id)
    domain.delete()
    programme_changed(domain.house_id)
    transaction.on_commit(forget_hosts)


@transaction.atomic
def add_member(*, user: User, house: House, role: str, valid_until: date | None = None) -> Membership:
    membership = Membership()
    write_fields(membership, {"user": user, "house": house, "role": role, "valid_until": valid_until})
    return membership


@transaction.atomic
def remove_member(*, membership_id: int) -> None:
    Membership.objects.filter(pk=membership_id).delete()


@transaction.atomic
def open_payment_account(
    *, house: House, provider: str, name: str, settings: Mapping[str, Any], methods: Sequence[str] = ()
) -> PaymentAccount:
    account = PaymentAccount()
    values = {"house": house, "provider": provider, "name": name, "settings": settings, "methods": list(methods)}
    write_fields(account, values)
    programme_changed(house.pk)
    return account


@transaction.atomic
def close_payment_account(*, account_id: int) -> None:
    account = PaymentAccount.objects.select_for_update().get(pk=account_id)
    write_fields(account, {"is_active": False})
    programme_changed(account.house_id)
