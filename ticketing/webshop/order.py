"""The page of an order behind its signed link: waiting for the bank, tickets, paper, calendar and wallets."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import wraps
from threading import BoundedSemaphore
from time import sleep
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from outbox.errors import Rejected, Unavailable
from ticketing.attempts import WRONG_LINKS_OF_ADDRESS, check, client_address, count
from ticketing.models import Order
from ticketing.operations import abandonments, payments
from ticketing.operations.printing import content_of
from ticketing.order_links import LinkRefused, linked_order, order_behind
from ticketing.printing.apple_wallet import apple_pass
from ticketing.printing.bell import tickets_soon
from ticketing.printing.calendar_file import CalendarNight, calendar_file
from ticketing.printing.google_wallet import google_save_link
from ticketing.printing.sheets import TicketSheet
from ticketing.printing.wallet import APPLE, GOOGLE, WalletNotOffered, wallets_offered
from ticketing.printing.words import ticket_sheets
from ticketing.queries.barcodes import signing_key
from ticketing.queries.domains import site_of
from ticketing.queries.houses import shop_house
from ticketing.queries.orders import OrderPage, open_payment_of, order_page
from ticketing.queries.printing import TicketsVoid, valid_tickets
from ticketing.webshop.basket_cookie import remember_basket
from ticketing.webshop.cards import next_rail
from ticketing.webshop.frame import Frame
from ticketing.webshop.order_view import line_view, order_url, order_view, place_of
from ticketing.webshop.refusing import View
from ticketing.webshop.responses import see

# How long a buyer who is back waits for the message of the provider that is being looked into, before we ask as well.
LOOK_AGAIN = 0.03
LOOKS = 20
# Whoever comes back a hundred times at once must not take the threads of a crowd buying.
MOST_WAITING = 2
_chairs = BoundedSemaphore(MOST_WAITING)


@require_safe
def order(request: HttpRequest, house: str, token: str) -> HttpResponse:
    now = timezone.now()
    page = order_page(linked_order(token))
    found = shop_house(house)
    frame = Frame(request, found, now)
    bought = frozenset(performance.production_id for performance in page.performances.values())
    related = next_rail(found, bought) if page.order.state == Order.State.PAID else ""
    context = frame.context(order=order_view(page, now=now), related=related)
    return private(HttpResponse(render_to_string("webshop/order.html", context)))


@require_safe
def returned(request: HttpRequest, house: str, token: str) -> HttpResponse:
    """Back from the provider: ask it once how the payment stands, so that the tickets are there at once."""
    found = linked_order(token)
    open_payment = open_payment_of(found.id)
    if open_payment is not None and _chairs.acquire(blocking=False):
        try:
            _look_how_it_stands(found.id, open_payment)
        finally:
            _chairs.release()
    return private(HttpResponseRedirect(order_url(found)))


def _look_how_it_stands(order_id: UUID, payment_id: UUID) -> None:
    """Without an answer the page says that we wait; the webhook or the next question brings it."""
    if not _settled_by_webhook(order_id, payment_id, now=timezone.now()):
        with suppress(Unavailable, Rejected):
            payments.sync(payment_id=payment_id, now=timezone.now())


def _settled_by_webhook(order_id: UUID, payment_id: UUID, *, now: datetime) -> bool:
    """The provider mostly tells us as the buyer comes back: while that is looked into, asking again is for nothing."""
    if not payments.is_being_asked(payment_id=payment_id, now=now):
        return False
    for _look in range(LOOKS):
        sleep(LOOK_AGAIN)
        if open_payment_of(order_id) is None:
            return True
    return False


@csrf_exempt
@require_POST
def reopen(request: HttpRequest, house: str, token: str) -> HttpResponse:
    """Give up paying for now and go back to the basket, which keeps its places."""
    now, found = timezone.now(), order_behind(token)
    abandonments.abandon(order_id=found.id, reason="reopened", keep_places=True, now=now)
    response = see(reverse("shop:basket", args=[house]))
    if found.basket_id:
        remember_basket(request, response, found.basket_id)
    return private(response)


@require_safe
def pdf(request: HttpRequest, house: str, token: str, code: str = "") -> HttpResponse:
    """The tickets on paper; while a worker renders them the page asks again by itself."""
    found = linked_order(token)
    rendered = tickets_soon(order_id=found.id, now=timezone.now(), ticket_code=code or None)
    content = content_of(rendered)
    if content is not None:
        name = f"{found.reference}{'-' + code if code else ''}.pdf"
        response = HttpResponse(content, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{name}"'
        return private(response)
    if request.headers.get("Accept", "").startswith("application/pdf"):
        response = HttpResponse(status=202)
    else:
        frame = Frame(request, shop_house(house), timezone.now())
        context = frame.context(back_url=order_url(found))
        response = HttpResponse(render_to_string("webshop/rendering.html", context), status=202)
    response["Retry-After"] = "1"
    return private(response)


@require_safe
def calendar(request: HttpRequest, house: str, token: str) -> HttpResponse:
    page = order_page(linked_order(token))
    if not page.tickets:
        raise TicketsVoid
    content = calendar_file(_nights(page), now=timezone.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{page.order.reference}.ics"'
    return private(response)


def _nights(page: OrderPage) -> list[CalendarNight]:
    valid = {ticket.line_id: ticket for ticket in page.tickets if ticket.is_valid}
    nights = []
    for found in page.performances.values():
        places = [place_of(line) for line in page.lines if line.id in valid and line.performance_id == found.id]
        if not places:
            continue
        nights.append(
            CalendarNight(
                uid=f"{page.order.reference}-{found.code}@{page.order.house.slug}",
                title=str(found.title),
                starts_at=found.starts_at,
                ends_at=found.ends_at,
                where=f"{found.venue}, {found.street}, {found.postcode} {found.city}",
                details="\n".join(places),
                url=site_of(page.order.house) + order_url(page.order),
            )
        )
    return nights


@require_safe
def wallet(request: HttpRequest, house: str, token: str, code: str, kind: str) -> HttpResponse:
    found = order_behind(token)
    offered = {wallet.code for wallet in wallets_offered()}
    if kind not in offered:
        raise WalletNotOffered
    sheet = _sheet(found, code)
    language, now = str(get_language()), timezone.now()
    if kind == GOOGLE.code:
        return private(HttpResponseRedirect(google_save_link(sheet, language=language, now=now)))
    assert kind == APPLE.code
    response = HttpResponse(apple_pass(sheet, language=language), content_type="application/vnd.apple.pkpass")
    response["Content-Disposition"] = f'attachment; filename="{found.reference}.pkpass"'
    return private(response)


def _sheet(found: Order, code: str) -> TicketSheet:
    tickets = [ticket for ticket in valid_tickets(order_id=found.id) if ticket.code == code]
    key = signing_key()
    if not tickets or key is None:
        raise TicketsVoid
    return ticket_sheets(tickets, key=key, language=str(get_language()))[0]


def private(response: HttpResponse) -> HttpResponse:
    """A link is a key: it is told to nobody, and nothing behind it is kept."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def told_to_nobody(view: View) -> View:
    """Every answer of a view private, whatever it is."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        return private(view(request, *args, **named))

    return answered


def by_link(view: View) -> View:
    """Only wrong links are counted: a right one cannot be guessed, and is not kept waiting by the cache."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        try:
            return view(request, *args, **named)
        except LinkRefused:
            counted = (WRONG_LINKS_OF_ADDRESS, client_address(request))
            check(counted)
            count(counted)
            raise

    return answered


def cancellable_lines(page: OrderPage, now: datetime) -> list[dict[str, object]]:
    lines = {line.id: line for line in page.lines}
    return [{**line_view(lines[t.line_id]), "number": t.code} for t in page.cancellable(now)]
