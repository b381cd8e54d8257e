"""The signed link to an order: reusable, revocable, and never a number somebody could count up.

A link is the order's id with a keyed hash over it and the order's secret: a new secret revokes every link given out.
"""

from __future__ import annotations

import base64
import hmac
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Order


class LinkRefused(TicketingError):
    code = "link_refused"
    message = _("This link does not work any more. Use the link in your latest mail, or ask the box office.")
    status = 404


def link_token(order: Order) -> str:
    return f"{_text(order.id.bytes)}.{_text(_mark(order))}"


def order_behind(token: str) -> Order:
    """The order a token was made for, or LinkRefused; one statement."""
    head, _dot, mark = token.partition(".")
    try:
        order_id = UUID(bytes=base64.urlsafe_b64decode(head + "=="))
        given = base64.urlsafe_b64decode(mark + "==")
    except ValueError as wrong:
        raise LinkRefused from wrong
    order = Order.objects.select_related("house").filter(id=order_id).first()
    if order is None or not hmac.compare_digest(given, _mark(order)):
        raise LinkRefused
    return order


def _mark(order: Order) -> bytes:
    message = b"order-link:" + order.id.bytes + order.link_secret.encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, sha256).digest()[:16]


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
