"""Pages by cursor: a page begins where the last one ended, whatever was added in between."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

MOST = 100
USUAL = 30


@extend_schema_field(str)
class Cursor(serializers.Field[Any, Any, Any, Any]):
    """Opaque to clients: the sort key of the last row of the page before."""

    default_error_messages = {"invalid": _("This cursor is not one of ours.")}

    def to_internal_value(self, data: Any) -> tuple[str, ...]:
        try:
            told = json.loads(base64.urlsafe_b64decode(str(data) + "=="))
        except (ValueError, RecursionError):
            self.fail("invalid")
        if not isinstance(told, list) or not all(isinstance(part, str) for part in told):
            self.fail("invalid")
        return tuple(told)


class PageQuery(serializers.Serializer[Any]):
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=USUAL)
    cursor = Cursor(required=False)


def cursor_after(*key: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")
