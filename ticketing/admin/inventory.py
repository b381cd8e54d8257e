"""Blocks and contingents of a performance, by the short codes of places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from ticketing.admin.operating import OperationAdmin
from ticketing.models import Block, Contingent, SalesChannel
from ticketing.operations import inventory


class BlockForm(forms.ModelForm):
    places = forms.CharField(
        label=_("Places"),
        help_text=_("Short codes of places, with spaces between them."),
        widget=UnfoldAdminTextareaWidget,
    )

    class Meta:
        model = Block
        fields = ("performance", "kind", "owner", "reason", "release_at")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.instance.pk:
            codes = self.instance.places.order_by("index").values_list("code", flat=True)
            self.fields["places"].initial = " ".join(codes)

    def clean_places(self) -> list[str]:
        return list(dict.fromkeys(self.cleaned_data["places"].upper().replace(",", " ").split()))


@admin.register(Block)
class BlockAdmin(OperationAdmin):
    """Another list of places moves the block there; the rest of it stays as it was made."""

    form = BlockForm
    fields = ("performance", "kind", "owner", "reason", "release_at", "places")
    made_with = ("performance", "kind", "owner", "reason", "release_at")
    raw_id_fields = ("performance",)
    list_display = ("owner", "kind", "performance", "reason", "release_at")
    list_filter = ("performance__house", "kind")
    list_select_related = ("performance__production",)
    actions = ("release",)

    def make(self, values: dict[str, Any], now: datetime) -> Block:
        performance = values.pop("performance")
        return inventory.place_block(performance_id=performance.pk, now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Block:
        return inventory.move_block(block_id=pk, places=values["places"], now=now)

    @admin.action(description=_("Release"), permissions=["change"])
    def release(self, request: HttpRequest, chosen: QuerySet[Block]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: inventory.release_block(block_id=row.pk, now=now), gettext("Released"))


@admin.register(Contingent)
class ContingentAdmin(OperationAdmin):
    fields = ("performance", "name", "channels", "rule", "cap", "release_at")
    lists = {"channels": SalesChannel.Kind.choices}
    raw_id_fields = ("performance",)
    list_display = ("name", "performance", "cap", "release_at")
    list_filter = ("performance__house",)
    list_select_related = ("performance__production",)
    actions = ("release", "take_away")

    def make(self, values: dict[str, Any], now: datetime) -> Contingent:
        performance = values.pop("performance")
        return inventory.create_contingent(performance_id=performance.pk, now=now, **values)

    @admin.action(description=_("Release"), permissions=["change"])
    def release(self, request: HttpRequest, chosen: QuerySet[Contingent]) -> None:
        now = timezone.now()

        def released(row: Any) -> Contingent:
            return inventory.release_contingent(contingent_id=row.pk, now=now)

        self.act(request, chosen, released, gettext("Released"))

    @admin.action(description=_("Take away"), permissions=["change"])
    def take_away(self, request: HttpRequest, chosen: QuerySet[Contingent]) -> None:
        now = timezone.now()

        def taken_away(row: Any) -> None:
            inventory.remove_contingent(contingent_id=row.pk, now=now)

        self.act(request, chosen, taken_away, gettext("Taken away"))
