"""Holding and letting go of places: a seat on the map, the best ones, standing ones, or a choice from the list.

Each is one post. Somebody without scripts is sent back to the page; the map and htmx get the basket as a fragment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseGone, HttpResponseNotModified, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from ticketing.errors import TicketingError
from ticketing.operations import best_available, holds, releases
from ticketing.operations.holds import Held
from ticketing.operations.wishes import NothingAsked, Wish
from ticketing.queries.kept_terms import known_terms, sale_terms
from ticketing.queries.place_states import FREE, changed_states, states_between
from ticketing.seating.best_available import Party
from ticketing.seating.compiled import place_index
from ticketing.seating.states import State
from ticketing.webshop.basket_cookie import basket_of, remember_basket
from ticketing.webshop.cards import performance_url
from ticketing.webshop.frame import open_basket_of
from ticketing.webshop.production import choose_page
from ticketing.webshop.responses import (
    SEAT_STATES,
    basket_aside,
    basket_fragment,
    refusal_of,
    refused_fragment,
    see,
    wants_fragment,
)
from ticketing.webshop.visitors import customer_id_of

MOST_TYPED = 999


@csrf_exempt
@require_POST
def hold(request: HttpRequest, house: str, slug: str, code: str) -> HttpResponse:
    """A click on a seat of the map: hold it, or let go of one's own."""
    places = tuple(request.POST.getlist("place"))
    if request.POST.get("action") == "release":
        return _release(request, house, slug, code, places)
    wish = Wish(
        places=places, price_type=request.POST.get("price_type") or None, shown=typed_amount(request.POST.get("shown"))
    )
    return _held(request, house, slug, code, lambda basket_id, now: _hold(request, code, wish, basket_id, now))


@csrf_exempt
@require_POST
def best(request: HttpRequest, house: str, slug: str, code: str) -> HttpResponse:
    """So many places, as good as there are; a wheelchair place and a companion count as two of them."""
    quantity = typed_number(request.POST.get("quantity", ""))
    wheelchairs = 1 if request.POST.get("wheelchair") else 0
    companions = 1 if wheelchairs and quantity > 1 else 0
    party = Party(seats=max(0, quantity - wheelchairs - companions), wheelchairs=wheelchairs, companions=companions)
    rank = request.POST.get("rank") or None
    may_split = request.POST.get("may_split") == "1"

    def take(basket_id: UUID | None, now: datetime) -> Held:
        if quantity < 1:
            raise NothingAsked
        return best_available.hold_best(
            performance=code,
            party=party,
            basket_id=basket_id,
            language=str(get_language()),
            rank=rank,
            may_split=may_split,
            prices=prices_shown(request.POST),
            customer_id=customer_id_of(request),
            now=now,
        ).held

    return _held(request, house, slug, code, take)


@csrf_exempt
@require_POST
def standing(request: HttpRequest, house: str, slug: str, code: str) -> HttpResponse:
    """Standing places: a number per tariff."""
    wish = Wish(
        standing=_numbers(request.POST),
        area=request.POST.get("area", "").replace("\0", "") or None,
        prices=prices_shown(request.POST),
    )
    return _held(request, house, slug, code, lambda basket_id, now: _hold(request, code, wish, basket_id, now))


@csrf_exempt
@require_POST
def choose_from_list(request: HttpRequest, house: str, slug: str, code: str) -> HttpResponse:
    """The list says which places of its areas the buyer wants: what is ticked is held, what is unticked is let go."""
    wanted, listed = set(request.POST.getlist("place")), set(request.POST.getlist("listed"))
    basket = open_basket_of(request)
    mine = {
        line.place.code: line.id
        for line in (basket.place_lines if basket else ())
        if line.place and line.terms and line.terms.code == code and line.place.area in listed
    }
    gone, new = mine.keys() - wanted, wanted - mine.keys()

    def take(basket_id: UUID | None, now: datetime) -> Held:
        if not wanted and not mine:
            raise NothingAsked
        if new:
            wish = Wish(places=tuple(sorted(new)), prices=prices_shown(request.POST))
            leaving = [mine[place] for place in gone]
            return _hold(request, code, wish, basket_id, now, leaving=leaving)
        assert basket is not None
        if gone:
            releases.release_places(basket_id=basket.id, performance=code, codes=gone, now=now)
        return Held(basket, ())

    return _held(request, house, slug, code, take, as_list=True)


Take = Callable[[UUID | None, datetime], Held]


def _hold(
    request: HttpRequest,
    code: str,
    wish: Wish,
    basket_id: UUID | None,
    now: datetime,
    *,
    leaving: Collection[int] = (),
) -> Held:
    return holds.hold(
        performance=code,
        wish=wish,
        basket_id=basket_id,
        language=str(get_language()),
        customer_id=customer_id_of(request),
        leaving=leaving,
        now=now,
    )


