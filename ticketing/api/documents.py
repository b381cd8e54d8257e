"""Shapes that several parts of the API share, as they stand in the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema_field
from i18nfield.strings import LazyI18nString
from rest_framework import serializers


@extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}, "example": {"nl": "Zaal"}})
class Texts(serializers.Field[Any, Any, Any, Any]):
    """The same words in several languages."""

    def to_representation(self, value: Any) -> Mapping[str, str]:
        return texts(value)


def texts(value: LazyI18nString | Mapping[str, str] | str) -> Mapping[str, str]:
    data = value.data if isinstance(value, LazyI18nString) else value
    if isinstance(data, Mapping):
        return data
    return {"nl": str(data)} if data else {}


def euro(amount: Decimal | str) -> str:
    """Money travels as a string: a number would become a float on the way."""
    return f"{Decimal(amount):.2f}"


class WrongField(serializers.Serializer[Any]):
    field = serializers.CharField(allow_blank=True, help_text="Dotted path; empty for the whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """RFC 9457. `code` is stable; `title` is for people, in the language asked for."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    fields_ = WrongField(many=True, required=False)
    details = serializers.DictField(required=False)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`fields` is a name the framework keeps for itself."""
        found = dict(super().get_fields())
        found["fields"] = found.pop("fields_")
        return found


def _problem(description: str) -> OpenApiResponse:
    return OpenApiResponse(Problem, description=description)


PROBLEMS: dict[Any, Any] = {
    (400, "application/problem+json"): _problem("Unreadable request."),
    (401, "application/problem+json"): _problem("No key, or one that opens nothing."),
    (403, "application/problem+json"): _problem("The key may not do this."),
    (404, "application/problem+json"): _problem("Not of this house, or nowhere."),
    (409, "application/problem+json"): _problem("Somebody or something was faster; ask anew."),
    (415, "application/problem+json"): _problem("Not JSON."),
    (422, "application/problem+json"): _problem("Fields are wrong, or what is asked cannot be."),
    (429, "application/problem+json"): _problem("Tried too often; `Retry-After` says when it may be tried again."),
    (503, "application/problem+json"): _problem("Try again in a moment."),
}
