"""Money: Decimal, EUR, two places, one way to round, one way to split and one way to write it in each language."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
# A no-break space keeps the sign and the amount on one line.
GAP = "\u00a0"


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def is_money(amount: Decimal) -> bool:
    """An amount one can pay: nothing is smaller than a cent."""
    return amount.is_finite() and (amount * 100).to_integral_value() == amount * 100


def vat_within(gross: Decimal, rate: Decimal) -> Decimal:
    """The VAT inside a gross amount, `rate` in percent."""
    return rounded(gross * rate / (100 + rate))


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split `amount` over `weights` so that the parts sum to it to the cent and none changes sign."""
    total = sum(weights, ZERO)
    if total == 0:
        if amount:
            raise ValueError("nothing to spread the amount over")
        return [ZERO for _ in weights]
    parts, given, seen = [], ZERO, ZERO
    for weight in weights:
        seen += weight
        part = rounded(amount * seen / total) - given
        parts.append(part)
        given += part
    return parts


def written(amount: Decimal, language: str) -> str:
    """€ 33,60 in Dutch, 33,60 € in French, €33.60 in English."""
    sign, whole = ("−" if amount < 0 else ""), f"{abs(amount):,.2f}"
    if language == "en":
        return f"{sign}€{whole}"
    continental = whole.replace(",", GAP).replace(".", ",")
    return f"{sign}{continental}{GAP}€" if language == "fr" else f"€{GAP}{sign}{continental}"
