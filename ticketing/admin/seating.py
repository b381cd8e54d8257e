"""Seating plans and their versions, by uploading a file in our own format or a pretix layout."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldBooleanSwitchWidget

from ticketing.admin.operating import OperationAdmin
from ticketing.models import SeatingPlan, SeatingPlanVersion
from ticketing.operations import seating


@admin.register(SeatingPlan)
class SeatingPlanAdmin(OperationAdmin):
    fields = ("hall", "name")
    list_display = ("name", "hall", "is_archived")
    list_filter = ("hall__venue__house",)
    list_select_related = ("hall__venue",)

    def make(self, values: dict[str, Any], now: datetime) -> SeatingPlan:
        return seating.create_plan(**values)


class UploadForm(forms.ModelForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A plan in our own format, or a pretix layout, as JSON."),
        widget=UnfoldAdminFileFieldWidget,
    )
    ids_from_uuid = forms.BooleanField(
        label=_("Take seat ids from the guid of a pretix layout"), required=False, widget=UnfoldBooleanSwitchWidget
    )

    class Meta:
        model = SeatingPlanVersion
        fields = ("plan",)


@admin.register(SeatingPlanVersion)
class SeatingPlanVersionAdmin(OperationAdmin):
    """A version is stored once and read for ever."""

    form = UploadForm
    fields = ("plan", "file", "ids_from_uuid")
    list_display = ("__str__", "place_count", "created_at", "frozen_at")
    list_filter = ("plan__hall__venue__house",)
    list_select_related = ("plan",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """A list of plans does not need their drawings."""
        return super().get_queryset(request).defer("document", "compiled")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("plan", "number", "place_count", "checksum", "created_at", "frozen_at") if obj else self.fields

    def make(self, values: dict[str, Any], now: datetime) -> SeatingPlanVersion:
        return seating.import_plan_file(
            plan=values["plan"], data=values["file"].read(), now=now, ids_from_uuid=values["ids_from_uuid"]
        )
