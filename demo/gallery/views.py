"""Draws the specimens below each other, each with ids of its own, in the frame of the shop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from demo.gallery.samples import BASKETS, house
from demo.gallery.specimens import Specimen, specimens
from ticketing.webshop.frame import languages_of

# Where an element says what it is called, and where another points to it.
IDS = re.compile(r'(\b(?:id|for|aria-labelledby|aria-describedby)="|url\(#)([^")]+)')


@dataclass(frozen=True)
class Drawn:
    state: str
    html: SafeString


@dataclass(frozen=True)
class Shown:
    template: str
    drawn: tuple[Drawn, ...]
    is_wide: bool


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    language = str(get_language())
    basket = request.GET.get("basket", "")
    basket = basket if basket in BASKETS else next(iter(BASKETS))
    context = {
        "house": house(),
        "languages": languages_of(request),
        "LANGUAGE_CODE": language,
        "basket_summary": {"count": 3, "clock": " · 12:34"},
        "shown": [shown(one) for one in specimens(basket, language=language, now=timezone.now())],
        "baskets": [{"name": name, "is_current": name == basket} for name in BASKETS],
    }
    return HttpResponse(render_to_string("gallery/gallery.html", context))


def shown(specimen: Specimen) -> Shown:
    drawn = tuple(
        Drawn(state, own_ids(render_to_string(specimen.template, context), f"{specimen.slug}-{number}"))
        for number, (state, context) in enumerate(specimen.states.items())
    )
    return Shown(specimen.template, drawn, specimen.is_wide)


def own_ids(html: str, name: str) -> SafeString:
    """A widget stands on this page more than once; what the door keeps in a template is taken out of it."""

    def renamed(found: re.Match[str]) -> str:
        return found[1] + " ".join(f"{word}-{name}" for word in found[2].split())

    opened = html.replace("<template", "<div").replace("</template", "</div")
    return mark_safe(IDS.sub(renamed, opened))  # noqa: S308 - our templates
