"""Buying a gift card: an amount, and into the same basket as everything else."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ticketing.errors import TicketingError
from ticketing.operations import baskets
from ticketing.operations.gift_cards import YEARS_VALID
from ticketing.queries.houses import shop_house
from ticketing.webshop.basket_cookie import basket_of, remember_basket
from ticketing.webshop.basket_view import basket_view
from ticketing.webshop.frame import Frame
from ticketing.webshop.responses import Refusal, refusal_of, see

AMOUNTS = tuple(Decimal(amount) for amount in ("20.00", "30.00", "50.00", "75.00", "100.00"))
USUAL = Decimal("50.00")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def gift_card(request: HttpRequest, house: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, house)
    now = timezone.now()
    try:
        basket_id = baskets.add_gift_card(
            house=house,
            amount=_amount(request.POST.get("amount", "")),
            basket_id=basket_of(request),
            language=str(get_language()),
            now=now,
        )
    except TicketingError as refused:
        return _page(request, house, refusal=refusal_of(refused, house_slug=house), status=refused.status)
    response = see(reverse("shop:basket", args=[house]))
    remember_basket(request, response, basket_id)
    return response


def _amount(text: str) -> Decimal:
    """Anything that is no amount becomes one no card can have, so that the same sentence answers it."""
    try:
        amount = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return Decimal(0)
    return amount.quantize(Decimal("0.01")) if amount.is_finite() and abs(amount) < 10**6 else Decimal(0)


def _page(request: HttpRequest, house: str, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    frame = Frame(request, shop_house(house), now, section="gift_card")
    context = frame.context(
        amounts=AMOUNTS,
        years=YEARS_VALID,
        chosen=USUAL,
        refusal=refusal,
        basket=basket_view(frame.basket, house_slug=house, now=now),
    )
    return HttpResponse(render_to_string("webshop/gift_card.html", context), status=status)
