"""Waiting for places of a sold-out performance: asking, confirming by mail, taking up an offer, leaving."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ticketing.attempts import WAITING_OF_ADDRESS, WAITING_OF_RECIPIENT, check, client_address, count
from ticketing.errors import TicketingError
from ticketing.models import WaitingListEntry
from ticketing.operations import waiting_list
from ticketing.queries.houses import shop_house
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.terms import SaleTerms
from ticketing.queries.waiting_list import offered_basket, wish_behind
from ticketing.webshop.basket_cookie import remember_basket
from ticketing.webshop.cards import performance_url
from ticketing.webshop.forms import WaitingListForm
from ticketing.webshop.frame import Frame
from ticketing.webshop.responses import Refusal, refusal_of, see


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, house: str, slug: str, code: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, house, code, WaitingListForm())
    form = WaitingListForm(request.POST)
    if not form.is_valid():
        return _page(request, house, code, form, status=422)
    counted = (
        (WAITING_OF_ADDRESS, client_address(request)),
        (WAITING_OF_RECIPIENT, form.cleaned_data["email"].casefold()),
    )
    try:
        check(*counted)
        _ask_quietly(
            performance=code,
            email=form.cleaned_data["email"],
            first_name=form.cleaned_data["first_name"],
            quantity=form.cleaned_data["quantity"],
            language=str(get_language()),
            now=timezone.now(),
        )
    except TicketingError as refused:
        shown = refusal_of(refused, house_slug=house)
        return _page(request, house, code, form, refusal=shown, status=refused.status)
    count(*counted)
    return _page(request, house, code, form, sent_to=form.cleaned_data["email"])


def _ask_quietly(**wish: Any) -> None:
    """Who is on the list already is told the same as who was not: it is nobody else's business who waits."""
    with suppress(waiting_list.AlreadyWaiting):
        waiting_list.ask(**wish)


def _page(
    request: HttpRequest,
    house: str,
    code: str,
    form: WaitingListForm,
    *,
    sent_to: str = "",
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    now, terms = timezone.now(), sale_terms(code)
    frame = Frame(request, shop_house(house), now)
    context = frame.context(form=form, sent_to=sent_to, refusal=refusal, performance=_performance(terms, house))
    return HttpResponse(render_to_string("webshop/waiting_list.html", context), status=status)


def _performance(terms: SaleTerms, house: str) -> dict[str, Any]:
    return {
        "url": performance_url(house, terms.production_slug, terms.code),
        "title": str(terms.title),
        "hall": f"{terms.hall}, {terms.venue}",
        "starts_at": terms.starts_at,
    }


@require_safe
def take_up(request: HttpRequest, house: str, secret: str) -> HttpResponse:
    """The link of an offer: its basket becomes this visitor's."""
    basket_id = offered_basket(secret)
    response = see(reverse("shop:basket", args=[house]))
    if basket_id is not None:
        remember_basket(request, response, basket_id)
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, house: str, secret: str) -> HttpResponse:
    """On the list: a button, because mail scanners open links by themselves."""
    now = timezone.now()
    if request.method == "POST":
        waiting_list.confirm(secret=secret, now=now)
    wish, frame = wish_behind(secret), Frame(request, shop_house(house), now)
    context = frame.context(
        is_asked=wish is not None and wish.state == WaitingListEntry.State.ASKED,
        is_on_the_list=wish is not None and wish.state in wish.ON_THE_LIST,
        quantity=wish.quantity if wish else 0,
        performance=_performance(sale_terms(wish.performance.code), wish.performance.house.slug) if wish else None,
    )
    response = HttpResponse(render_to_string("webshop/waiting_list_confirm.html", context))
    response["Referrer-Policy"] = "no-referrer"
    return response


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, house: str, secret: str) -> HttpResponse:
    """Off the list: a button, because mail scanners open links by themselves."""
    now, left = timezone.now(), False
    if request.method == "POST":
        waiting_list.leave(secret=secret, now=now)
        left = True
    frame = Frame(request, shop_house(house), now)
    response = HttpResponse(render_to_string("webshop/waiting_list_leave.html", frame.context(left=left)))
    response["Referrer-Policy"] = "no-referrer"
    return response
