"""Making and changing the key that signs tickets."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from ticketing.barcodes import Barcode, SigningKey
from ticketing.errors import TicketingError
from ticketing.models import TicketKey
from ticketing.queries.barcodes import forget_keys, key_ring, sealed, signing_key

LAST_KEY_ID = 255


class KeyFromOutside(TicketingError):
    code = "ticket_key_from_outside"
    message = _("The key is given by TICKET_SIGNING_KEY: change it there, together with TICKET_SIGNING_KEY_ID.")


class NoKeyLeft(TicketingError):
    code = "no_ticket_key_left"
    message = _("Every number for a ticket key has been used.")


def key_at_work(*, now: datetime) -> SigningKey:
    """The key that signs today; the first time somebody asks, the one it will be."""
    key = signing_key()
    if key is None or key.key_id not in key_ring().keys:
        row = _row(key or SigningKey.generate(key_id=1), now=now, keep_private=key is None)
        # Of two processes that start together one makes the key; the other takes that one.
        TicketKey.objects.bulk_create([TicketKey(**row)], ignore_conflicts=True)
        forget_keys()
        key = signing_key()
    if key is None or key_ring().keys.get(key.key_id) != key.public_key:
        raise ImproperlyConfigured("TICKET_SIGNING_KEY is another key than the one its TICKET_SIGNING_KEY_ID names.")
    return key


def barcode_of(*, performance: str, serial: str, now: datetime) -> str:
    """The text of the square for a ticket; the first ticket of an installation makes its key."""
    return key_at_work(now=now).sign(Barcode(performance=performance, serial=serial))


def rotate_ticket_key(*, now: datetime) -> SigningKey:
    """Sign with a new key from now on. Doors fetch its public half with their next list; old tickets stay valid."""
    if settings.TICKET_SIGNING_KEY:
        raise KeyFromOutside
    with transaction.atomic():
        list(TicketKey.objects.select_for_update().values_list("key_id"))
        highest = TicketKey.objects.aggregate(highest=Max("key_id"))["highest"] or 0
        if highest == LAST_KEY_ID:
            raise NoKeyLeft
        TicketKey.objects.filter(retired_at=None).update(retired_at=now)
        key = SigningKey.generate(key_id=highest + 1)
        TicketKey.objects.create(**_row(key, now=now, keep_private=True))
    forget_keys()
    return key


def _row(key: SigningKey, *, now: datetime, keep_private: bool) -> dict[str, object]:
    return {
        "key_id": key.key_id,
        "public_point": key.public_key.point,
        "sealed": sealed(key.to_pem()) if keep_private else "",
        "created_at": now,
    }
