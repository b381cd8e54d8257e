"""Money: Decimal, EUR, two places, one way to round and one way to split."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


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
