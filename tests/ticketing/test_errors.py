"""A refusal tells amounts as its reader writes them; what a program reads of it stays a plain number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from ticketing.money import GAP
from ticketing.operations.baskets import GIFT_CARD_LEAST, GIFT_CARD_MOST, GiftCardAmount
from ticketing.operations.prices import PriceNotAllowed


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", f"Een cadeaubon is tussen €{GAP}5,00 en €{GAP}500,00 waard."),
        ("fr", f"Un chèque-cadeau vaut entre 5,00{GAP}€ et 500,00{GAP}€."),
        ("en", "A gift card is worth between €5.00 and €500.00."),
    ],
)
def test_amounts_are_told_in_the_language_of_the_sentence(language: str, sentence: str) -> None:
    refusal = GiftCardAmount(least=GIFT_CARD_LEAST, most=GIFT_CARD_MOST)
    with override(language):
        assert (str(refusal), refusal.details) == (sentence, {"least": Decimal("5.00"), "most": Decimal("500.00")})


@pytest.mark.parametrize(
    ("typed", "told"), [("10000.00", "€10,000.00"), ("1.005", "1.005"), ("NaN", "NaN"), ("-Infinity", "-Infinity")]
)
def test_what_is_no_amount_is_told_as_it_came(typed: str, told: str) -> None:
    with override("en"):
        sentence = f"Prices are amounts from 0 to 9,999.99 with two decimals: {told} is not."
        assert str(PriceNotAllowed(price=Decimal(typed))) == sentence
