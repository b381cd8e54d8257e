"""The one way from a form to the kernel: read the form, let an operation work, show its refusal at the field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Field, Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.forms import I18nFormField
from unfold.admin import ModelAdmin
from unfold.widgets import INPUT_CLASSES, TEXTAREA_CLASSES, UnfoldAdminCheckboxSelectMultipleWidget

from ticketing.admin.names import translatable
from ticketing.errors import TicketingError
from ticketing.operations.fields import FieldsRefused

Choices = Sequence[tuple[str, Any]]


class OperationAdmin(ModelAdmin):
    """`made_with` are fields only asked when something is made; `lists` are JSON lists with their choices."""

    made_with: ClassVar[tuple[str, ...]] = ()
    lists: ClassVar[Mapping[str, Choices]] = {}
    list_per_page = 50

    def make(self, values: dict[str, Any], now: datetime) -> Model:
        raise NotImplementedError

    def change(self, pk: Any, values: dict[str, Any], now: datetime) -> Model:
        raise NotImplementedError

    # Django asks these

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Things end, close or are archived; what was sold stays readable."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What no operation changes is made once: its page only shows it."""
        if obj is not None and type(self).change is OperationAdmin.change:
            return False
        return super().has_change_permission(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        return [*self.readonly_fields, *(self.made_with if obj else ())]

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm[Any], change: bool) -> None:
        values = {name: form.cleaned_data[name] for name in form.fields if name in form.cleaned_data}
        now = timezone.now()
        saved = self.change(obj.pk, values, now) if change else self.make(values, now)
        obj.__dict__.update(saved.__dict__)

    def save_related(
        self, request: HttpRequest, form: forms.ModelForm[Any], formsets: Iterable[Any], change: bool
    ) -> None:
        """The operation wrote everything already."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A refusal undoes the transaction and shows the form again, with the reason at its field."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except TicketingError as refused:
            request.refused = refused  # type: ignore[attr-defined]  # read by get_form below
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        refused = getattr(request, "refused", None)
        return form if refused is None else _refusing(form, refused)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.lists:
            return forms.MultipleChoiceField(
                choices=[(value, translatable(words)) for value, words in self.lists[db_field.name]],
                required=False,
                label=db_field.verbose_name,
                help_text=db_field.help_text,
                widget=UnfoldAdminCheckboxSelectMultipleWidget,
            )
        if isinstance(db_field, I18nCharField | I18nTextField):
            return in_languages(db_field.formfield())
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def act(self, request: HttpRequest, chosen: QuerySet[Any], operation: Callable[[Model], object], done: str) -> None:
        """An action of the list: one operation per row, each with its own answer."""
        count = 0
        for row in chosen:
            try:
                operation(row)
            except TicketingError as refused:
                self.message_user(request, f"{row}: {refused}", messages.ERROR)
            else:
                count += 1
        if count:
            self.message_user(request, f"{done}: {count}", messages.SUCCESS)


class NeverAdded(OperationAdmin):
    """Rows that sales, payments and people themselves bring."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


def in_languages(field: I18nFormField) -> I18nFormField:
    """One input per language, named, in the clothes of the other inputs."""
    for widget in field.widget.widgets:
        language = widget.attrs["lang"]
        is_long = isinstance(widget, forms.Textarea)
        widget.attrs |= {
            "class": " ".join(TEXTAREA_CLASSES if is_long else INPUT_CLASSES),
            "placeholder": language.upper(),
            "aria-label": f"{field.label} ({language})",
        }
        if is_long:
            widget.attrs["rows"] = 4
    return field


def _refusing(form: type[forms.ModelForm[Any]], refused: TicketingError) -> type[forms.ModelForm[Any]]:
    class Refused(form):  # type: ignore[misc, valid-type]  # made anew for each request
        def clean(self) -> dict[str, Any] | None:
            cleaned = super().clean()
            for name, words in told(refused):
                self.add_error(name if name in self.fields else None, words)
            return cleaned

    return Refused


def told(refused: TicketingError) -> list[tuple[str, str]]:
    """What was refused, by field where that is known."""
    if isinstance(refused, FieldsRefused):
        return [(name, words) for name, many in refused.details["fields"].items() for words in many]
    faults = getattr(refused, "faults", None)
    if faults:
        return [("file", str(fault)) for fault in list(faults)[:40]]
    return [("", str(refused))]
