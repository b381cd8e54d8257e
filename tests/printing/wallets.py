"""Keys for both wallets, as their makers would give them: made here, and good for nothing elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

SIGNED_AT = datetime(2027, 3, 12, 19, 0, tzinfo=UTC)
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()


def a_certificate(name: str) -> str:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(KEY.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(SIGNED_AT - timedelta(days=1))
        .not_valid_after(SIGNED_AT + timedelta(days=1))
        .sign(KEY, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def offer_both(settings: Any) -> None:
    """As an installation with both accounts is configured."""
    settings.APPLE_WALLET = {
        "pass_type": "pass.example.tickets",
        "team": "TEAM123456",
        "certificate": a_certificate("pass"),
        "private_key": PEM,
        "apple_certificate": a_certificate("apple"),
    }
    settings.GOOGLE_WALLET = {"issuer": "338800", "service_account": "x@example.org", "private_key": PEM}