def _held(request: HttpRequest, house: str, slug: str, code: str, take: Take, *, as_list: bool = False) -> HttpResponse:
    now = timezone.now()
    try:
        held = take(basket_of(request), now)
    except TicketingError as refused:
        return _refused(request, house, slug, code, refused, as_list=as_list, now=now)
    if wants_fragment(request):
        response = basket_aside(held.basket, house_slug=house, now=now)
        response[SEAT_STATES] = _pairs(held.codes, State.MINE)
    else:
        response = see(_back(request, house, slug, code, as_list=as_list))
    remember_basket(request, response, held.basket_id)
    return response


def _release(request: HttpRequest, house: str, slug: str, code: str, places: tuple[str, ...]) -> HttpResponse:
    now, basket_id = timezone.now(), basket_of(request)
    if basket_id is not None:
        try:
            releases.release_places(basket_id=basket_id, performance=code, codes=places, now=now)
        except TicketingError as refused:
            return _refused(request, house, slug, code, refused, now=now)
    if not wants_fragment(request):
        return see(performance_url(house, slug, code))
    response = basket_fragment(basket_id, house_slug=house, now=now)
    response[SEAT_STATES] = _pairs(places, State.FREE)
    return response


def _refused(
    request: HttpRequest,
    house: str,
    slug: str,
    code: str,
    refused: TicketingError,
    *,
    now: datetime,
    as_list: bool = False,
) -> HttpResponse:
    if not wants_fragment(request):
        shown = refusal_of(refused, house_slug=house, request=request)
        return choose_page(request, house, slug, code, as_list=as_list, refusal=shown)
    response = refused_fragment(refused, house_slug=house, request=request)
    if request.POST.get("place") and refused.status == 409:
        response[SEAT_STATES] = _fresh_row(request, code, now=now)
    return response


def _fresh_row(request: HttpRequest, code: str, *, now: datetime) -> str:
    """The whole row of the seat that was lost, so that the buyer sees at once what is left beside it."""
    terms = known_terms(code) or sale_terms(code)
    if terms.plan_version_id is None:
        return ""
    plan = terms.plan
    try:
        index = place_index(request.POST["place"])
        row = plan.rows[plan.row_of[index]].places if plan.row_of[index] >= 0 else range(index, index + 1)
    except (ValueError, IndexError):
        return ""
    states = states_between(terms.performance_id, first=row[0], last=row[-1], now=now, basket_id=basket_of(request))
    return " ".join(f"{place} {letter}" for place, letter in states.items())


def _pairs(codes: tuple[str, ...], state: State) -> str:
    return " ".join(f"{code} {state}" for code in codes if code.isalnum())


def _back(request: HttpRequest, house: str, slug: str, code: str, *, as_list: bool) -> str:
    """To the basket on the same page; from the list one goes on to the basket, for there is no map to look at."""
    if as_list:
        return reverse("shop:list", args=[house, slug, code]) + "#basket"
    return performance_url(house, slug, code) + "#basket"


def prices_shown(post: QueryDict) -> dict[str, Decimal]:
    """Fields `price-<rank or tariff>`: what the page said each costs, so that nobody pays another price unasked."""
    shown = {name[6:]: typed_amount(str(text)) for name, text in post.items() if name.startswith("price-")}
    return {name: amount for name, amount in shown.items() if amount is not None}


def typed_amount(text: str | None) -> Decimal | None:
    """The price a page showed; what is no amount was shown by nobody."""
    return Decimal(text) if text and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,2})?", text) else None


def typed_number(text: str) -> int:
    """A number somebody typed or forged: at most three digits, anything else counts as nothing."""
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text.strip()) else 0


def _numbers(post: QueryDict) -> dict[str, int]:
    """Fields `n-<tariff>`; a minus sign must not be read as a plus, so it asks for nothing at all."""
    numbers = {}
    for name, text in post.items():
        if name.startswith("n-") and isinstance(text, str) and text.strip():
            if not re.fullmatch(r"[0-9]{1,3}", text.strip()):
                # Refused by the kernel with its own sentence: too few for a minus sign, too many for a forged number.
                numbers[name[2:]] = -1 if text.strip().startswith("-") else MOST_TYPED
            elif int(text):
                numbers[name[2:]] = int(text)
    return numbers


@require_GET
def states(request: HttpRequest, code: str) -> HttpResponse:
    """What changed since a token: a line with the next token, then `place letter` pairs. The same for everybody."""
    now = timezone.now()
    since = request.GET.get("since", "")[:40]
    found = changed_states(code, since=since, now=now)
    if found is None:
        # Not 404: for that Django would look for the address in another language.
        return HttpResponseGone()
    if not found.states:
        return HttpResponseNotModified()
    pairs = " ".join(f"{place} {letter if letter == FREE else State.TAKEN}" for place, letter in found.states.items())
    response = HttpResponse(f"{found.since}\n{pairs}\n", content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
