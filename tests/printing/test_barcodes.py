"""A door without network trusts nothing but the signature, so nothing but our own squares may come through."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketing.barcodes import DIGITS, Barcode, BarcodeRefused, KeyRing, SigningKey, key_id_of, looks_like_barcode
from ticketing.identifiers import ALPHABET

KEY = SigningKey.generate(key_id=1)
RING = KeyRing([KEY.public_key])
BARCODE = Barcode(performance="7KQ2M9XD", serial="4HTC7KQ2M9XD4HTC")
GENUINE = KEY.sign(BARCODE)


@given(
    performance=st.text(ALPHABET, min_size=8, max_size=8),
    serial=st.text(ALPHABET, min_size=16, max_size=16),
    key_id=st.integers(1, 255),
)
@settings(max_examples=50, deadline=None)
def test_what_was_signed_is_read_back(performance: str, serial: str, key_id: int) -> None:
    key = SigningKey(key_id, KEY.private_key)
    barcode = Barcode(performance=performance, serial=serial)
    text = key.sign(barcode)
    assert (KeyRing([key.public_key]).read(text), len(text), key_id_of(text)) == (barcode, DIGITS, key_id)


def test_a_ticket_printed_twice_carries_the_same_square() -> None:
    assert KEY.sign(BARCODE) == GENUINE


@given(position=st.integers(0, DIGITS - 1), digit=st.sampled_from("0123456789"))
@settings(max_examples=300, deadline=None)
def test_one_changed_digit_is_refused(position: int, digit: str) -> None:
    forged = GENUINE[:position] + digit + GENUINE[position + 1 :]
    if forged == GENUINE:
        assert RING.read(forged) == BARCODE
    else:
        with pytest.raises(BarcodeRefused):
            RING.read(forged)


@given(length=st.integers(0, DIGITS - 1))
@settings(max_examples=50, deadline=None)
def test_a_truncated_square_is_refused(length: int) -> None:
    with pytest.raises(BarcodeRefused):
        RING.read(GENUINE[:length])


@given(text=st.one_of(st.text(), st.text("0123456789", min_size=DIGITS, max_size=DIGITS), st.just("٣" * DIGITS)))
@settings(max_examples=300, deadline=None)
def test_anything_else_is_refused_and_never_breaks_the_scanner(text: str) -> None:
    with pytest.raises(BarcodeRefused):
        RING.read(text)


def test_a_square_signed_with_a_foreign_key_is_refused_even_under_our_key_id() -> None:
    with pytest.raises(BarcodeRefused):
        RING.read(SigningKey.generate(key_id=1).sign(BARCODE))


def test_a_square_of_an_unknown_key_is_refused_but_names_the_key() -> None:
    newer = SigningKey.generate(key_id=2).sign(BARCODE)
    assert key_id_of(newer) == 2
    with pytest.raises(BarcodeRefused):
        RING.read(newer)


def test_old_tickets_stay_valid_after_a_new_key_came() -> None:
    assert KeyRing([KEY.public_key, SigningKey.generate(key_id=2).public_key]).read(GENUINE) == BARCODE


def test_a_typed_code_and_a_uitpas_number_are_not_mistaken_for_a_square() -> None:
    assert [looks_like_barcode(text) for text in (GENUINE, "7KQ2M9XD4HTC", "0930000420206")] == [True, False, False]


def test_a_key_survives_its_text_form() -> None:
    again = SigningKey.from_pem(KEY.to_pem(), key_id=1)
    assert (again.public_key, again.sign(BARCODE)) == (KEY.public_key, GENUINE)


def test_a_key_on_another_curve_is_not_accepted() -> None:
    pem = ed25519.Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with pytest.raises(ValueError, match="P-256"):
        SigningKey.from_pem(pem.decode(), key_id=1)
