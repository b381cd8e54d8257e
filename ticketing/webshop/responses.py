"""How the shop answers a change: a fragment to htmx and the seat map, a redirect to everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from ticketing.errors import TicketingError
from ticketing.operations.orphans import LeavesOneSeat
from ticketing.operations.wishes import PriceChanged
from ticketing.queries.baskets import BasketContents, find_basket
from ticketing.seating.best_available import NeedsConsent
from ticketing.webshop.basket_drawing import TEMPLATE, basket_context, draw_basket
from ticketing.webshop.basket_view import basket_view

SEAT_STATES = "X-Seat-States"
# What says who comes along when the best places are asked for.
PARTY = ("quantity", "wheelchair", "rank")


@dataclass(frozen=True)
class WayOut:
    """One press that solves what was refused: the same party moved by one seat, or seated apart after a yes."""

    url: str
    label: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Refusal:
    """A kernel error as a page shows it."""

    code: str
    message: str
    way_out: WayOut | None = None
    reload_url: str = ""


def refusal_of(error: TicketingError, *, house_slug: str, request: HttpRequest | None = None) -> Refusal:
    way_out = None
    if isinstance(error, LeavesOneSeat):
        url = reverse("shop:basket_shift", args=[house_slug, error.performance])
        way_out = WayOut(url, _("Shift one seat"), tuple(("place", place) for place in error.suggestion))
    elif isinstance(error, NeedsConsent) and request is not None:
        asked = tuple((name, str(value)) for name, value in request.POST.items() if name in PARTY)
        way_out = WayOut(request.path, _("Yes, seat us apart"), (*asked, ("may_split", "1")))
    is_old = isinstance(error, PriceChanged) and request is not None and wants_fragment(request)
    # What is posted to stands one step below the page whose prices are old.
    reload_url = request.path.rsplit("/", 2)[0] + "/" if is_old and request is not None else ""
    return Refusal(error.code, str(error), way_out, reload_url)


def wants_fragment(request: HttpRequest) -> bool:
    return "HTTP_HX_REQUEST" in request.META or "HTTP_X_SEAT_MAP" in request.META


def basket_fragment(
    basket_id: UUID | None,
    *,
    house_slug: str,
    now: datetime,
    refusal: Refusal | None = None,
    code_error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The basket aside, read as it is now."""
    basket = find_basket(basket_id) if basket_id else None
    return basket_aside(basket, house_slug=house_slug, now=now, refusal=refusal, code_error=code_error, status=status)


def basket_aside(
    basket: BasketContents | None,
    *,
    house_slug: str,
    now: datetime,
    refusal: Refusal | None = None,
    code_error: str = "",
    status: int = 200,
) -> HttpResponse:
    view = basket_view(basket if basket and basket.is_open else None, house_slug=house_slug, now=now)
    if refusal or code_error or view.legs:
        context = basket_context(view, house_slug=house_slug) | {"refusal": refusal, "code_error": code_error}
        return HttpResponse(render_to_string(TEMPLATE, context), status=status)
    return HttpResponse(draw_basket(view, house_slug=house_slug), status=status)


def refused_fragment(error: TicketingError, *, house_slug: str, request: HttpRequest) -> HttpResponse:
    """The sentence beside the map, with a button where one press solves it."""
    context: dict[str, Any] = {"refusal": refusal_of(error, house_slug=house_slug, request=request)}
    response = HttpResponse(render_to_string("webshop/_partials/refusal.html", context), status=error.status)
    response["HX-Retarget"] = "[data-seat-notice]"
    response["HX-Reswap"] = "innerHTML"
    return response


def see(url: str) -> HttpResponseRedirect:
    """After a post: look there with a get."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
