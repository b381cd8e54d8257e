"""An installation makes its key once, keeps it sealed, and changes it without spoiling a ticket already sold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from pytest_django import Settings

from ticketing.barcodes import Barcode, BarcodeRefused, SigningKey, key_id_of
from ticketing.models import TicketKey
from ticketing.operations.barcodes import KeyFromOutside, NoKeyLeft, barcode_of, rotate_ticket_key
from ticketing.queries.barcodes import forget_keys, read_barcode

NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
BARCODE = Barcode(performance="7KQ2M9XD", serial="4HTC7KQ2M9XD4HTC")

pytestmark = pytest.mark.django_db


def a_square() -> str:
    return barcode_of(performance=BARCODE.performance, serial=BARCODE.serial, now=NOW)


def test_the_first_ticket_makes_the_key_and_the_next_uses_it() -> None:
    first = a_square()
    forget_keys()
    assert (a_square(), read_barcode(first), TicketKey.objects.count()) == (first, BARCODE, 1)


def test_the_private_key_never_lies_open_in_the_database() -> None:
    a_square()
    assert "PRIVATE KEY" not in TicketKey.objects.get().sealed


def test_after_a_rotation_old_and_new_tickets_are_both_read() -> None:
    old = a_square()
    rotate_ticket_key(now=NOW)
    new = a_square()
    squares = [(key_id_of(text), read_barcode(text)) for text in (old, new)]
    assert squares == [(1, BARCODE), (2, BARCODE)]


def test_a_process_that_missed_the_rotation_learns_the_new_key() -> None:
    a_square()
    key = SigningKey.generate(key_id=2)
    TicketKey.objects.create(key_id=2, public_point=key.public_key.point, created_at=NOW)
    assert read_barcode(key.sign(BARCODE)) == BARCODE


def test_a_square_of_a_foreign_installation_is_refused() -> None:
    a_square()
    with pytest.raises(BarcodeRefused):
        read_barcode(SigningKey.generate(key_id=9).sign(BARCODE))


def test_a_key_from_the_environment_is_registered_but_never_stored(settings: Settings) -> None:
    key = SigningKey.generate(key_id=7)
    settings.TICKET_SIGNING_KEY, settings.TICKET_SIGNING_KEY_ID = key.to_pem(), 7
    text = a_square()
    row = TicketKey.objects.get()
    assert (read_barcode(text), row.key_id, row.sealed) == (BARCODE, 7, "")


def test_another_key_under_a_used_number_stops_the_printing(settings: Settings) -> None:
    a_square()
    settings.TICKET_SIGNING_KEY = SigningKey.generate(key_id=1).to_pem()
    forget_keys()
    with pytest.raises(ImproperlyConfigured):
        a_square()


def test_an_old_secret_key_still_opens_the_seal(settings: Settings) -> None:
    text = a_square()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    forget_keys()
    assert a_square() == text


def test_the_numbers_of_keys_end_with_a_clear_refusal() -> None:
    TicketKey.objects.create(key_id=255, public_point=b"", created_at=NOW)
    with pytest.raises(NoKeyLeft):
        rotate_ticket_key(now=NOW)


def test_an_operator_changes_the_key_with_one_command(capsys: pytest.CaptureFixture[str]) -> None:
    old = a_square()
    call_command("rotate_ticket_key")
    assert (key_id_of(a_square()), read_barcode(old)) == (2, BARCODE)
    assert "key 2" in capsys.readouterr().out


def test_a_key_from_the_environment_is_changed_there(settings: Settings) -> None:
    settings.TICKET_SIGNING_KEY, settings.TICKET_SIGNING_KEY_ID = SigningKey.generate(key_id=7).to_pem(), 7
    a_square()
    with pytest.raises(KeyFromOutside):
        rotate_ticket_key(now=NOW)
    with pytest.raises(CommandError):
        call_command("rotate_ticket_key")
    assert list(TicketKey.objects.values_list("key_id", "retired_at")) == [(7, None)]
