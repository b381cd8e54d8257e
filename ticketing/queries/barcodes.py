"""The keys of this installation: one that signs, all that a door trusts. They hardly change: a process keeps them."""

from __future__ import annotations

import base64
from functools import cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from ticketing.barcodes import Barcode, KeyRing, PublicKey, SigningKey, key_id_of
from ticketing.models import TicketKey


@cache
def signing_key() -> SigningKey | None:
    """The newest key whose private half is here, or None before the first one was made.

    A process that still signs with the key before it does no harm: doors trust both.
    """
    if settings.TICKET_SIGNING_KEY:
        return SigningKey.from_pem(settings.TICKET_SIGNING_KEY, key_id=settings.TICKET_SIGNING_KEY_ID)
    row = TicketKey.objects.filter(retired_at=None).exclude(sealed="").order_by("-created_at").first()
    return SigningKey.from_pem(_seal().decrypt(row.sealed.encode()).decode(), key_id=row.key_id) if row else None


@cache
def key_ring() -> KeyRing:
    """Every key a ticket may be signed with, retired ones included: their tickets were paid for."""
    rows = TicketKey.objects.values_list("key_id", "public_point")
    return KeyRing(PublicKey(key_id, bytes(point)) for key_id, point in rows)


def read_barcode(text: str) -> Barcode:
    """What a genuine square says, or BarcodeRefused; looks for new keys when one is not known yet."""
    if key_id_of(text) not in key_ring().keys:
        forget_keys()
    return key_ring().read(text)


def forget_keys() -> None:
    signing_key.cache_clear()
    key_ring.cache_clear()


def sealed(pem: str) -> str:
    """A private key as it may lie in the database and its backups."""
    return _seal().encrypt(pem.encode()).decode()


def _seal() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"ticket signing key").derive(secret.encode())
    return base64.urlsafe_b64encode(key)
