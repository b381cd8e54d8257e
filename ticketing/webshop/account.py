"""The account of a customer: orders, own data, consents, a copy of everything, and an end to it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ticketing.models import Customer, OrderLine
from ticketing.national_numbers import NationalNumberRefused
from ticketing.operations import customers, privacy
from ticketing.queries.orders import orders_of_customer
from ticketing.webshop.forms import DetailsForm
from ticketing.webshop.frame import Frame
from ticketing.webshop.order_view import line_view, order_url, place_of, told
from ticketing.webshop.responses import see

DETAILS = ("first_name", "last_name", "phone", "street", "postcode", "city")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    customer = customer_of(request, now=now)
    known = {name: getattr(customer, name) for name in DETAILS}
    form = DetailsForm(request.POST if request.method == "POST" else None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            customers.change_details(customer_id=customer.id, now=now, **form.cleaned_data)
        except NationalNumberRefused as refused:
            for name in refused.fields:
                form.add_error(name, str(refused))
        else:
            return see(reverse("shop:account") + "?saved=1")
    frame = Frame(request, None, now, section="account")
    context = frame.context(
        customer=customer, form=form, orders=_orders(customer), is_saved="saved" in request.GET, today=now
    )
    status = 422 if form.is_bound else 200
    return HttpResponse(render_to_string("webshop/account.html", context, request=request), status=status)


def customer_of(request: HttpRequest, *, now: datetime) -> Customer:
    """Whoever is signed in proved the address to get there, so their guest orders are theirs."""
    user = request.user
    assert isinstance(user, User)
    customer = customers.register(user=user, language=str(get_language()), now=now)
    # Not under an address this account had before: it may be somebody else's by now.
    if customer.email.casefold() == user.email.casefold():
        customers.prove_email(customer_id=customer.id, now=now)
    return customer


def _orders(customer: Customer) -> list[dict[str, Any]]:
    return [
        {
            "reference": found["order"].reference,
            "url": order_url(found["order"]),
            "house": found["order"].house.name,
            "placed_at": found["order"].placed_at,
            "total": found["order"].total,
            "entries": _entries(found["lines"]),
        }
        for found in orders_of_customer(customer.id)
    ]


def _entries(lines: list[OrderLine]) -> list[dict[str, Any]]:
    """An evening once, with its places; what is no place by its own words."""
    entries: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        is_place, sold = line.kind == OrderLine.Kind.PLACE, line.description
        title, starts_at = told(sold.get("title")), str(sold.get("starts_at", "")) if is_place else ""
        key = (title if is_place else line_view(line)["label"], starts_at)
        entry = entries.setdefault(key, {"title": key[0], "starts_at": parse_datetime(starts_at), "places": []})
        if is_place:
            entry["places"].append(place_of(line))
    return list(entries.values())


@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything we know of somebody, as a file."""
    customer = customer_of(request, now=timezone.now())
    content = json.dumps(privacy.export_customer(customer_id=customer.id), ensure_ascii=False, indent=2, default=str)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    name = _("my-data")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """What the law wants kept stays, without a name; the rest goes at once."""
    user = request.user
    assert isinstance(user, User)
    customer = customer_of(request, now=timezone.now())
    if request.POST.get("sure") != "1":
        return see(reverse("shop:account") + "#erase")
    privacy.erase_customer(customer_id=customer.id, now=timezone.now())
    logout(request)
    User.objects.filter(id=user.id).delete()
    return see(reverse("shop:cluster"))
