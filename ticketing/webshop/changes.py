"""Cancelling through the link of an order: which tickets, a mail to be sure, and one last click."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ticketing.errors import TicketingError
from ticketing.models import Order
from ticketing.money import ZERO
from ticketing.operations.changes import ask_cancellation, confirm_cancellation
from ticketing.order_links import order_behind
from ticketing.queries.changes import asked_change
from ticketing.queries.houses import shop_house
from ticketing.queries.orders import order_page
from ticketing.webshop.frame import Frame
from ticketing.webshop.order import cancellable_lines, private
from ticketing.webshop.order_view import line_view, order_url
from ticketing.webshop.responses import refusal_of, see


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, house: str, token: str) -> HttpResponse:
    """The link alone changes nothing: it only makes us write to the address of the order."""
    now, found = timezone.now(), order_behind(token)
    context: dict[str, Any] = {"lines": cancellable_lines(order_page(found), now)}
    if request.method != "POST":
        return _page(request, found, context, now)
    codes = set(request.POST.getlist("line"))
    wanted = [ticket.id for ticket in order_page(found).tickets if ticket.code in codes]
    try:
        ask_cancellation(order_id=found.id, ticket_ids=wanted, now=now)
    except TicketingError as refused:
        context["refusal"] = refusal_of(refused, house_slug=house)
        return _page(request, found, context, now, status=refused.status)
    return _page(request, found, {"sent_to": found.email}, now)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, house: str, token: str, change: str) -> HttpResponse:
    """A button, because mail scanners open links by themselves."""
    now, found = timezone.now(), order_behind(token)
    if request.method == "POST":
        confirm_cancellation(token=change, order_id=found.id, now=now)
        return private(see(order_url(found)))
    lines = [ticket.line for ticket in asked_change(change, order_id=found.id, now=now).tickets.all()]
    context = {
        "lines": [line_view(line) for line in lines],
        "amount": sum((line.gross for line in lines), ZERO),
        "confirm_url": request.path,
    }
    return _page(request, found, context, now)


def _page(
    request: HttpRequest, found: Order, context: dict[str, Any], now: datetime, *, status: int = 200
) -> HttpResponse:
    frame = Frame(request, shop_house(found.house.slug), now)
    words = frame.context(**context, order_url=order_url(found))
    return private(HttpResponse(render_to_string("webshop/cancel.html", words), status=status))
