"""The addresses of a house's basket, worked out once per language and house: every hold needs half a dozen of them."""

from __future__ import annotations

from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

# What no line is called; replaced by the line's own name.
_ANY_LINE = "any-line"


def basket_address(name: str, house_slug: str) -> str:
    """`name` as in urls.py: basket, basket_fragment, checkout, basket_code …"""
    return _address(f"shop:{name}", get_language(), house_slug)


def line_address(name: str, house_slug: str, line: str) -> str:
    return _address(f"shop:{name}", get_language(), house_slug, _ANY_LINE).replace(_ANY_LINE, line)


@lru_cache(maxsize=2048)
def _address(name: str, _language: str | None, *arguments: str) -> str:
    return reverse(name, args=arguments)
