"""Pictures: upload, point at what must stay in view, describe."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ticketing.admin.operating import OperationAdmin
from ticketing.models import MediaAsset
from ticketing.operations import media


class PictureForm(forms.ModelForm):
    """The operation judges the file; the form only carries it."""

    class Meta:
        model = MediaAsset
        fields = ("house", "file", "alt", "credit", "licence_until", "focal_x", "focal_y")
        field_classes = {"file": forms.FileField}


@admin.register(MediaAsset)
class MediaAssetAdmin(OperationAdmin):
    form = PictureForm
    fields = ("house", "file", "preview", "focal_x", "focal_y", "alt", "credit", "licence_until")
    made_with = ("house", "file")
    readonly_fields = ("preview",)
    list_display = ("thumbnail", "public_id", "house", "alt", "credit")
    list_filter = ("house",)
    list_select_related = ("house",)

    class Media:
        js = ("js/admin/focal-point.js",)
        css = {"all": ("css/focal-point.css",)}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("renditions")

    @admin.display(description=_("Click what must stay in view"))
    def preview(self, asset: MediaAsset | None = None) -> str:
        address = asset.file.url if asset and asset.pk else ""
        frame = '<span class="focal" data-focal><img class="focal__picture" src="{}" alt=""{}><i></i></span>'
        return format_html(frame, address, "" if address else " hidden")

    @admin.display(description=_("picture"))
    def thumbnail(self, asset: MediaAsset) -> str:
        small = next((row.file.url for row in asset.renditions.all() if row.spec == "square-480"), "")
        return format_html('<img class="focal__thumb" src="{}" alt="" width="48" height="48" loading="lazy">', small)

    def make(self, values: dict[str, Any], now: datetime) -> MediaAsset:
        return media.upload_picture(now=now, **values)

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> MediaAsset:
        asset = MediaAsset.objects.get(pk=pk)
        if (asset.focal_x, asset.focal_y) != (values["focal_x"], values["focal_y"]):
            media.set_focal_point(asset_id=pk, focal_x=values["focal_x"], focal_y=values["focal_y"], now=now)
        return media.describe_picture(
            asset_id=pk, alt=values["alt"], credit=values["credit"], licence_until=values["licence_until"]
        )
