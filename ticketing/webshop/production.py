"""The page of a production: its dates, and choosing places for one of them on a map, in a list or by number."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ticketing.models import Place
from ticketing.queries.domains import site_of
from ticketing.queries.houses import ShopHouse, shop_house
from ticketing.queries.kept_terms import terms_at
from ticketing.queries.place_states import HallStates, free_counts, hall_states
from ticketing.queries.pricing import ANYBODY_ON_THE_WEB, PriceNotOffered, offer_for, offers
from ticketing.queries.programme import (
    PerformanceLine,
    ProductionNotFound,
    ProductionPage,
    production_page,
)
from ticketing.queries.selling import is_on_sale
from ticketing.queries.terms import SaleTerms
from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.seat_list import seat_list
from ticketing.seating.sectors import needs_sectors, sector_map
from ticketing.seating.states import State
from ticketing.seating.svg import seat_map
from ticketing.templatetags.shop import short_money
from ticketing.webshop.addresses import show_addresses
from ticketing.webshop.basket_view import basket_view
from ticketing.webshop.caching import FRESH, SETTLED, kept
from ticketing.webshop.cards import next_rail, performance_url, production_url
from ticketing.webshop.forms import WaitingListForm
from ticketing.webshop.frame import Frame
from ticketing.webshop.responses import Refusal

STEPPER_MOST = 20
# Stand in a drawn picker for what changes with every sale; no text can hold these characters.
_MAP, _SINCE = "\ue000", "\ue001"
_ROUND_THE_MAP = (
    "url", "list_url", "best_url", "hold_url", "states_url", "max_places", "is_seated", "has_wheelchair",
)  # fmt: skip


@require_safe
def production(request: HttpRequest, house: str, slug: str, code: str = "") -> HttpResponse:
    return choose_page(request, house, slug, code)


@require_safe
def seat_list_page(request: HttpRequest, house: str, slug: str, code: str) -> HttpResponse:
    return choose_page(request, house, slug, code, as_list=True)


def choose_page(
    request: HttpRequest, house: str, slug: str, code: str, *, as_list: bool = False, refusal: Refusal | None = None
) -> HttpResponse:
    """The whole page, also when a post was refused and nobody runs scripts."""
    now = timezone.now()
    found = shop_house(house)
    page: ProductionPage = kept(
        "production", found.id, found.programme_version, slug, seconds=SETTLED,
        build=lambda: production_page(found.id, slug, now=now),
    )  # fmt: skip
    chosen = _chosen(page, code, now=now)
    free = kept("free", page.id, found.programme_version, seconds=FRESH, build=lambda: _free(page, now=now))
    frame = Frame(request, found, now)
    context: dict[str, Any] = {
        "production": page,
        "performances": [_stub(found, page, line, chosen, free, now=now) for line in page.performances],
        "performance": None,
        "parts": _parts(found, page, chosen),
        "refusal": refusal,
        "canonical_url": site_of(found) + production_url(house, page.slug),
        "basket": basket_view(frame.basket, house_slug=house, now=now),
    }
    if chosen is not None:
        context |= _picker(request, found, page, chosen, frame, free=free.get(chosen.id, 0), as_list=as_list, now=now)
        if refusal is None and "seat_svg" in context and not context["performance"]["has_standing"]:
            context["picker"] = _map_picker(context)
        context["structured_data"] = _structured_data(found, page, context["performances"])
    status = 409 if refusal else 200
    return HttpResponse(render_to_string("webshop/production.html", frame.context(**context)), status=status)


def _parts(house: ShopHouse, page: ProductionPage, chosen: PerformanceLine | None) -> dict[str, SafeString]:
    """What only the programme decides: the head, the text and the rail."""

    def build() -> dict[str, str]:
        where = {"hall": f"{chosen.hall}, {chosen.venue}", "venue_city": chosen.city} if chosen else None
        context = {"production": page, "performance": where}
        return {
            "hero": render_to_string("webshop/_partials/production_hero.html", context),
            "about": render_to_string("webshop/_partials/production_about.html", context),
            "related": next_rail(house, frozenset({page.id}), page.genre_code),
        }

    code = chosen.code if chosen else ""
    drawn = kept(
        "parts", house.id, house.programme_version, page.id, code, get_language(), seconds=SETTLED, build=build
    )
    return {name: mark_safe(html) for name, html in drawn.items()}  # noqa: S308 - our templates


def _chosen(page: ProductionPage, code: str, *, now: datetime) -> PerformanceLine | None:
    if code:
        for line in page.performances:
            if line.code == code:
                return line
        raise ProductionNotFound
    return next((line for line in page.performances if is_on_sale(line, now=now)), next(iter(page.performances), None))


def _free(page: ProductionPage, *, now: datetime) -> dict[int, int]:
    return free_counts([line.id for line in page.performances], now=now) if page.performances else {}


def _stub(
    house: ShopHouse,
    page: ProductionPage,
    line: PerformanceLine,
    chosen: PerformanceLine | None,
    free: dict[int, int],
    *,
    now: datetime,
) -> dict[str, Any]:
    sells = is_on_sale(line, now=now)
    return {
        "url": performance_url(house.slug, page.slug, line.code),
        "code": line.code,
        "starts_at": line.starts_at,
        "is_current": line is chosen,
        "is_cancelled": line.state != "on_sale",
        "is_on_sale": sells,
        "is_sold_out": sells and not free.get(line.id, 0),
        "sales_from": line.sales_from if line.sales_from and line.sales_from > now else None,
        "free": free.get(line.id, 0),
        "hall": f"{line.hall}, {line.venue}",
        "venue": line.venue,
        "street": line.street,
        "postcode": line.postcode,
        "city": line.city,
        "country": line.country,
    }


def _picker(
    request: HttpRequest,
    house: ShopHouse,
    page: ProductionPage,
    line: PerformanceLine,
    frame: Frame,
    *,
    free: int,
    as_list: bool,
    now: datetime,
) -> dict[str, Any]:
    terms = terms_at(line.id, house.programme_version)
    plan = terms.plan if terms.plan_version_id is not None else None
    sells = is_on_sale(line, now=now)
    mine = frame.basket.lines_at(line.id) if frame.basket else ()
    performance = {
        **_stub(house, page, line, line, {line.id: free}, now=now),
        **show_addresses(house.slug, page.slug, line.code),
        "states_url": reverse("states", args=[line.code]),
        "venue_city": line.city,
        "note": str(line.note),
        "max_places": min(STEPPER_MOST, terms.max_places),
        "can_choose": sells and (free > 0 or bool(mine)),
        "is_seated": plan is not None and _has(plan, Place.Kind.SEAT, Place.Kind.TABLE),
        "has_wheelchair": plan is not None and _has(plan, Place.Kind.WHEELCHAIR),
        "has_standing": plan is None or _has(plan, Place.Kind.STANDING),
    }
    context: dict[str, Any] = {"performance": performance}
    if not performance["can_choose"]:
        return context | ({"waiting_form": WaitingListForm()} if performance["is_sold_out"] else {})
    if performance["has_standing"]:
        context["standing_tariffs"] = _standing_tariffs(terms, now=now)
    if plan is not None and performance["is_seated"]:
        states = hall_states(line.id, now=now, basket_id=frame.basket.id if frame.basket else None)
        performance["is_for_wheelchairs_only"] = performance["has_wheelchair"] and not _has_ordinary(plan, states)
        context |= _seats(request, terms, plan, states, as_list=as_list, now=now)
    return context


def _map_picker(context: dict[str, Any]) -> SafeString:
    """Everything round the map stays as it is until the programme changes: drawn once, and the map put in."""
    performance = tuple((name, context["performance"][name]) for name in _ROUND_THE_MAP)
    ranks = tuple(tuple(rank.items()) for rank in context["ranks"])
    flags = tuple((name, context.get(name, False)) for name in ("is_overview", "has_sectors"))
    drawn = _round_the_map(str(get_language()), performance, ranks, flags)
    filled = drawn.replace(_SINCE, str(context["seat_since"])).replace(_MAP, context["seat_svg"])
    return mark_safe(filled)  # noqa: S308 - our template and our map


_Items = tuple[tuple[str, Any], ...]


@lru_cache(maxsize=256)
def _round_the_map(_language: str, performance: _Items, ranks: tuple[_Items, ...], flags: _Items) -> str:
    context = {"performance": dict(performance), "ranks": [dict(rank) for rank in ranks], **dict(flags)}
    return render_to_string("webshop/_partials/picker.html", {**context, "seat_svg": _MAP, "seat_since": _SINCE})


def _has_ordinary(plan: CompiledPlan, states: HallStates) -> bool:
    """Whether anybody without a wheelchair finds a place, or has one in the basket."""
    special = (Place.Kind.WHEELCHAIR, Place.Kind.COMPANION)
    places = zip(plan.places, states.letters, strict=False)
    return any(letter != State.TAKEN and plan.kinds[index] not in special for index, letter in places)


def _has(plan: CompiledPlan, *kinds: str) -> bool:
    return not plan.kinds_present.isdisjoint(kinds)


def _seats(
    request: HttpRequest, terms: SaleTerms, plan: CompiledPlan, states: HallStates, *, as_list: bool, now: datetime
) -> dict[str, Any]:
    language = str(get_language())
    letters = letters_by_index(plan, states)
    gross = rank_prices(terms, now=now)
    prices = {code: str(short_money(price)) for code, price in gross.items()}
    context: dict[str, Any] = {
        "seat_since": states.since,
        "ranks": [
            {"tone": index % 4 + 1, "code": rank.code, "name": rank.name[language], "price": gross[rank.code]}
            for index, rank in enumerate(plan.ranks)
            if rank.code in gross
        ],
    }
    area = request.GET.get("area", "")
    if as_list:
        areas = _listed(plan, language, letters, prices, area)
        return context | {"seat_areas": areas, "has_listed_rows": any(listed["rows"] for listed in areas)}
    if needs_sectors(plan) and not any(found.code == area for found in plan.areas):
        drawn = sector_map(plan, language).render(letters, prices, lambda code: f"?area={code}")
        return context | {"seat_svg": mark_safe(drawn), "is_overview": True}  # noqa: S308 - escaped where it is drawn
    drawn = seat_map(plan, language, area if needs_sectors(plan) else None).render(letters, prices)
    context["has_sectors"] = needs_sectors(plan)
    return context | {"seat_svg": mark_safe(drawn)}  # noqa: S308 - escaped where it is drawn


def letters_by_index(plan: CompiledPlan, states: HallStates) -> list[str]:
    """One letter per index of the plan; the places of a performance are those of its set-up, in the same order."""
    letters = [State.TAKEN.value] * len(plan)
    for index, letter in zip(plan.places, states.letters, strict=False):
        letters[index] = letter
    return letters


def rank_prices(terms: SaleTerms, *, now: datetime) -> dict[str, Decimal]:
    """What anybody pays for a place of each rank, by rank code."""
    prices = {}
    for rank in terms.ranks.values():
        try:
            offer = offer_for(terms, rank_id=rank.id, price_type_id=None, buyer=ANYBODY_ON_THE_WEB, now=now)
        except PriceNotOffered:
            continue
        prices[rank.code] = offer.gross
    return prices


def _listed(
    plan: CompiledPlan, language: str, letters: list[str], prices: dict[str, str], area: str
) -> list[dict[str, Any]]:
    """Every row of the hall; in a hall too large for one map only those of the sector asked for."""
    by_sector = needs_sectors(plan)
    rows = {found.code: found.rows for found in seat_list(plan, language, letters, prices, area if by_sector else None)}
    seated = [found for found in plan.areas if found.kind != "standing"]
    return [
        {
            "code": found.code,
            "name": found.name[language],
            "free": letters[found.first : found.first + found.count].count(State.FREE),
            "is_link": by_sector and found.code != area,
            "is_open": len(seated) == 1
            or found.code == area
            or State.MINE in letters[found.first : found.first + found.count],
            "rows": rows.get(found.code, ()),
        }
        for found in seated
    ]


def _standing_tariffs(terms: SaleTerms, *, now: datetime) -> list[dict[str, Any]]:
    """The tariffs of the rank standing places have: the cheapest rank that has a price in halls with both."""
    rank = standing_rank(terms)
    if rank is None:
        return []
    return [
        {
            "code": offer.price_type.code,
            "field": f"n-{offer.price_type.code}",
            "name": str(offer.price_type.name),
            "explanation": str(offer.price_type.explanation),
            "price": offer.gross,
            "quantity": 0,
        }
        for offer in offers(terms, rank_id=rank, buyer=ANYBODY_ON_THE_WEB, now=now)
    ]


def standing_rank(terms: SaleTerms) -> int | None:
    if terms.plan_version_id is None:
        return next(iter(terms.ranks), None)
    plan = terms.plan
    code = next((plan.ranks[plan.rank_of[i]].code for i in plan.places if plan.kinds[i] == Place.Kind.STANDING), None)
    return next((rank.id for rank in terms.ranks.values() if rank.code == code), None)


def _structured_data(house: ShopHouse, page: ProductionPage, stubs: list[dict[str, Any]]) -> SafeString:
    """schema.org events, one per date, for search engines and assistants."""
    events = [
        {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": str(page.title),
            "startDate": timezone.localtime(stub["starts_at"]).isoformat(),
            "eventStatus": f"https://schema.org/Event{'Cancelled' if stub['is_cancelled'] else 'Scheduled'}",
            "location": {
                "@type": "Place",
                "name": stub["venue"],
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": stub["street"],
                    "postalCode": stub["postcode"],
                    "addressLocality": stub["city"],
                    "addressCountry": stub["country"],
                },
            },
            "organizer": {"@type": "Organization", "name": house.name},
            "offers": {
                "@type": "Offer",
                "url": site_of(house) + stub["url"],
                "availability": f"https://schema.org/{'SoldOut' if stub['is_sold_out'] else 'InStock'}",
            },
        }
        for stub in stubs
    ]
    # Inside a script element only "<" could end it.
    return mark_safe(json.dumps(events, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308 - escaped just here
