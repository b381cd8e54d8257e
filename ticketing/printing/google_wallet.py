"""A ticket for Google Wallet: a link that carries the whole ticket, signed, so that nothing is sent before a click."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.printing.sheets import TicketSheet
from ticketing.printing.wallet import GOOGLE, WalletNotOffered, wallets_offered

SAVE = "https://pay.google.com/gp/v/save/"


def google_save_link(sheet: TicketSheet, *, language: str, now: datetime) -> str:
    if GOOGLE not in wallets_offered():
        raise WalletNotOffered
    with override(language):
        claims = {
            "iss": settings.GOOGLE_WALLET["service_account"],
            "aud": "google",
            "typ": "savetowallet",
            "iat": int(now.timestamp()),
            "payload": {
                "eventTicketClasses": [_night(sheet, language)],
                "eventTicketObjects": [_ticket(sheet, language)],
            },
        }
    return SAVE + _signed(claims)


def _night(sheet: TicketSheet, language: str) -> dict[str, Any]:
    night: dict[str, Any] = {
        "id": _night_id(sheet),
        "issuerName": sheet.house.name,
        "reviewStatus": "UNDER_REVIEW",
        "eventName": _text(sheet.production, language),
        "hexBackgroundColor": sheet.house.accent,
        "venue": {"name": _text(sheet.hall, language), "address": _text(sheet.address or sheet.hall, language)},
    }
    if sheet.starts_at is not None:
        night["dateTime"] = {"start": sheet.starts_at.isoformat(timespec="seconds")}
    return night


def _ticket(sheet: TicketSheet, language: str) -> dict[str, Any]:
    ticket: dict[str, Any] = {
        "id": f"{settings.GOOGLE_WALLET['issuer']}.{sheet.code}",
        "classId": _night_id(sheet),
        "state": "ACTIVE",
        "ticketNumber": sheet.typed_code,
        "barcode": {"type": "QR_CODE", "value": sheet.barcode, "alternateText": sheet.typed_code},
        "ticketType": _text(sheet.price_type, language),
        "textModulesData": [
            {"id": "price", "header": _("Final price"), "body": sheet.price},
            {"id": "order", "header": _("Order"), "body": sheet.order_reference},
        ],
    }
    seat = {"section": sheet.zone, "row": sheet.row, "seat": sheet.seat, "gate": sheet.door}
    ticket["seatInfo"] = {part: _text(words, language) for part, words in seat.items() if words}
    return ticket


def _night_id(sheet: TicketSheet) -> str:
    return f"{settings.GOOGLE_WALLET['issuer']}.{sheet.performance}"


def _text(words: str, language: str) -> dict[str, Any]:
    return {"defaultValue": {"language": language, "value": words}}


def _signed(claims: dict[str, Any]) -> str:
    """A JWT with RS256, the only form the save link takes."""
    key = serialization.load_pem_private_key(settings.GOOGLE_WALLET["private_key"].encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    message = ".".join(_part(json.dumps(part).encode()) for part in ({"alg": "RS256", "typ": "JWT"}, claims))
    signature = key.sign(message.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{message}.{_part(signature)}"


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
