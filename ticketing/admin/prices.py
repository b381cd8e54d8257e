"""Ranks, price types, fees, and price grids as a real grid: one version is one table of amounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectMultipleWidget

from ticketing.admin.names import translatable
from ticketing.admin.operating import OperationAdmin
from ticketing.models import (
    Fee,
    Performance,
    PriceCondition,
    PriceGrid,
    PriceGridVersion,
    PriceOverride,
    PriceType,
    Rank,
    SalesChannel,
    TariffFamily,
)
from ticketing.operations import prices
from ticketing.operations.prices import Cell
from ticketing.queries.price_history import lowest_price
from ticketing.templatetags.shop import money

CHANNELS = SalesChannel.Kind.choices


@admin.register(Rank)
class RankAdmin(OperationAdmin):
    fields = ("house", "code", "name", "tone", "position")
    made_with = ("house", "code")
    list_display = ("name", "code", "house", "tone", "position")
    list_filter = ("house",)
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> Rank:
        return prices.create_rank(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Rank:
        return prices.update_rank(rank_id=pk, **values)


def _kinds_of_conditions() -> str:
    words = gettext('By kind, for example {"maximum": {"count": 2}, "proof": {}}. Kinds: %(kinds)s.')
    return words % {"kinds": ", ".join(PriceCondition.Kind.values)}


class PriceTypeForm(forms.ModelForm):
    """Every condition of a price type must hold; an empty one does not count."""

    conditions = forms.JSONField(
        label=_("Conditions"),
        required=False,
        help_text=lazy(_kinds_of_conditions, str)(),
    )

    class Meta:
        model = PriceType
        fields = ("house", "code", "letter", "name", "explanation", "family", "position")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.instance.pk:
            self.fields["conditions"].initial = dict(self.instance.conditions.values_list("kind", "value"))

    def clean_conditions(self) -> dict[str, Any]:
        told = self.cleaned_data["conditions"] or {}
        if not isinstance(told, dict) or not all(isinstance(value, dict) for value in told.values()):
            raise forms.ValidationError(_("Conditions are named by their kind, each with its own values."))
        return told


@admin.register(PriceType)
class PriceTypeAdmin(OperationAdmin):
    form = PriceTypeForm
    fields = ("house", "code", "letter", "name", "explanation", "family", "position", "conditions")
    made_with = ("house", "code")
    list_display = ("name", "letter", "house", "family", "position", "is_archived")
    list_filter = ("house", "family", "is_archived")
    list_select_related = ("house",)
    actions = ("archive", "bring_back")

    def make(self, values: dict[str, Any], now: datetime) -> PriceType:
        return prices.create_price_type(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> PriceType:
        conditions = values.pop("conditions")
        prices.update_price_type(price_type_id=pk, **values)
        return prices.set_conditions(price_type_id=pk, conditions=conditions)

    @admin.action(description=_("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, chosen: QuerySet[PriceType]) -> None:
        self.act(request, chosen, lambda row: prices.archive_price_type(price_type_id=row.pk), gettext("Archived"))

    @admin.action(description=_("Bring back"), permissions=["change"])
    def bring_back(self, request: HttpRequest, chosen: QuerySet[PriceType]) -> None:
        def back(row: Model) -> PriceType:
            return prices.archive_price_type(price_type_id=row.pk, is_archived=False)

        self.act(request, chosen, back, gettext("Brought back"))


@admin.register(PriceGrid)
class PriceGridAdmin(OperationAdmin):
    fields = ("house", "name")
    list_display = ("name", "house", "is_archived")
    list_filter = ("house", "is_archived")
    list_select_related = ("house",)
    actions = ("archive",)

    def make(self, values: dict[str, Any], now: datetime) -> PriceGrid:
        return prices.create_price_grid(**values)

    @admin.action(description=_("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, chosen: QuerySet[PriceGrid]) -> None:
        self.act(request, chosen, lambda row: prices.archive_price_grid(grid_id=row.pk), gettext("Archived"))


class GridForm(forms.ModelForm):
    """First which grid; then its table, filled with the last version; then the performances it is for."""

    performances = forms.ModelMultipleChoiceField(
        Performance.objects.none(),
        label=_("Sell these performances at it from now on"),
        required=False,
        widget=UnfoldAdminSelectMultipleWidget,
    )

    class Meta:
        model = PriceGridVersion
        fields = ("grid",)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        grid = self.instance.grid if self.instance.pk else _grid_named(self)
        if grid is None:
            return
        coming = Performance.objects.filter(house=grid.house, starts_at__gte=timezone.now())
        chosen = self.fields["performances"]
        assert isinstance(chosen, forms.ModelMultipleChoiceField)
        chosen.queryset = coming.select_related("production").order_by("starts_at", "pk")
        if not self.instance.pk:
            for name, field in _cells(grid):
                self.fields[name] = field


def _grid_named(form: forms.ModelForm[Any]) -> PriceGrid | None:
    named = str(form.data.get("grid") or form.initial.get("grid") or "")
    return PriceGrid.objects.filter(pk=named).first() if named.isdigit() else None


def _cells(grid: PriceGrid) -> Iterable[tuple[str, forms.DecimalField]]:
    last = grid.versions.order_by("-number").first()
    known = {(cell.rank_id, cell.price_type_id): cell.price for cell in last.cells.all()} if last else {}
    kinds = list(grid.house.price_types.filter(is_archived=False))
    for rank in grid.house.ranks.all():
        for kind in kinds:
            yield (
                f"cell_{rank.pk}_{kind.pk}",
                forms.DecimalField(
                    label=f"{rank} · {kind}",
                    min_value=Decimal("0.00"),
                    max_digits=6,
                    decimal_places=2,
                    required=False,
                    initial=known.get((rank.pk, kind.pk)),
                    widget=UnfoldAdminDecimalFieldWidget,
                ),
            )


@admin.register(PriceGridVersion)
class PriceGridVersionAdmin(OperationAdmin):
    """`?grid=…` opens the table of a grid. A version never changes; who sells at it does."""

    form = GridForm
    made_with = ("grid",)
    list_display = ("__str__", "grid", "number", "created_at")
    list_filter = ("grid__house",)
    list_select_related = ("grid",)
    readonly_fields = ("table",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            return ((None, {"fields": ("grid", "table", "performances")}),)
        named = request.POST.get("grid") or request.GET.get("grid") or ""
        grid = PriceGrid.objects.filter(pk=named).first() if named.isdigit() else None
        cells = [name for name, _field in _cells(grid)] if grid else []
        return (
            (None, {"fields": ("grid",), "description": None if grid else _("Choose a grid, then save to fill it.")}),
            *(((_("Prices"), {"fields": cells}), (_("For"), {"fields": ("performances",)})) if cells else ()),
        )

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Cells are made by the form itself, so the factory may not look for them on the model."""
        kwargs["fields"] = None if change else ("grid",)
        return super().get_form(request, obj, change=change, **kwargs)

    @admin.display(description=_("Prices"))
    def table(self, version: PriceGridVersion) -> str:
        cells = version.cells.select_related("rank", "price_type").order_by("rank__position", "price_type__position")
        return "; ".join(f"{cell.rank} · {cell.price_type}: € {cell.price}" for cell in cells)

    def make(self, values: dict[str, Any], now: datetime) -> PriceGridVersion:
        grid: PriceGrid = values["grid"]
        ranks, kinds = grid.house.ranks.in_bulk(), grid.house.price_types.in_bulk()
        cells = []
        for name, price in values.items():
            if name.startswith("cell_") and price is not None:
                _word, rank, kind = name.split("_")
                cells.append(Cell(ranks[int(rank)], kinds[int(kind)], price))
        version = prices.publish_price_grid_version(grid=grid, cells=cells, now=now)
        prices.attach_price_grid(performances=values["performances"], version=version, now=now)
        return version

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> PriceGridVersion:
        version = PriceGridVersion.objects.select_related("grid").get(pk=pk)
        prices.attach_price_grid(performances=values["performances"], version=version, now=now)
        return version


