"""The way in: the houses of the cluster, and the home of each with its rails."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ticketing.queries.domains import house_slug_at
from ticketing.queries.houses import ShopHouse, shop_house, shop_houses
from ticketing.queries.programme import coming_cards
from ticketing.webshop.caching import SETTLED, kept
from ticketing.webshop.cards import card_views, rail_html, rails
from ticketing.webshop.frame import Frame, framed


@require_safe
def cluster(request: HttpRequest) -> HttpResponse:
    of_house = house_slug_at(request.get_host())
    if of_house is not None:
        return HttpResponseRedirect(reverse("shop:house", args=[of_house]))
    now = timezone.now()
    houses = shop_houses()
    versions = tuple((house.id, house.programme_version) for house in houses)
    drawn = kept("cluster", versions, get_language(), seconds=SETTLED, build=lambda: _cluster_content(houses))
    frame = Frame(request, None, now, section="houses")
    content = mark_safe(drawn)  # noqa: S308 - our template
    return HttpResponse(render_to_string("webshop/cluster.html", frame.context(content=content)))


def _cluster_content(houses: tuple[ShopHouse, ...]) -> str:
    now = timezone.now()
    cards = coming_cards([house.id for house in houses], now=now, limit=60)
    pictures: dict[int, tuple[str, str]] = {}
    for card in cards:
        if card.hero:
            pictures.setdefault(card.house_id, (card.hero, str(card.image_alt)))
    shown = [
        {
            "url": reverse("shop:house", args=[house.slug]),
            "name": house.name,
            "city": house.city,
            "tagline": str(house.tagline),
            "image": pictures.get(house.id, ("", ""))[0],
            "image_alt": "",
        }
        for house in houses
    ]
    drawn = render_to_string("webshop/_partials/cluster_content.html", {"houses": shown})
    return drawn + rail_html("soon", _("Coming up"), card_views(cards[:12], now=now))


@require_safe
def house(request: HttpRequest, house: str) -> HttpResponse:
    now = timezone.now()
    found = shop_house(house)
    content = kept(
        "house", found.id, found.programme_version, get_language(), seconds=SETTLED, build=lambda: _house_content(found)
    )
    frame = Frame(request, found, now)
    context = frame.context(content=mark_safe(content))  # noqa: S308 - our template
    return HttpResponse(render_to_string("webshop/house.html", context))


def _house_content(house: ShopHouse) -> str:
    now, view = timezone.now(), framed(house)
    cards = coming_cards([house.id], now=now)
    hero = next(({"image": card.hero} for card in cards if card.hero), None)
    shown = rails(cards, agenda_url=view.agenda_url, now=now)
    return render_to_string("webshop/_partials/house_content.html", {"house": view, "hero": hero, "rails": shown})
