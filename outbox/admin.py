"""The page "Needs attention": what could not be delivered, why, and the two things a person can do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import CharField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import ActionForm
from unfold.widgets import UnfoldAdminTextInputWidget

from outbox import operations
from outbox.errors import NothingToDecide
from outbox.models import Decision, Delivery


class ReasonForm(ActionForm):
    reason = CharField(label=_("Reason"), required=False, max_length=300, widget=UnfoldAdminTextInputWidget)


class StateFilter(admin.SimpleListFilter):
    """Opens on what needs a person; everything else is one click away."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waiting", _("put off and waiting")), ("all", _("all"))]

    def choices(self, changelist: Any) -> Any:
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": _("needs attention"),
        }
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        if self.value() == "all":
            return queryset
        if self.value() == "waiting":
            return queryset.filter(state=Delivery.State.PENDING, attempt__gt=0)
        return queryset.filter(state=Delivery.State.DEAD)


class DecisionInline(TabularInline):
    model = Decision
    extra = 0
    can_delete = False
    readonly_fields = ("decided_at", "action", "who", "reason")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(ModelAdmin):
    list_display = ("subscriber", "fact_name", "stream", "state", "reason", "attempt", "finished_at")
    list_filter = (StateFilter, "subscriber")
    list_select_related = ("fact",)
    search_fields = ("stream",)
    ordering = ("-id",)
    show_full_result_count = False
    actions = ("retry", "skip")
    action_form = ReasonForm
    inlines = (DecisionInline,)

    @admin.display(description=_("fact"))
    def fact_name(self, delivery: Delivery) -> str:
        return delivery.fact.name

    @admin.action(description=_("Retry"), permissions=["change"])
    def retry(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        self._decide(request, chosen, operations.retry)

    @admin.action(description=_("Skip"), permissions=["change"])
    def skip(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        self._decide(request, chosen, operations.skip)

    def _decide(self, request: HttpRequest, chosen: QuerySet[Delivery], operation: Callable[..., None]) -> None:
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, gettext("Say why, in the field beside the action."), messages.ERROR)
            return
        decided = 0
        for delivery_id in chosen.order_by("id").values_list("id", flat=True):
            try:
                operation(delivery_id=delivery_id, who=str(request.user.pk), reason=reason, now=timezone.now())
            except NothingToDecide:
                continue
            decided += 1
        done = ngettext("%(count)d delivery changed.", "%(count)d deliveries changed.", decided) % {"count": decided}
        self.message_user(request, done, messages.SUCCESS if decided else messages.WARNING)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in Delivery._meta.fields]
