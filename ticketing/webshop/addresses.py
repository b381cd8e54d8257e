"""Addresses worked out once per language: every hold needs half a dozen of its basket, every map those of its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

# What somebody may do on the page of a date, as in urls.py.
_SHOW = ("list", "choose", "best", "standing", "waiting_list", "hold")
# What no line is called; replaced by the line's own name.
_ANY_LINE = "any-line"


@dataclass(frozen=True)
class BasketAddresses:
    basket: str
    fragment: str
    extend: str
    retry: str
    code: str
    code_remove: str
    checkout: str
    any_tariff: str
    any_remove: str

    def tariff(self, line: str) -> str:
        return self.any_tariff.replace(_ANY_LINE, line)

    def remove(self, line: str) -> str:
        return self.any_remove.replace(_ANY_LINE, line)


def basket_addresses(house_slug: str) -> BasketAddresses:
    return _addresses(get_language(), house_slug)


@lru_cache(maxsize=512)
def _addresses(_language: str | None, house_slug: str) -> BasketAddresses:
    def at(name: str, *line: str) -> str:
        return reverse(f"shop:{name}", args=[house_slug, *line])

    return BasketAddresses(
        basket=at("basket"),
        fragment=at("basket_fragment"),
        extend=at("basket_extend"),
        retry=at("basket_retry"),
        code=at("basket_code"),
        code_remove=at("basket_code_remove"),
        checkout=at("checkout"),
        any_tariff=at("basket_tariff", _ANY_LINE),
        any_remove=at("basket_remove", _ANY_LINE),
    )


def show_addresses(house_slug: str, slug: str, code: str) -> Mapping[str, str]:
    """Those of one date of a production: `list_url`, `hold_url` …"""
    return _show_addresses(get_language(), house_slug, slug, code)


@lru_cache(maxsize=2048)
def _show_addresses(_language: str | None, *date: str) -> Mapping[str, str]:
    return {f"{name}_url": reverse(f"shop:{name}", args=date) for name in _SHOW}
