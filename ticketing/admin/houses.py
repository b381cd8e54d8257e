"""Clusters, houses, their channels, domains, members and payment accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ticketing.admin.operating import OperationAdmin
from ticketing.models import Cluster, House, HouseDomain, Membership, PaymentAccount, SalesChannel
from ticketing.operations import houses
from ticketing.theme import DARK, LIGHT, Ground, Palette, house_theme

LANGUAGES = (("nl", "Nederlands"), ("fr", "Français"), ("en", "English"))
METHODS = tuple(
    (name, name) for name in ("bancontact", "wero", "ideal", "kbc", "belfius", "creditcard", "banktransfer")
)

# A drawing, because a page takes no style that stands in it.
SAMPLE = (
    '<svg width="200" height="112" viewBox="0 0 200 112" role="img" aria-label="{name}: {accent}">'
    '<rect width="200" height="112" rx="8" fill="{ground}"/>'
    '<text x="16" y="32" font-size="15" fill="{text}">{name}</text>'
    '<rect x="16" y="48" width="168" height="44" rx="8" fill="{accent}"/>'
    '<text x="28" y="76" font-size="15" font-weight="600" fill="{ink}">{accent}</text></svg>'
)


def _sample(name: str, ground: Ground, palette: Palette) -> dict[str, str]:
    return {
        "name": name,
        "ground": ground.backgrounds[0],
        "text": palette.accent_text,
        "accent": palette.accent,
        "ink": palette.accent_ink,
    }


@admin.register(Cluster)
class ClusterAdmin(OperationAdmin):
    fields = ("name", "slug")
    list_display = ("name", "slug")

    def make(self, values: dict[str, Any], now: datetime) -> Cluster:
        return houses.create_cluster(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Cluster:
        return houses.update_cluster(cluster_id=pk, **values)


@admin.register(House)
class HouseAdmin(OperationAdmin):
    list_display = ("name", "slug", "cluster", "city", "is_active")
    list_filter = ("cluster", "is_active")
    search_fields = ("name", "slug", "city")
    lists = {"languages": LANGUAGES}
    readonly_fields = ("colours",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "legal_name", "cluster", "is_active", "tagline", "about")}),
        (_("Languages"), {"fields": ("languages", "default_language", "country")}),
        (
            _("Address"),
            {"fields": ("email", "phone", "street", "postcode", "city", "enterprise_number", "vat_number")},
        ),
        (_("Look"), {"fields": ("accent", "colours", "display_font", "logo_light", "logo_dark", "default_image")}),
        (
            _("Selling"),
            {
                "fields": (
                    "order_prefix",
                    "hold_minutes",
                    "payment_minutes",
                    "max_places_per_order",
                    "cancel_until_hours",
                )
            },
        ),
        (_("Texts"), {"fields": ("terms", "privacy_notice", "practical")}),
    )

    @admin.display(description=_("Colours of the shop"))
    def colours(self, house: House) -> str:
        theme = house_theme(house.accent)
        words = _("Changed in light or dark, so that everybody can read them.") if theme.adjusted else _("As chosen.")
        shown = ((gettext("Light"), LIGHT, theme.light), (gettext("Dark"), DARK, theme.dark))
        samples = (format_html(SAMPLE, **_sample(*one)) for one in shown)
        side_by_side = format_html_join("", "{}", ((sample,) for sample in samples))
        return format_html('<p>{}</p><div class="flex flex-wrap gap-4 py-2">{}</div>', words, side_by_side)

    def make(self, values: dict[str, Any], now: datetime) -> House:
        return houses.create_house(now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> House:
        return houses.update_house(house_id=pk, now=now, **values)


@admin.register(SalesChannel)
class SalesChannelAdmin(OperationAdmin):
    fields = ("house", "code", "kind", "name", "is_active")
    made_with = ("house", "code", "kind")
    list_display = ("house", "code", "kind", "is_active")
    list_filter = ("house", "kind")
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> SalesChannel:
        return houses.create_channel(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> SalesChannel:
        return houses.update_channel(channel_id=pk, **values)


class MadeOnce(OperationAdmin):
    """Made and taken away, never changed."""

    actions = ("take_away",)

    def remove(self, pk: Any) -> None:
        raise NotImplementedError

    @admin.action(description=_("Take away"), permissions=["change"])
    def take_away(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self.act(request, chosen, lambda row: self.remove(row.pk), gettext("Taken away"))


@admin.register(HouseDomain)
class HouseDomainAdmin(MadeOnce):
    fields = ("house", "host")
    list_display = ("host", "house")
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> HouseDomain:
        return houses.add_domain(**values)

    def remove(self, pk: Any) -> None:
        houses.remove_domain(domain_id=pk)


@admin.register(Membership)
class MembershipAdmin(MadeOnce):
    fields = ("user", "house", "role", "valid_until")
    autocomplete_fields = ("user",)
    list_display = ("user", "house", "role", "valid_until")
    list_filter = ("house", "role")
    list_select_related = ("user", "house")

    def make(self, values: dict[str, Any], now: datetime) -> Membership:
        return houses.add_member(**values)

    def remove(self, pk: Any) -> None:
        houses.remove_member(membership_id=pk)


@admin.register(PaymentAccount)
class PaymentAccountAdmin(MadeOnce):
    """Keys are written once and not shown again."""

    fields = ("house", "provider", "name", "settings", "methods")
    lists = {"methods": METHODS}
    list_display = ("house", "provider", "name", "is_active")
    list_filter = ("house", "is_active")
    list_select_related = ("house",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_view_permission(request, obj)

    def make(self, values: dict[str, Any], now: datetime) -> PaymentAccount:
        return houses.open_payment_account(**values)

    def remove(self, pk: Any) -> None:
        houses.close_payment_account(account_id=pk)
