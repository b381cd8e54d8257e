"""Productions with their people, and performances from draft to the last night."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

from ticketing.admin.operating import OperationAdmin
from ticketing.admin.plan_changes import move_page
from ticketing.models import Credit, Performance, Production, SeatingPlanVersion
from ticketing.operations import inventory, programme

PLAN = ("plan_version", "plan_variant")


@admin.register(Production)
class ProductionAdmin(OperationAdmin):
    list_display = ("title", "house", "genre", "state", "online_at")
    list_filter = ("house", "state", "genre")
    list_select_related = ("house", "genre")
    search_fields = ("title", "slug")
    filter_horizontal = ("labels",)
    raw_id_fields = ("image",)
    made_with = ("house",)
    actions = ("publish", "unpublish", "archive")
    fieldsets = (
        (None, {"fields": ("house", "slug", "title", "subtitle", "genre", "season", "labels")}),
        (_("Texts"), {"fields": ("teaser", "description", "access")}),
        (
            _("Facts"),
            {
                "fields": (
                    "activity_class",
                    "duration_minutes",
                    "has_interval",
                    "age_from",
                    "spoken_language",
                    "surtitles",
                )
            },
        ),
        (_("Picture"), {"fields": ("image",)}),
    )

    def make(self, values: dict[str, Any], now: datetime) -> Production:
        return programme.create_production(now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Production:
        labels = values.pop("labels", ())
        programme.update_production(production_id=pk, now=now, **values)
        return programme.label_production(production_id=pk, labels=labels, now=now)

    @admin.action(description=_("Put online"), permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Production]) -> None:
        self._each(request, chosen, programme.publish_production, gettext("Now online"))

    @admin.action(description=_("Take offline"), permissions=["change"])
    def unpublish(self, request: HttpRequest, chosen: QuerySet[Production]) -> None:
        self._each(request, chosen, programme.unpublish_production, gettext("Taken offline"))

    @admin.action(description=_("Archive"), permissions=["change"])
    def archive(self, request: HttpRequest, chosen: QuerySet[Production]) -> None:
        self._each(request, chosen, programme.archive_production, gettext("Archived"))

    def _each(
        self, request: HttpRequest, chosen: QuerySet[Production], operation: Callable[..., object], done: str
    ) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: operation(production_id=row.pk, now=now), done)


@admin.register(Credit)
class CreditAdmin(OperationAdmin):
    fields = ("production", "performer", "role", "position")
    made_with = ("production", "performer")
    autocomplete_fields = ("performer",)
    raw_id_fields = ("production",)
    list_display = ("performer", "production", "role", "position")
    list_filter = ("production__house",)
    list_select_related = ("performer", "production")
    actions = ("take_away",)

    def make(self, values: dict[str, Any], now: datetime) -> Credit:
        return programme.credit_performer(
            production_id=values["production"].pk,
            performer=values["performer"],
            role=values["role"],
            position=values["position"],
            now=now,
        )

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Credit:
        credit = Credit.objects.select_related("performer").get(pk=pk)
        return programme.credit_performer(
            production_id=credit.production_id, performer=credit.performer, now=now, **values
        )

    @admin.action(description=_("Take away"), permissions=["change"])
    def take_away(self, request: HttpRequest, chosen: QuerySet[Credit]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: programme.remove_credit(credit_id=row.pk, now=now), gettext("Taken away"))


@admin.register(Performance)
class PerformanceAdmin(OperationAdmin):
    """A new start moves the performance; its state changes by the actions of the list."""

    list_display = ("production", "starts_at", "hall", "state", "places")
    list_filter = ("house", "state", "hall")
    date_hierarchy = "starts_at"
    raw_id_fields = ("production",)
    made_with = ("production", "hall", "plan_version", "plan_variant")
    actions_detail = ("move_to_version",)
    actions = ("make_places", "remove_places", "put_on_sale", "take_off_sale", "postpone", "cancel")
    fieldsets = (
        (None, {"fields": ("production", "hall", "plan_version", "plan_variant")}),
        (_("Moments"), {"fields": ("starts_at", "doors_at", "ends_at", "sales_from", "sales_until")}),
        (_("Rules"), {"fields": ("refuse_orphans", "max_places_per_order", "note")}),
    )

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What comes next first; below it what was, the latest first."""
        coming = Case(When(starts_at__gte=timezone.now(), then="starts_at"))
        return [coming.asc(nulls_last=True), "-starts_at", "pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request).select_related("production", "hall__venue", "plan_version__plan")
        # A list of evenings does not need the drawings of their halls.
        return rows.defer("plan_version__document", "plan_version__compiled")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A wrong plan is mended while no places were made of it."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if obj is None or obj.places.exists() else [name for name in fixed if name not in PLAN]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "plan_version":
            versions = SeatingPlanVersion.objects.select_related("plan").defer("document", "compiled")
            kwargs["queryset"] = versions.order_by("plan__name", "plan_id", "-number")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("plan"))
    def places(self, performance: Performance) -> str:
        return str(performance.plan_version or "–")

    def make(self, values: dict[str, Any], now: datetime) -> Performance:
        return programme.create_performance(now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Performance:
        moments = {name: values.pop(name) for name in ("starts_at", "doors_at", "ends_at")}
        plan = {name: values.pop(name) for name in PLAN if name in values}
        before = Performance.objects.select_related("plan_version").get(pk=pk)
        if any(value != getattr(before, name) for name, value in plan.items()):
            inventory.choose_plan(performance_id=pk, now=now, **plan)
        if moments["starts_at"] != before.starts_at:
            kept = {name: value for name, value in moments.items() if value != getattr(before, name)}
            programme.move_performance(performance_id=pk, now=now, **kept)
        else:
            values |= {name: moments[name] for name in ("doors_at", "ends_at")}
        return programme.update_performance(performance_id=pk, now=now, **values)

    @admin.action(description=_("Make the places of the plan"), permissions=["change"])
    def make_places(self, request: HttpRequest, chosen: QuerySet[Performance]) -> None:
        self._each(request, chosen, inventory.create_places, gettext("Places made"))

    @admin.action(description=_("Take the places away"), permissions=["change"])
    def remove_places(self, request: HttpRequest, chosen: QuerySet[Performance]) -> None:
        self._each(request, chosen, inventory.remove_places, gettext("Places taken away"))

    @action(description=_("Move to another version of the plan"), url_path="plan-version", permissions=["change"])
    def move_to_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        back = HttpResponseRedirect(reverse("admin:ticketing_performance_change", args=(object_id,)))
        performance = self.get_object(request, object_id)
        if performance is None:
            raise Http404
        if performance.plan_version is None or not performance.places.exists():
            self.message_user(request, gettext("Without places of a plan there is nothing to move."), messages.ERROR)
            return back
        return move_page(self, request, performance, back)

    @admin.action(description=_("Put on sale"), permissions=["change"])
    def put_on_sale(self, request: HttpRequest, chosen: QuerySet[Performance]) -> None:
        self._each(request, chosen, programme.put_on_sale, gettext("On sale"))

    @admin.action(description=_("Take off sale"), permissions=["change"])
    def take_off_sale(self, request: HttpRequest, chosen: QuerySet[Performance]) -> None:
        self._each(request, chosen, programme.take_off_sale, gettext("Taken off sale"))

    @admin.action(description=_("Postpone"), permissions=["change"])
    def postpone(self, request: HttpRequest, chosen: QuerySet[Performance]) -> None:
        self._each(request, chosen, programme.postpone_performance, gettext("Postponed"))

    @admin.action(description=_("Cancel for good"), permissions=["change"])
    def cancel(self, request: HttpRequest, chosen: QuerySet[Performance]) -> None:
        self._each(request, chosen, programme.cancel_performance, gettext("Called off"))

    def _each(
        self, request: HttpRequest, chosen: QuerySet[Performance], operation: Callable[..., object], done: str
    ) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: operation(performance_id=row.pk, now=now), done)
