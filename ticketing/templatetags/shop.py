"""How money and languages are written in the three languages of the shop."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext_lazy as _

register = template.Library()

LANGUAGE_NAMES = {"nl": _("Dutch"), "fr": _("French"), "en": _("English"), "de": _("German")}

# A no-break space keeps the sign and the amount on one line.
GAP = "\u00a0"


def written_money(amount: Decimal, language: str) -> str:
    """€ 33,60 in Dutch, 33,60 € in French, €33.60 in English."""
    sign, whole = ("−" if amount < 0 else ""), f"{abs(amount):,.2f}"
    if language == "en":
        return f"{sign}€{whole}"
    continental = whole.replace(",", GAP).replace(".", ",")
    return f"{sign}{continental}{GAP}€" if language == "fr" else f"€{GAP}{sign}{continental}"


@register.simple_tag
@cache
def asset(path: str) -> str:
    """The address of a static file: asked for a dozen times on every page, and the same until the next start."""
    return static(path)


@register.simple_tag
def icon_sheet() -> str:
    return asset("icons.svg")


@register.filter
def money(amount: Decimal | None) -> str:
    return "" if amount is None else written_money(amount, (translation.get_language() or "nl")[:2])


@register.filter
def short_money(amount: Decimal | None) -> str:
    """Without the cents when there are none, for chips and cards."""
    return money(amount).replace(",00", "").replace(".00", "")


@register.filter
def whole(number: int) -> str:
    """20 000 places, 20,000 in English."""
    written = f"{number:,}"
    return written if (translation.get_language() or "nl")[:2] == "en" else written.replace(",", GAP)


@register.filter
def language_name(code: str) -> str:
    """A language by its name; what is no code is shown as somebody typed it."""
    return str(LANGUAGE_NAMES.get(code, code))
