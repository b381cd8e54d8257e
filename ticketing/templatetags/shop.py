"""How money and languages are written in the three languages of the shop."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from django import template
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from ticketing.money import GAP, written

register = template.Library()

LANGUAGE_NAMES = {"nl": _("Dutch"), "fr": _("French"), "en": _("English"), "de": _("German")}

# Behind the last digits of an amount, before or without a sign.
NO_CENTS = re.compile(r"[.,]00(?=\D*$)")


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
    return "" if amount is None else written(amount, (translation.get_language() or "nl")[:2])


@register.filter
def short_money(amount: Decimal | None) -> str:
    """Without the cents when there are none, for chips and cards."""
    return NO_CENTS.sub("", money(amount))


@register.filter
def whole(number: int) -> str:
    """20 000 places, 20,000 in English."""
    grouped = f"{number:,}"
    return grouped if (translation.get_language() or "nl")[:2] == "en" else grouped.replace(",", GAP)


@register.filter
def language_name(code: str) -> str:
    """Languages by their names; what is no code is shown as somebody typed it."""
    return " / ".join(str(LANGUAGE_NAMES.get(part, part)) for part in code.split(" / "))
