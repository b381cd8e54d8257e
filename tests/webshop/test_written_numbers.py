"""How amounts and large numbers look in each language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from ticketing.money import GAP
from ticketing.templatetags.shop import money, short_money, whole


@pytest.mark.parametrize(
    ("language", "written"),
    [("nl", f"20{GAP}000"), ("fr", f"20{GAP}000"), ("en", "20,000")],
)
def test_a_large_number_is_written_in_groups(language: str, written: str) -> None:
    with override(language):
        assert (whole(20_000), whole(976)) == (written, "976")


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nl", (f"€{GAP}1{GAP}234,50", f"€{GAP}−5,00")),
        ("fr", (f"1{GAP}234,50{GAP}€", f"−5,00{GAP}€")),
        ("en", ("€1,234.50", "−€5.00")),
    ],
)
def test_an_amount_is_written_as_its_readers_do(language: str, written: tuple[str, str]) -> None:
    with override(language):
        assert (money(Decimal("1234.50")), money(Decimal("-5.00"))) == written


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nl", (f"€{GAP}28", f"€{GAP}28,50", f"€{GAP}1{GAP}000")),
        ("fr", (f"28{GAP}€", f"28,50{GAP}€", f"1{GAP}000{GAP}€")),
        ("en", ("€28", "€28.50", "€1,000")),
    ],
)
def test_a_round_amount_can_be_written_without_cents(language: str, written: tuple[str, str, str]) -> None:
    with override(language):
        assert tuple(short_money(Decimal(amount)) for amount in ("28.00", "28.50", "1000.00")) == written
