"""An invoice on request, behind the link of its order: asked for here, made by a worker, sent by mail and kept here."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from ticketing.errors import TicketingError
from ticketing.models import Order
from ticketing.operations import documents
from ticketing.operations.invoices import Invoicee, InvoiceeIncomplete, NothingToInvoice, invoiceable, issue_invoices
from ticketing.order_links import order_behind
from ticketing.printing.invoices import document_title
from ticketing.queries.documents import documents_of
from ticketing.queries.houses import shop_house
from ticketing.webshop.forms import InvoiceForm
from ticketing.webshop.frame import Frame
from ticketing.webshop.order import private
from ticketing.webshop.order_view import order_url
from ticketing.webshop.responses import refusal_of, see


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def invoice(request: HttpRequest, house: str, token: str) -> HttpResponse:
    """Nothing about places or money changes, and whatever is made goes to the address of the order as well."""
    now, found = timezone.now(), order_behind(token)
    if request.method != "POST":
        return _page(request, found, now, form=InvoiceForm(initial={"name": f"{found.first_name} {found.last_name}"}))
    form = InvoiceForm(request.POST)
    if not form.is_valid():
        return _page(request, found, now, form=form, status=InvoiceeIncomplete.status)
    try:
        issue_invoices(order_id=found.id, invoicee=Invoicee(**form.cleaned_data), now=now)
    except InvoiceeIncomplete as refused:
        for name in refused.fields:
            form.add_error(name, form.fields[name].error_messages["required"])
        return _page(request, found, now, form=form, refused=refused, status=refused.status)
    except NothingToInvoice as refused:
        return _page(request, found, now, form=form, refused=refused, status=refused.status)
    return private(see(request.path))


@require_safe
def pdf(request: HttpRequest, house: str, token: str, document: UUID) -> HttpResponse:
    found = order_behind(token)
    wanted = next((row for row in documents_of(found.id) if row.id == document), None)
    if wanted is None:
        raise NothingToInvoice
    content = documents.paper_of(wanted)
    if content is None:
        frame = Frame(request, shop_house(house), timezone.now())
        context = frame.context(back_url=order_url(found, "order_invoice"), is_invoice=True)
        response = HttpResponse(render_to_string("webshop/rendering.html", context), status=202)
        response["Retry-After"] = "1"
        return private(response)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{wanted}.pdf"'
    return private(response)


def _page(
    request: HttpRequest,
    found: Order,
    now: datetime,
    *,
    form: InvoiceForm,
    refused: TicketingError | None = None,
    status: int = 200,
) -> HttpResponse:
    frame = Frame(request, shop_house(found.house.slug), now)
    is_open = found.state == Order.State.PAID and bool(invoiceable(found))
    context: dict[str, Any] = {
        "documents": [
            {"title": document_title(row), "url": order_url(found, "order_document", str(row.id))}
            for row in documents_of(found.id)
        ],
        "form": form if is_open else None,
        "refusal": refusal_of(refused, house_slug=found.house.slug) if refused else None,
        "email": found.email,
        "order_url": order_url(found),
    }
    return private(HttpResponse(render_to_string("webshop/invoice.html", frame.context(**context)), status=status))
