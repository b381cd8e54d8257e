"""Rows and cards of the programme in the words and addresses of the shop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ticketing.queries.houses import ShopHouse
from ticketing.queries.place_states import free_counts
from ticketing.queries.programme import LOW, Card, Show, coming_cards, lowest_prices
from ticketing.queries.selling import is_on_sale
from ticketing.webshop.caching import SETTLED, kept


@dataclass(frozen=True)
class Rail:
    id: str
    title: str
    url: str
    cards: list[dict[str, Any]]


def production_url(house_slug: str, slug: str) -> str:
    return reverse("shop:production", args=[house_slug, slug])


def performance_url(house_slug: str, slug: str, code: str) -> str:
    return reverse("shop:performance", args=[house_slug, slug, code])


def card_view(card: Card, lowest: dict[int, Decimal]) -> dict[str, Any]:
    prices = [lowest[performance] for performance in card.performance_ids if performance in lowest]
    return {
        "url": production_url(card.house_slug, card.slug),
        "title": str(card.title),
        "genre": str(card.genre),
        "image": card.image,
        "image_alt": str(card.image_alt),
        "starts_at": card.starts_at,
        "dates": card.dates,
        "price_from": min(prices) if prices else None,
    }


def card_views(cards: Iterable[Card], *, now: datetime) -> list[dict[str, Any]]:
    cards = list(cards)
    ids = [performance for card in cards for performance in card.performance_ids]
    lowest = lowest_prices(ids, now=now) if ids else {}
    return [card_view(card, lowest) for card in cards]


def rails(cards: Iterable[Card], *, agenda_url: str, now: datetime) -> list[Rail]:
    """What comes first, then a rail per genre with something to choose from; a single genre would say it twice."""
    cards = list(cards)
    lowest = lowest_prices([pid for card in cards for pid in card.performance_ids], now=now) if cards else {}
    genres: dict[str, list[Card]] = {}
    for card in cards:
        genres.setdefault(card.genre_code, []).append(card)
    found = (
        [Rail("soon", _("Coming up"), agenda_url, [card_view(card, lowest) for card in cards[:10]])] if cards else []
    )
    found += [
        Rail(f"genre-{code}", str(of[0].genre), f"{agenda_url}?genre={code}", [card_view(c, lowest) for c in of[:12]])
        for code, of in genres.items()
        if len(of) >= 3 and len(genres) > 1
    ]
    return found


def show_views(shows: Iterable[Show], *, now: datetime) -> list[dict[str, Any]]:
    shows = list(shows)
    ids = [show.id for show in shows]
    lowest, free = (lowest_prices(ids, now=now), free_counts(ids, now=now)) if ids else ({}, {})
    return [_show_view(show, free=free.get(show.id, 0), price=lowest.get(show.id), now=now) for show in shows]


def _show_view(show: Show, *, free: int, price: Decimal | None, now: datetime) -> dict[str, Any]:
    sells = is_on_sale(show, now=now)
    return {
        "url": performance_url(show.house_slug, show.slug, show.code),
        "title": str(show.title),
        "subtitle": str(show.subtitle),
        "genre": str(show.genre),
        "hall": f"{show.hall}, {show.venue}" if show.venue != str(show.hall) else show.venue,
        "starts_at": show.starts_at,
        "image": show.image,
        "price_from": price,
        "is_cancelled": show.state == "cancelled",
        "is_sold_out": sells and free == 0,
        "is_low": sells and 0 < free <= LOW,
    }


def next_rail(house: ShopHouse, without: frozenset[int], genre: str = "") -> SafeString:
    """One rail of what comes next in a house: the same genre first, never what somebody is looking at."""
    drawn = kept(
        "next", house.id, house.programme_version, sorted(without), genre, get_language(), seconds=SETTLED,
        build=lambda: _next_rail(house, without, genre),
    )  # fmt: skip
    return mark_safe(drawn)  # noqa: S308 - our template


def _next_rail(house: ShopHouse, without: frozenset[int], genre: str) -> str:
    now = timezone.now()
    others = [card for card in coming_cards([house.id], now=now) if card.production_id not in without]
    others.sort(key=lambda card: card.genre_code != genre)
    return rail_html("related", _("You may also like"), card_views(others[:8], now=now))


def rail_html(name: str, title: str, cards: list[dict[str, Any]]) -> str:
    """A rail drawn to be kept; nothing when there is nothing to show."""
    return render_to_string("components/rail.html", {"id": name, "title": title, "cards": cards}) if cards else ""
