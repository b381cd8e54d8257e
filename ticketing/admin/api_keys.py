"""Keys of websites, partners and doors. The secret is shown once, when it is made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ticketing.admin.operating import OperationAdmin
from ticketing.models import ApiKey
from ticketing.operations import api_keys


@admin.register(ApiKey)
class ApiKeyAdmin(OperationAdmin):
    fields = ("house", "name", "scopes", "performance", "expires_at")
    lists = {"scopes": ApiKey.Scope.choices}
    raw_id_fields = ("performance",)
    list_display = ("name", "house", "hint", "scopes", "created_at", "expires_at", "revoked_at")
    list_filter = ("house",)
    list_select_related = ("house",)
    actions = ("revoke",)

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm[Any], change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in form.fields}
        issued = api_keys.issue_api_key(now=timezone.now(), **values)
        obj.__dict__.update(issued.api_key.__dict__)
        request.issued = issued  # type: ignore[attr-defined]  # read when the answer is made

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        secret = request.issued.secret  # type: ignore[attr-defined]  # set by save_model
        told = format_html(gettext("The key of {}, shown this once: {}"), obj.name, format_html("<b>{}</b>", secret))
        self.message_user(request, told, messages.WARNING)
        if set(obj.scopes) == {ApiKey.Scope.SCAN}:
            # After the # no server and no log ever sees it.
            link = f"{request.build_absolute_uri(reverse('door:door'))}#key={secret}"
            self.message_user(request, format_html(gettext("Link that opens the door page: {}"), link))
        return super().response_post_save_add(request, obj)

    @admin.action(description=_("Revoke"), permissions=["change"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiKey]) -> None:
        now = timezone.now()
        self.act(request, chosen, lambda row: api_keys.revoke_api_key(api_key_id=row.pk, now=now), gettext("Revoked"))
