"""`Idempotency-Key`: a request that may have been lost on the way can be sent again without doing it twice."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from ticketing.api.problems import CONTENT_TYPE
from ticketing.api.views import View
from ticketing.attempts import TooManyAttempts
from ticketing.errors import TicketingError
from ticketing.operations import idempotency

HEADER = "Idempotency-Key"
LONGEST = 120
ONCE = OpenApiParameter(
    HEADER, location="header", description="The same key and request give the same answer, for a day."
)

Handler = Callable[..., Response]


class IdempotencyKeyWrong(TicketingError):
    code = "idempotency_key_wrong"
    message = _("An idempotency key is 1 to 120 printable characters.")


def once(handler: Handler) -> Handler:
    """For a view's `post`. Refusals are answers and are kept; accidents, time-outs and "not yet" are not."""

    @functools.wraps(handler)
    def handled(view: View, request: Request, *args: Any, **named: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return handler(view, request, *args, **named)
        if not (1 <= len(key) <= LONGEST and key.isascii() and key.isprintable()):
            raise IdempotencyKeyWrong
        mine: dict[str, Any] = {"api_key_id": view.api_key.pk, "key": key}
        before = idempotency.claim(**mine, request_hash=_hash_of(request), now=view.now)
        if before is not None:
            return _response(before.status, before.body)
        try:
            response = handler(view, request, *args, **named)
        except Exception as error:
            response = view.handle_exception(error)
        if response.status_code >= 500 or response.status_code == TooManyAttempts.status:
            idempotency.give_up(**mine)
        else:
            told = json.loads(JSONRenderer().render(response.data) or b"null")
            idempotency.answer(**mine, status=response.status_code, body=told)
        return response

    return handled


def _response(status: int, body: Any) -> Response:
    content_type = CONTENT_TYPE if status >= 400 else None
    return Response(body, status=status, content_type=content_type, headers={"Idempotent-Replayed": "true"})


def _hash_of(request: Request) -> str:
    told = json.dumps([request.method, request.path, request.data], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
