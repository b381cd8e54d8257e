"""How money is written in the three languages; the one filter the screens of the shop need."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils import translation

register = template.Library()

# A no-break space keeps the sign and the amount on one line.
GAP = "\u00a0"


def written_money(amount: Decimal, language: str) -> str:
    """€ 33,60 in Dutch, 33,60 € in French, €33.60 in English."""
    sign, whole = ("−" if amount < 0 else ""), f"{abs(amount):,.2f}"
    if language == "en":
        return f"{sign}€{whole}"
    continental = whole.replace(",", GAP).replace(".", ",")
    return f"{sign}{continental}{GAP}€" if language == "fr" else f"€{GAP}{sign}{continental}"


@register.filter
def money(amount: Decimal | None) -> str:
    return "" if amount is None else written_money(amount, (translation.get_language() or "nl")[:2])


@register.filter
def short_money(amount: Decimal | None) -> str:
    """Without the cents when there are none, for chips and cards."""
    return money(amount).replace(",00", "").replace(".00", "")
