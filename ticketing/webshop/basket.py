"""The basket: its page, its fragment, and everything that can be changed in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ticketing.attempts import WRONG_CODES_OF_ADDRESS, WRONG_CODES_OF_BASKET, client_address, counting
from ticketing.errors import TicketingError
from ticketing.operations import baskets, releases
from ticketing.operations.baskets import CodeNotKnown
from ticketing.operations.shifting import shift as shift_places
from ticketing.queries.baskets import BasketContents, BasketNotFound, Line
from ticketing.queries.houses import shop_house
from ticketing.webshop.basket_cookie import basket_of, remember_basket
from ticketing.webshop.basket_view import basket_view, line_names
from ticketing.webshop.frame import Frame, open_basket_of
from ticketing.webshop.responses import (
    SEAT_STATES,
    Refusal,
    basket_fragment,
    refusal_of,
    see,
    wants_fragment,
)
from ticketing.webshop.seats import prices_shown


@require_safe
def basket(request: HttpRequest, house: str) -> HttpResponse:
    return basket_page(request, house)


def basket_page(
    request: HttpRequest, house: str, *, refusal: Refusal | None = None, code_error: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    frame = Frame(request, shop_house(house), now, section="basket")
    view = basket_view(frame.basket, house_slug=house, now=now)
    context = frame.context(basket=view, refusal=refusal, code_error=code_error)
    return HttpResponse(render_to_string("webshop/basket.html", context), status=status)


@require_safe
def fragment(request: HttpRequest, house: str) -> HttpResponse:
    return basket_fragment(basket_of(request), house_slug=house, now=timezone.now())


@csrf_exempt
@require_POST
def extend(request: HttpRequest, house: str) -> HttpResponse:
    return _changed(request, house, lambda basket_id, now: baskets.extend(basket_id=basket_id, now=now))


@csrf_exempt
@require_POST
def retry(request: HttpRequest, house: str) -> HttpResponse:
    return _changed(request, house, lambda basket_id, now: baskets.retry_places(basket_id=basket_id, now=now))


@csrf_exempt
@require_POST
def tariff(request: HttpRequest, house: str, name: str) -> HttpResponse:
    price_type = request.POST.get("price_type", "")
    line, shown = _line_named(request, name), prices_shown(request.POST).get(price_type)

    def change(basket_id: UUID, now: datetime) -> object:
        line_id = line.id if line else 0
        return baskets.change_price_type(
            basket_id=basket_id, line_id=line_id, price_type=price_type, shown=shown, now=now
        )

    return _changed(request, house, change)


@csrf_exempt
@require_POST
def remove(request: HttpRequest, house: str, name: str) -> HttpResponse:
    line = _line_named(request, name)

    def change(basket_id: UUID, now: datetime) -> None:
        releases.release_line(basket_id=basket_id, line_id=line.id if line else 0, now=now)

    response = _changed(request, house, change)
    if line is not None and line.place is not None and response.status_code == 200:
        response[SEAT_STATES] = f"{line.place.code} f"
    return response


def _line_named(request: HttpRequest, name: str) -> Line | None:
    basket = open_basket_of(request)
    return line_names(basket).get(name) if basket else None


@csrf_exempt
@require_POST
def add_code(request: HttpRequest, house: str) -> HttpResponse:
    typed = request.POST.get("code", "")[:40]

    def change(basket_id: UUID, now: datetime) -> object:
        counted = ((WRONG_CODES_OF_BASKET, basket_id), (WRONG_CODES_OF_ADDRESS, client_address(request)))
        with counting(CodeNotKnown, *counted):
            return baskets.add_code(basket_id=basket_id, code=typed, now=now)

    return _changed(request, house, change, is_code=True)


@csrf_exempt
@require_POST
def remove_code(request: HttpRequest, house: str) -> HttpResponse:
    typed = request.POST.get("code", "")[:40]
    return _changed(
        request, house, lambda basket_id, now: baskets.remove_code(basket_id=basket_id, code=typed, now=now)
    )


@csrf_exempt
@require_POST
def shift(request: HttpRequest, house: str, code: str) -> HttpResponse:
    """Takes the places offered instead of a choice that leaves one seat alone."""
    wanted = request.POST.getlist("place")
    before = open_basket_of(request)

    def change(basket_id: UUID, now: datetime) -> None:
        shift_places(basket_id=basket_id, performance=code, places=wanted, now=now)

    response = _changed(request, house, change)
    if wants_fragment(request) and response.status_code == 200:
        freed = [f"{place} f" for place in _places_of(before, code) if place not in wanted]
        taken = [f"{place} m" for place in wanted if place.isalnum()]
        response[SEAT_STATES] = " ".join(freed + taken)
    return response


def _places_of(basket: BasketContents | None, code: str) -> list[str]:
    lines = basket.place_lines if basket else ()
    return [line.place.code for line in lines if line.place and line.terms and line.terms.code == code]


Change = Callable[[UUID, datetime], Any]


def _changed(request: HttpRequest, house: str, change: Change, *, is_code: bool = False) -> HttpResponse:
    """One change, then the basket as it is: as a fragment, or by way of its page."""
    now, basket_id = timezone.now(), basket_of(request)
    try:
        if basket_id is None:
            raise BasketNotFound
        change(basket_id, now)
    except TicketingError as refused:
        return _refused(request, house, basket_id, refused, is_code=is_code, now=now)
    if wants_fragment(request):
        return basket_fragment(basket_id, house_slug=house, now=now)
    response = see(reverse("shop:basket", args=[house]))
    remember_basket(request, response, basket_id)
    return response


def _refused(
    request: HttpRequest,
    house: str,
    basket_id: UUID | None,
    refused: TicketingError,
    *,
    is_code: bool,
    now: datetime,
) -> HttpResponse:
    shown = None if is_code else refusal_of(refused, house_slug=house)
    error = str(refused) if is_code else ""
    if wants_fragment(request):
        return basket_fragment(
            basket_id, house_slug=house, now=now, refusal=shown, code_error=error, status=refused.status
        )
    return basket_page(request, house, refusal=shown, code_error=error, status=refused.status)
