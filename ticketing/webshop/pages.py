"""The long texts of a house, and what this shop does for people who use it differently."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ticketing.queries.houses import ShopHouse, house_texts, shop_house
from ticketing.webshop.frame import Frame


@require_safe
def info(request: HttpRequest, house: str, page: str) -> HttpResponse:
    found = shop_house(house)
    titles = {
        "practical": _("Practical"),
        "terms": _("Terms of sale"),
        "privacy": _("Privacy notice"),
        "accessibility": _("Accessibility statement"),
    }
    if page not in titles:
        raise Http404
    frame = Frame(request, found, timezone.now(), section=page)
    context = frame.context(title=titles[page], text=_text(found, page))
    return HttpResponse(render_to_string("webshop/page.html", context))


def _text(house: ShopHouse, page: str) -> str:
    if page == "accessibility":
        return _accessibility(house)
    field = {"practical": "practical", "terms": "terms", "privacy": "privacy_notice"}[page]
    return str(house_texts(house.id, field)) or _("This house has not written this text yet. Ask the box office.")


def _accessibility(house: ShopHouse) -> str:
    paragraphs = (
        _("This shop aims at WCAG 2.2 level AA and is tested for it with every change."),
        _(
            "Everything can be done with the keyboard alone, with a screen reader, at 400 % zoom and without "
            "JavaScript. Seats can be chosen from a list as well as on the map; the list comes first."
        ),
        _(
            "Places for wheelchair users and their companions are on the map, in the list and under “Choose the best "
            "for me”."
        ),
        _("Places are kept for fifteen minutes and you can ask for ten more, twice."),
        _("Does something not work for you? Write to %(email)s or call %(phone)s; we help you choose and buy.")
        % {"email": house.email, "phone": house.phone or "–"},
    )
    return "\n\n".join(paragraphs)
