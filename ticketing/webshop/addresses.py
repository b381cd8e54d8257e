"""Addresses worked out once per language: every hold needs half a dozen of its basket, every map those of its date."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

# What somebody may do on the page of a date, as in urls.py.
_SHOW = ("list", "choose", "best", "standing", "waiting_list", "hold")
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


def show_addresses(house_slug: str, slug: str, code: str) -> Mapping[str, str]:
    """Those of one date of a production: `list_url`, `hold_url` …"""
    return _show_addresses(get_language(), house_slug, slug, code)


@lru_cache(maxsize=2048)
def _show_addresses(_language: str | None, *date: str) -> Mapping[str, str]:
    return {f"{name}_url": reverse(f"shop:{name}", args=date) for name in _SHOW}
