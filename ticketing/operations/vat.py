"""The VAT inside an order: rounded once per house and rate, and shared over the parts it comes from.

A document states its VAT per rate, and the books follow it line by line. Rounding every line by itself would let the
two differ by cents; so each part keeps its share from the moment of the order, and giving a line back gives that share
back, neither more nor less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ticketing.models import OrderLine
from ticketing.money import ZERO, spread, vat_within


def share_vat(lines: Iterable[OrderLine]) -> None:
    """For new lines of one order: every component says which cents of it are VAT."""
    taxed: defaultdict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        line.components = [dict(part) for part in line.components]
        for part in line.components:
            taxed[line.house_id, part["vat_rate"]].append(part)
    for (_house_id, rate), parts in taxed.items():
        amounts = [Decimal(part["gross"]) for part in parts]
        vat = vat_within(sum(amounts, ZERO), Decimal(rate))
        for part, share in zip(parts, spread(vat, amounts), strict=True):
            part["vat"] = str(share)
