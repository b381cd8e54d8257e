"""One page for details and payment, and the pay button."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ticketing.errors import TicketingError
from ticketing.identifiers import uuid7
from ticketing.models import Order
from ticketing.operations import baskets, orders, payments
from ticketing.operations.contacts import Contact, ContactIncomplete
from ticketing.operations.orders import ConsentAnswer
from ticketing.operations.orphans import LeavesOneSeat, check_orphans
from ticketing.queries.baskets import BasketContents
from ticketing.queries.domains import site_of
from ticketing.queries.houses import shop_house
from ticketing.queries.orders import order_of_basket
from ticketing.webshop.basket import basket_page
from ticketing.webshop.basket_cookie import basket_of, order_of, remember_order
from ticketing.webshop.basket_view import basket_view, payment_methods
from ticketing.webshop.forms import CONSENT_TEXT, CheckoutForm
from ticketing.webshop.frame import Frame, Link
from ticketing.webshop.order_view import order_url
from ticketing.webshop.responses import Refusal, refusal_of, see
from ticketing.webshop.seats import typed_amount
from ticketing.webshop.visitors import customer_id_of

LAST_METHOD = "method"


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def checkout(request: HttpRequest, house: str) -> HttpResponse:
    now = timezone.now()
    found = shop_house(house)
    frame = Frame(request, found, now)
    if frame.basket is None or not frame.basket.lines:
        return _without_basket(request, house)
    if frame.basket.has_expired(now):
        return basket_page(request, house)
    if request.method == "POST":
        return _pay(request, house, frame, frame.basket)
    refused = _refused_before(frame.basket, frame)
    if refused is not None:
        return basket_page(request, house, refusal=refusal_of(refused, house_slug=house), status=409)
    basket = frame.basket
    known = {"email": basket.email, "first_name": basket.first_name, "last_name": basket.last_name}
    response = _page(request, house, frame, CheckoutForm(initial=known))
    remember_order(request, response, uuid7())
    return response


def _without_basket(request: HttpRequest, house: str) -> HttpResponse:
    """Somebody who pressed "pay" and came back finds the order; anybody else an empty basket."""
    basket_id = basket_of(request)
    placed = order_of_basket(basket_id) if basket_id else None
    if placed is not None and placed.state != Order.State.ABANDONED and _may_see(request, placed):
        return see(order_url(placed))
    return see(reverse("shop:basket", args=[house]))


def _may_see(request: HttpRequest, placed: Order) -> bool:
    """Placed in this browser, by somebody who did not sign out since: that leaves a computer to others."""
    return order_of(request) == placed.id and placed.customer_id in (None, customer_id_of(request))


def _refused_before(basket: BasketContents, frame: Frame) -> TicketingError | None:
    """What stands in the way of paying is said before anybody types an address."""
    try:
        baskets.check(basket)
        check_orphans(basket, now=frame.now)
    except TicketingError as refused:
        return refused
    return None


def _pay(request: HttpRequest, house: str, frame: Frame, basket: BasketContents) -> HttpResponse:
    form = CheckoutForm(request.POST)
    if not form.is_valid():
        return _page(request, house, frame, form, status=422)
    method = request.POST.get("method", "")
    known = {code for code, _name in payment_methods(basket)}
    try:
        placed = orders.place_order(
            basket_id=basket.id,
            contact=Contact(
                form.cleaned_data["email"], form.cleaned_data["first_name"], form.cleaned_data["last_name"]
            ),
            consents=_consents(form, basket),
            customer_id=customer_id_of(request),
            shown_total=typed_amount(request.POST.get("shown")),
            shown_due=typed_amount(request.POST.get("due")),
            method=method if method in known else "",
            order_id=order_of(request),
            now=frame.now,
        )
        address = payments.start(order_id=placed.order.id, return_url=_return_url, now=frame.now)
    except ContactIncomplete as wrong:
        for name in wrong.fields:
            form.add_error(name, str(wrong))
        return _page(request, house, frame, form, status=422)
    except LeavesOneSeat as refused:
        return basket_page(request, house, refusal=refusal_of(refused, house_slug=house), status=409)
    except TicketingError as refused:
        fresh = Frame(request, frame.house, frame.now)
        return _page(request, house, fresh, form, refusal=refusal_of(refused, house_slug=house), status=refused.status)
    response = see(address or order_url(placed.order))
    remember_order(request, response, placed.order.id)
    if method in known:
        response.set_cookie(
            LAST_METHOD, method, max_age=365 * 24 * 3600, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def _return_url(order: Order) -> str:
    return site_of(order.house) + order_url(order, "order_return")


def _consents(form: CheckoutForm, basket: BasketContents) -> list[ConsentAnswer]:
    """Each house whose places are bought asks for itself; an unticked box is an answer too."""
    houses = sorted({line.house_id for line in basket.lines})
    return [
        ConsentAnswer(house, purpose, bool(form.cleaned_data[purpose]), CONSENT_TEXT)
        for house in houses
        for purpose in CheckoutForm.PURPOSES
    ]


def _page(
    request: HttpRequest,
    house: str,
    frame: Frame,
    form: CheckoutForm,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    if frame.basket is None:
        return basket_page(request, house, refusal=refusal, status=status)
    view = basket_view(frame.basket, house_slug=house, now=frame.now)
    context = frame.context(
        basket=view,
        form=form,
        blank_fields=_blank_fields(str(get_language())) if form.is_blank else "",
        refusal=refusal,
        methods=_methods(request, frame.basket) if view.to_pay else [],
        other_houses=_other_houses(frame.basket, shop=house),
    )
    return HttpResponse(render_to_string("webshop/checkout.html", context), status=status)


@cache
def _blank_fields(language: str) -> SafeString:
    """What most buyers are shown, drawn once for each language."""
    return render_to_string("webshop/_partials/checkout_fields.html", {"form": CheckoutForm()})


def _other_houses(basket: BasketContents, *, shop: str) -> list[Link]:
    """The other houses whose places are in the basket, each with its own terms."""
    owners = {line.terms.house.slug: line.terms.house.name for line in basket.place_lines if line.terms}
    return [
        Link(slug, name, reverse("shop:info", args=[slug, "terms"])) for slug, name in owners.items() if slug != shop
    ]


def _methods(request: HttpRequest, basket: BasketContents) -> list[dict[str, Any]]:
    """Last used first."""
    last = request.COOKIES.get(LAST_METHOD, "")
    found = sorted(payment_methods(basket), key=lambda method: method[0] != last)
    return [{"code": code, "name": name, "is_chosen": at == 0} for at, (code, name) in enumerate(found)]
