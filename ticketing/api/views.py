"""What every view of the API shares: a key with a scope in, JSON out, nothing from cookies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any, ClassVar

from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from ticketing.api import problems
from ticketing.api.keys import HasScope, KeyAuthentication
from ticketing.errors import TicketingError
from ticketing.models import ApiKey

LANGUAGES = ("nl", "fr", "en")
# Two hundred readings of a door that was without network are a third of this.
LARGEST_BODY = 512 * 1024


class RequestTooLarge(TicketingError):
    code = "request_too_large"
    message = _("This request is larger than any we answer: at most %(kilobytes)s kB.")
    status = 413


class BoundedJSONParser(JSONParser):
    """The framework reads a body whole, however large somebody with a key makes it."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        length = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if int(length) > LARGEST_BODY:
            raise RequestTooLarge(kilobytes=LARGEST_BODY // 1024)
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as nested:
            raise ParseError from nested


class View(APIView):
    scope: ClassVar[str]
    authentication_classes = [KeyAuthentication]
    permission_classes: ClassVar[list[type[BasePermission]]] = [HasScope]
    parser_classes = [BoundedJSONParser]
    renderer_classes = [JSONRenderer]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.now: datetime = timezone.now()
        super().initial(request, *args, **kwargs)

    def get_exception_handler(self) -> Any:
        return problems.handle

    @property
    def api_key(self) -> ApiKey:
        key = self.request.auth
        assert isinstance(key, ApiKey)
        return key

    @property
    def language(self) -> str:
        """Of `Accept-Language`, as Django reads it."""
        language = translation.get_language()[:2]
        return language if language in LANGUAGES else "nl"

    def read(self, serializer: type[Serializer[Any]], data: Any = None) -> dict[str, Any]:
        """What the request says, checked; raises what becomes a list of wrong fields."""
        asked = serializer(data=self.request.data if data is None else data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)
