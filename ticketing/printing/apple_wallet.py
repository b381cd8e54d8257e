"""A ticket for Apple Wallet: a signed zip (`.pkpass`) with the words, the colours and the square."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from PIL import Image, ImageDraw

from ticketing.printing.sheets import TicketSheet
from ticketing.printing.wallet import APPLE, WalletNotOffered, wallets_offered

CONTENT_TYPE = "application/vnd.apple.pkpass"
ICON_SIZES = {"icon.png": 29, "icon@2x.png": 58, "icon@3x.png": 87}


def apple_pass(sheet: TicketSheet, *, language: str) -> bytes:
    if APPLE not in wallets_offered():
        raise WalletNotOffered
    with override(language):
        files = {"pass.json": json.dumps(_pass(sheet), ensure_ascii=False).encode()}
    files |= {name: _icon(size, sheet.house.accent, sheet.house.accent_ink) for name, size in ICON_SIZES.items()}
    digests = {name: hashlib.sha1(content, usedforsecurity=False).hexdigest() for name, content in files.items()}
    files["manifest.json"] = json.dumps(digests).encode()
    files["signature"] = _signature(files["manifest.json"])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _pass(sheet: TicketSheet) -> dict[str, Any]:
    words: dict[str, Any] = {
        "formatVersion": 1,
        "passTypeIdentifier": settings.APPLE_WALLET["pass_type"],
        "teamIdentifier": settings.APPLE_WALLET["team"],
        "serialNumber": sheet.code,
        "organizationName": sheet.house.name,
        "logoText": sheet.house.name,
        "description": _("Tickets for %(production)s") % {"production": sheet.production},
        "backgroundColor": _rgb(sheet.house.accent),
        "foregroundColor": _rgb(sheet.house.accent_ink),
        "labelColor": _rgb(sheet.house.accent_ink),
        "barcodes": [
            {
                "format": "PKBarcodeFormatQR",
                "message": sheet.barcode,
                "messageEncoding": "iso-8859-1",
                "altText": sheet.typed_code,
            }
        ],
        "eventTicket": {
            "headerFields": _fields({"time": (sheet.weekday, f"{sheet.day}, {sheet.time}")}),
            "primaryFields": _fields({"title": (sheet.by_line, sheet.production)}),
            "secondaryFields": _fields({f"place{at}": fact for at, fact in enumerate(sheet.place_facts)}),
            "auxiliaryFields": _fields(
                {
                    "door": (_("Door"), sheet.door),
                    "tariff": (_("Price type"), sheet.price_type),
                    "price": (_("Final price"), sheet.price),
                }
            ),
            "backFields": _fields(
                {
                    "order": (_("Order"), sheet.order_reference),
                    "where": (sheet.hall, sheet.address),
                    "doors": (sheet.moment, sheet.doors_open),
                    "practical": (_("Good to know"), sheet.practical),
                }
            ),
        },
    }
    if sheet.starts_at is not None:
        words["relevantDate"] = sheet.starts_at.isoformat(timespec="seconds")
    return words


def _fields(named: Mapping[str, tuple[str, str]]) -> list[dict[str, str]]:
    return [{"key": key, "label": label, "value": value} for key, (label, value) in named.items() if value]


def _rgb(colour: str) -> str:
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:7], 16)})"


@lru_cache(maxsize=64)
def _icon(size: int, accent: str, ink: str) -> bytes:
    """Three rows of an auditorium in the colours of the house; Apple refuses a pass without an icon."""
    scale = 4
    picture = Image.new("RGB", (size * scale, size * scale), accent)
    draw = ImageDraw.Draw(picture)
    for share in (0.30, 0.52, 0.74):
        edge = size * scale * (1 - share) / 2
        box = (edge, edge - size * scale * 0.15, size * scale - edge, size * scale * (1 + share) / 2)
        draw.arc(box, start=20, end=160, fill=ink, width=max(1, size * scale // 12))
    content = io.BytesIO()
    picture.resize((size, size), Image.Resampling.LANCZOS).save(content, "PNG")
    return content.getvalue()


def _signature(manifest: bytes) -> bytes:
    keys = settings.APPLE_WALLET
    private_key = serialization.load_pem_private_key(keys["private_key"].encode(), password=None)
    assert isinstance(private_key, rsa.RSAPrivateKey)  # Apple gives out no other
    return (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(manifest)
        .add_signer(x509.load_pem_x509_certificate(keys["certificate"].encode()), private_key, hashes.SHA256())
        .add_certificate(x509.load_pem_x509_certificate(keys["apple_certificate"].encode()))
        .sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary])
    )
