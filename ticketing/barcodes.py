"""The square on a ticket: who it is for, signed, so that a door without network can tell a real one from a forged one.

On paper it is one long decimal number: digits take the densest mode of a QR code, and they survive a hand scanner whose
keyboard layout differs from the computer's. Written as 90 bytes, most significant first, the number says:

======  ======  =======================================================================
offset  length  meaning
======  ======  =======================================================================
0       1       version, always 1
1       1       key id, 1 to 255: which public key verifies it
2       8       code of the performance, ASCII
10      16      serial of the ticket, ASCII
26      64      ECDSA P-256 signature with SHA-256 over bytes 0 to 25, as r followed by s
======  ======  =======================================================================

The signature is in the raw form that WebCrypto reads: ``crypto.subtle.verify({name: "ECDSA", hash: "SHA-256"}, key,
signature, signed)`` with the key imported as ``"raw"`` (the 65 bytes of :attr:`PublicKey.point`). That a barcode is
genuine says nothing about refunds or earlier scans: those are looked up, or come from the list a door downloads.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError

VERSION = 1
SIGNED_LENGTH = 26
SIGNATURE_LENGTH = 64
CONTENT_LENGTH = SIGNED_LENGTH + SIGNATURE_LENGTH
# The version in the first byte keeps every number between 256^89 and 2 x 256^89: always this many digits.
DIGITS = 215
_SIGNED = ">BB8s16s"
# Deterministic (RFC 6979): a ticket printed twice carries the same square, and no weak random source can leak the key.
_SIGNATURE_ALGORITHM = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


class BarcodeRefused(TicketingError):
    """Not one of ours: damaged, invented, or signed with a key we do not know."""

    code = "barcode_refused"
    message = _("This code is not a ticket of this installation.")


@dataclass(frozen=True)
class Barcode:
    """What a genuine square says."""

    performance: str  # its public code
    serial: str  # of the ticket


@dataclass(frozen=True)
class PublicKey:
    """What a scanner needs to verify offline."""

    key_id: int
    point: bytes  # uncompressed: 0x04, x, y

    def verifies(self, signature: bytes, signed: bytes) -> bool:
        half = SIGNATURE_LENGTH // 2
        r, s = (int.from_bytes(part) for part in (signature[:half], signature[half:]))
        try:
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.point)
            key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class SigningKey:
    key_id: int
    private_key: ec.EllipticCurvePrivateKey

    @classmethod
    def generate(cls, *, key_id: int) -> Self:
        return cls(key_id, ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: str, *, key_id: int) -> Self:
        """Raises ValueError for anything that is not a private key on P-256."""
        key = serialization.load_pem_private_key(pem.encode(), password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ValueError("a ticket signing key is a private key on the curve P-256")
        return cls(key_id, key)

    def to_pem(self) -> str:
        return self.private_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()

    @property
    def public_key(self) -> PublicKey:
        point = self.private_key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return PublicKey(self.key_id, point)

    def sign(self, barcode: Barcode) -> str:
        signed = struct.pack(_SIGNED, VERSION, self.key_id, barcode.performance.encode(), barcode.serial.encode())
        r, s = decode_dss_signature(self.private_key.sign(signed, _SIGNATURE_ALGORITHM))
        half = SIGNATURE_LENGTH // 2
        return str(int.from_bytes(signed + r.to_bytes(half) + s.to_bytes(half)))


class KeyRing:
    """The public keys a door trusts, by key id; old keys stay as long as their tickets can still be shown."""

    def __init__(self, keys: Iterable[PublicKey]) -> None:
        self.keys = {key.key_id: key for key in keys}

    def read(self, text: str) -> Barcode:
        """What the square says, or BarcodeRefused, whatever was held before the scanner."""
        content = _content(text)
        signed, signature = content[:SIGNED_LENGTH], content[SIGNED_LENGTH:]
        version, key_id, performance, serial = struct.unpack(_SIGNED, signed)
        key = self.keys.get(key_id)
        if version != VERSION or key is None or not key.verifies(signature, signed):
            raise BarcodeRefused
        return Barcode(performance=performance.decode(), serial=serial.decode())


def looks_like_barcode(text: str) -> bool:
    """Whether a scanned or typed text is worth verifying, to tell it from a typed code or a membership card."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def key_id_of(text: str) -> int:
    """Which key the square claims to be signed with, so that a door knows when its key ring is too old."""
    return _content(text)[1]


def _content(text: str) -> bytes:
    if not looks_like_barcode(text):
        raise BarcodeRefused
    try:
        return int(text).to_bytes(CONTENT_LENGTH)
    except OverflowError:
        raise BarcodeRefused from None
