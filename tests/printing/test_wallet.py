"""A wallet is offered only with keys, carries the same words as the paper, and is signed the way its maker demands."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import pkcs7
from PIL import Image
from pytest_django import Settings

from tests.printing.sheets import BARCODE, RING, a_sheet
from tests.printing.wallets import KEY, offer_both
from ticketing.printing.apple_wallet import apple_pass
from ticketing.printing.google_wallet import google_save_link
from ticketing.printing.wallet import WalletNotOffered, wallets_offered

pytestmark = pytest.mark.scope("PR5-05")

STARTS_AT = datetime(2027, 3, 12, 19, 0, tzinfo=UTC)


@pytest.fixture
def _keys(settings: Settings) -> None:
    offer_both(settings)


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def fields(words: dict[str, Any]) -> dict[str, str]:
    return {field["label"]: field["value"] for group in words["eventTicket"].values() for field in group}


def test_without_keys_no_wallet_is_offered() -> None:
    assert wallets_offered() == ()
    with pytest.raises(WalletNotOffered):
        apple_pass(a_sheet(), language="nl")
    with pytest.raises(WalletNotOffered):
        google_save_link(a_sheet(), language="nl", now=STARTS_AT)


@pytest.mark.usefixtures("_keys")
def test_with_keys_both_are_offered() -> None:
    assert [wallet.name for wallet in wallets_offered()] == ["Apple Wallet", "Google Wallet"]


@pytest.mark.usefixtures("_keys")
def test_an_apple_pass_says_what_the_ticket_says() -> None:
    words = json.loads(opened(apple_pass(a_sheet(starts_at=STARTS_AT), language="nl"))["pass.json"])
    shown = fields(words)
    assert (
        shown["Definitieve prijs"],
        shown["Rij"],
        shown["Stoel"],
        shown["Deur"],
        words["relevantDate"],
        RING.read(words["barcodes"][0]["message"]),
        words["barcodes"][0]["altText"],
    ) == ("€ 28,00", "F", "11", "B", "2027-03-12T19:00:00+00:00", BARCODE, "7KQ2-M9XD-4HTC")


@pytest.mark.usefixtures("_keys")
def test_an_apple_pass_lists_and_signs_every_file() -> None:
    files = opened(apple_pass(a_sheet(), language="fr"))
    signature, manifest = files.pop("signature"), files.pop("manifest.json")
    digests = {name: hashlib.sha1(content).hexdigest() for name, content in files.items()}
    assert json.loads(manifest) == digests
    signers = {
        str(certificate.subject.rfc4514_string()) for certificate in pkcs7.load_der_pkcs7_certificates(signature)
    }
    assert signers == {"CN=pass", "CN=apple"}


@pytest.mark.usefixtures("_keys")
def test_an_apple_pass_brings_its_icons() -> None:
    files = opened(apple_pass(a_sheet(), language="nl"))
    sizes = {name: Image.open(io.BytesIO(files[name])).size for name in files if name.startswith("icon")}
    assert sizes == {"icon.png": (29, 29), "icon@2x.png": (58, 58), "icon@3x.png": (87, 87)}


@pytest.mark.usefixtures("_keys")
def test_a_google_link_carries_the_signed_ticket() -> None:
    link = google_save_link(a_sheet(performance="7KQ2M9XD", starts_at=STARTS_AT), language="fr", now=STARTS_AT)
    head, body, signature = link.removeprefix("https://pay.google.com/gp/v/save/").split(".")
    KEY.public_key().verify(decoded(signature), f"{head}.{body}".encode(), padding.PKCS1v15(), hashes.SHA256())
    claims = json.loads(decoded(body))
    [ticket] = claims["payload"]["eventTicketObjects"]
    assert (
        claims["aud"],
        ticket["id"],
        ticket["classId"],
        RING.read(ticket["barcode"]["value"]),
        ticket["textModulesData"][0],
        ticket["seatInfo"]["row"]["defaultValue"],
    ) == (
        "google",
        "338800.7KQ2M9XD4HTC",
        "338800.7KQ2M9XD",
        BARCODE,
        {"id": "price", "header": "Prix définitif", "body": "€ 28,00"},
        {"language": "fr", "value": "F"},
    )


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
