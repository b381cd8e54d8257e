"""The OpenAPI document, for whoever builds a website or a scanner on it. It tells nothing of any house."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.renderers import JSONRenderer

from ticketing.api import problems


@extend_schema(exclude=True)
class Schema(SpectacularAPIView):
    authentication_classes = []
    permission_classes = []
    renderer_classes = [JSONRenderer]
    custom_settings = {
        "TITLE": "Parterre",
        "DESCRIPTION": "Programme, places, baskets, orders and doors of a house, by key.",
        "VERSION": "1",
        "SCHEMA_PATH_PREFIX": "/api/v1",
    }

    def get_exception_handler(self) -> Any:
        return problems.handle
