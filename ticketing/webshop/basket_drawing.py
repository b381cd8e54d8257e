"""Draws the basket beside the map: once for every look it can have, for it is drawn with every click on a seat.

Two baskets look alike when they differ in nothing but the places and the time that is left. Those words are left open
in what is kept, and put in each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from ticketing.webshop.addresses import basket_addresses
from ticketing.webshop.basket_view import BasketView

TEMPLATE = "webshop/_partials/basket.html"
# Private use characters: no text has them, and neither escaping nor translating touches them.
OPEN = re.compile("\ue000([0-9]+)\ue001")


def draw_basket(view: BasketView, *, house_slug: str) -> str:
    texts, places = _drawn(get_language(), house_slug, view)
    words = [escape(word) for word in _words(view)]
    return "".join(part for pair in zip_longest(texts, (words[at] for at in places), fillvalue="") for part in pair)


def basket_context(view: BasketView, *, house_slug: str) -> dict[str, Any]:
    """What the template asks for: the basket, and the addresses it needs of its house, without a query."""
    where = basket_addresses(house_slug)
    house = {
        "basket_url": where.basket,
        "basket_fragment_url": where.fragment,
        "checkout_url": where.checkout,
        "code_url": where.code,
    }
    return {"basket": view, "house": house}


@lru_cache(maxsize=512)
def _drawn(_language: str | None, house_slug: str, view: BasketView) -> tuple[list[str], list[int]]:
    """The text between the open words, and which word comes after each."""
    found = OPEN.split(render_to_string(TEMPLATE, basket_context(_left_open(view), house_slug=house_slug)))
    return found[::2], [int(at) for at in found[1::2]]


def _words(view: BasketView) -> Iterator[str]:
    """Everything in a view that does not count when two are compared."""
    if view.hold:
        yield from (str(view.hold.left), str(view.hold.total), view.hold.clock, str(view.hold.ring))
    for group in view.groups:
        for line in group.lines:
            yield from (line.label, line.price_type_url, line.remove_url)


def _left_open(view: BasketView) -> BasketView:
    """The same view with a mark for every word, in the order of `_words`."""
    marks: Iterator[Any] = (f"\ue000{at}\ue001" for at, _word in enumerate(_words(view)))
    if view.hold:
        hold = replace(view.hold, left=next(marks), total=next(marks), clock=next(marks), ring=next(marks))
        view = replace(view, hold=hold)
    groups = []
    for group in view.groups:
        lines = [
            replace(line, label=next(marks), price_type_url=next(marks), remove_url=next(marks)) for line in group.lines
        ]
        groups.append(replace(group, lines=tuple(lines)))
    return replace(view, groups=tuple(groups))
