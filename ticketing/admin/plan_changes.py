"""The page that moves a performance to another version of its plan: what becomes of every seat, and only then yes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminSelectWidget

from ticketing.errors import TicketingError
from ticketing.models import Performance, SeatingPlanVersion
from ticketing.operations.plan_changes import change_plan_version, plan_difference
from ticketing.seating.versions import Difference, Moved

CHANGES = {
    "position": _("stands elsewhere"),
    "area": _("other area"),
    "row": _("other row"),
    "number": _("other number"),
    "rank": _("other rank"),
    "kind": _("other kind of place"),
}


class VersionForm(forms.Form):
    version = forms.ModelChoiceField(
        label=_("Version"), queryset=SeatingPlanVersion.objects.none(), widget=UnfoldAdminSelectWidget
    )

    def __init__(self, performance: Performance, values: Any) -> None:
        super().__init__(values)
        current = performance.plan_version
        assert current is not None
        others = current.plan.versions.exclude(pk=current.pk)
        chosen = self.fields["version"]
        assert isinstance(chosen, forms.ModelChoiceField)
        # To choose one by its number nobody needs the drawings.
        chosen.queryset = others.select_related("plan").defer("document", "compiled").order_by("-number")


def move_page(
    screen: ModelAdmin, request: HttpRequest, performance: Performance, back: HttpResponseRedirect
) -> HttpResponse:
    """Shows what would change for the version asked for; a POST makes it so."""
    given = request.POST if request.method == "POST" else request.GET
    form = VersionForm(performance, given if "version" in given else None)
    rows: list[tuple[str, int, str]] = []
    if form.is_valid():
        version: SeatingPlanVersion = form.cleaned_data["version"]
        if request.method == "POST" and _moved(screen, request, performance, version):
            return back
        assert performance.plan_version is not None
        rows = list(_rows(plan_difference(performance.plan_version, version)))
    context = {
        **screen.admin_site.each_context(request),
        "title": gettext("Move to another version of the plan"),
        "opts": screen.opts,
        "performance": performance,
        "form": form,
        "rows": rows,
        "back": back.url,
    }
    return TemplateResponse(request, "admin/plan_change.html", context)


def _moved(screen: ModelAdmin, request: HttpRequest, performance: Performance, version: SeatingPlanVersion) -> bool:
    try:
        change_plan_version(performance_id=performance.pk, version_id=version.pk, now=timezone.now())
    except TicketingError as refused:
        screen.message_user(request, str(refused), messages.ERROR)
        return False
    screen.message_user(request, gettext("Moved to %(version)s") % {"version": version}, messages.SUCCESS)
    return True


def _rows(difference: Difference) -> Iterator[tuple[str, int, str]]:
    """What happens to seats, to how many, and to which."""
    yield gettext("Gone"), len(difference.gone), _listed(difference.gone)
    yield gettext("Changed"), len(difference.moved), _listed(_in_words(moved) for moved in difference.moved)
    yield gettext("New"), len(difference.new), _listed(difference.new)
    yield gettext("As they were"), len(difference.kept), _listed(difference.kept)


def _in_words(moved: Moved) -> str:
    return f"{moved.seat_id} ({', '.join(str(CHANGES[change]) for change in moved.changes)})"


def _listed(seats: Iterable[str]) -> str:
    return ", ".join(seats)
