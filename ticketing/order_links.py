"""The signed link to an order: reusable, revocable, and never a number somebody could count up.

A link is the order's id with a keyed hash over it and the order's secret: a new secret revokes every link given out.
"""

from __future__ import annotations

import base64
import hmac
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Order


class LinkRefused(TicketingError):
    code = "link_refused"
    message = _("This link does not work any more. Use the link in your latest mail, or ask the box office.")
    status = 404


@dataclass(frozen=True)
class LinkedHouse:
    id: int
    slug: str
    programme_version: int


@dataclass(frozen=True)
class LinkedOrder:
    """What the pages behind a link show of an order; read with every look at them, so without the rest."""

    id: UUID
    reference: str
    link_secret: str
    state: str
    email: str
    total: Decimal
    basket_id: UUID | None
    customer_id: int | None
    house: LinkedHouse


def link_token(order: Order | LinkedOrder) -> str:
    return f"{_text(order.id.bytes)}.{_text(_mark(order.id, order.link_secret, settings.SECRET_KEY))}"


def order_behind(token: str) -> Order:
    """The order a token was made for, or LinkRefused; one statement."""
    order_id, given = _parts(token)
    order = Order.objects.select_related("house").filter(id=order_id).first()
    if order is None or not _fits(given, order.id, order.link_secret):
        raise LinkRefused
    return order


_SQL = """
SELECT o.id, o.reference, o.link_secret, o.state, o.email, o.total, o.basket_id, o.customer_id,
       h.id, h.slug, h.programme_version
FROM ticketing_order o
JOIN ticketing_house h ON h.id = o.house_id
WHERE o.id = %s
"""


def linked_order(token: str) -> LinkedOrder:
    """As `order_behind`, for who shows it or polls and changes nothing; a tenth of the work."""
    order_id, given = _parts(token)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [order_id])
        row = cursor.fetchone()
    if row is None or not _fits(given, order_id, row[2]):
        raise LinkRefused
    return LinkedOrder(*(*row[:8], LinkedHouse(*row[8:])))


def _parts(token: str) -> tuple[UUID, bytes]:
    head, _dot, mark = token.partition(".")
    try:
        order_id, given = base64.urlsafe_b64decode(head + "=="), base64.urlsafe_b64decode(mark + "==")
        # Decoding forgives letters that mean nothing; a link has one spelling.
        if f"{_text(order_id)}.{_text(given)}" != token:
            raise LinkRefused
        return UUID(bytes=order_id), given
    except ValueError as wrong:
        raise LinkRefused from wrong


def _fits(given: bytes, order_id: UUID, link_secret: str) -> bool:
    """A new SECRET_KEY keeps the links in the mails of the old one alive, for as long as that is named as well."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(given, _mark(order_id, link_secret, key)) for key in keys)


def _mark(order_id: UUID, link_secret: str, key: str) -> bytes:
    message = b"order-link:" + order_id.bytes + link_secret.encode()
    return hmac.new(key.encode(), message, sha256).digest()[:16]


def _text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