@admin.register(PriceOverride)
class PriceOverrideAdmin(OperationAdmin):
    fields = ("performance", "rank", "price_type", "channel_kind", "price", "valid_from", "valid_until")
    raw_id_fields = ("performance",)
    list_display = ("performance", "rank", "price_type", "channel_kind", "price", "valid_from", "valid_until")
    list_filter = ("performance__house",)
    list_select_related = ("performance__production", "rank", "price_type")
    readonly_fields = ("lowest_before",)
    actions = ("end",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.fields, "lowest_before") if obj else self.fields

    @admin.display(description=_("Lowest price of the thirty days before, without fees"))
    def lowest_before(self, row: PriceOverride) -> str:
        """Whoever announces a reduction says this price with it, and counts its percentage from it."""
        everywhere = row.performance.house.channels.order_by("kind").values_list("kind", flat=True).distinct()
        lowest = {
            kind: lowest_price(
                performance_id=row.performance_id,
                rank_id=row.rank_id,
                price_type_id=row.price_type_id,
                channel_kind=kind,
                now=row.valid_from,
            )
            for kind in ([row.channel_kind] if row.channel_kind else everywhere)
        }
        known = {kind: price for kind, price in lowest.items() if price is not None}
        return (
            ", ".join(f"{translatable(SalesChannel.Kind(kind).label)}: {money(known[kind])}" for kind in known) or "–"
        )

    def make(self, values: dict[str, Any], now: datetime) -> PriceOverride:
        return prices.override_price(now=now, **values)

    @admin.action(description=_("End now"), permissions=["change"])
    def end(self, request: HttpRequest, chosen: QuerySet[PriceOverride]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: prices.end_override(override_id=row.pk, now=now), gettext("Ended"))


@admin.register(Fee)
class FeeAdmin(OperationAdmin):
    fields = ("house", "name", "amount", "activity_class", "channel_kinds", "families", "is_active")
    made_with = ("house",)
    lists = {"channel_kinds": CHANNELS, "families": TariffFamily.choices}
    list_display = ("name", "house", "amount", "is_active")
    list_filter = ("house", "is_active")
    list_select_related = ("house",)

    def make(self, values: dict[str, Any], now: datetime) -> Fee:
        return prices.create_fee(**values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Fee:
        return prices.update_fee(fee_id=pk, **values)
