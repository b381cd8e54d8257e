"""Messages from payment providers: they say which payment to look at, and nothing they say is believed.

Mollie's classic webhook is a form post with one field, `id`. The present state is fetched back and applied by one
idempotent operation, so a forged, late or repeated message can do no harm. A stranger's id is answered like any other
and leaves no trace: no row, no call to the provider, no way to learn which ids exist.
"""

from __future__ import annotations

import logging
import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from outbox.errors import Rejected, Unavailable
from payments.inquiries import look_at
from ticketing.queries.payments import payments_known_as

logger = logging.getLogger(__name__)

LONGEST_MESSAGE = 1024
MOLLIE_ID = re.compile(r"tr_[A-Za-z0-9]{1,60}", re.ASCII)


@csrf_exempt
@require_POST
def mollie(request: HttpRequest) -> HttpResponse:
    if int(request.headers.get("Content-Length") or 0) > LONGEST_MESSAGE:
        return _plain("The message is too long.", 413)
    provider_id = request.POST.get("id", "")
    if not MOLLIE_ID.fullmatch(provider_id):
        return _plain("The id is missing or malformed.", 400)
    try:
        for payment_id in payments_known_as(provider="mollie", provider_id=provider_id):
            look_at(payment_id, now=timezone.now())
    except Unavailable as error:
        # The provider calls again after an answer like this; polling asks by itself as well.
        logger.warning("webhook postponed", extra={"reason": error.reason})
        return _plain("Try again later.", 503)
    except Rejected as error:
        logger.error("webhook without answer from the provider", extra={"reason": error.reason})
    return _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
