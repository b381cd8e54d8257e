"""Writes plain fields of a row and says in one error which of them are wrong, so that every form can point at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import JSONField, Model
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from ticketing.errors import TicketingError

# Content in several languages: {"nl": …, "fr": …, "en": …}.
Text = Mapping[str, str] | LazyI18nString | str


class FieldsRefused(TicketingError):
    """`details["fields"]` maps each wrong field to its messages ("" for what concerns the whole row)."""

    code = "fields_refused"
    message = _("Some values cannot be saved: %(summary)s")

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        summary = " ".join(f"{name}: {' '.join(messages)}" for name, messages in fields.items())
        super().__init__(fields=dict(fields), summary=summary)


def write_fields(row: Model, values: Mapping[str, Any]) -> None:
    """Sets `values`, checks the whole row and saves it, or raises `FieldsRefused` with nothing stored."""
    for name, value in values.items():
        setattr(row, name, dict(value) if isinstance(value, Mapping) else value)
    # Django takes an empty list for a forgotten field; for ours it is an answer ("no channels").
    empty = [field.name for field in row._meta.fields if isinstance(field, JSONField) and not getattr(row, field.name)]
    try:
        row.full_clean(exclude=empty)
    except ValidationError as refused:
        raise FieldsRefused(_by_field(refused)) from None
    row.save()


def _by_field(refused: ValidationError) -> dict[str, list[str]]:
    return {"" if name == "__all__" else name: messages for name, messages in refused.message_dict.items()}
