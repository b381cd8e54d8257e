"""An order in the words and addresses of the shop."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from ticketing.models import Order, OrderLine, Performance
from ticketing.money import ZERO
from ticketing.operations.barcodes import barcode_of
from ticketing.order_links import LinkedOrder, link_token
from ticketing.printing.squares import square_svg
from ticketing.printing.wallet import wallets_offered
from ticketing.queries.orders import BoughtLine, BoughtPerformance, BoughtTicket, OrderPage
from ticketing.templatetags.shop import money


def order_url(order: Order | LinkedOrder, name: str = "order", *more: str) -> str:
    return reverse(f"shop:{name}", args=[order.house.slug, link_token(order), *more])


def order_view(page: OrderPage, *, now: datetime) -> dict[str, Any]:
    order, leg = page.order, page.open_leg
    is_paid = order.state == Order.State.PAID
    cancellable = page.cancellable(now) if is_paid else ()
    return {
        "reference": order.reference,
        "email": order.email,
        "total": order.total,
        "to_pay": leg.amount if leg else ZERO,
        "is_paid": is_paid,
        "is_waiting": leg is not None and leg.state == "pending",
        "is_abandoned": order.state == Order.State.ABANDONED,
        "checkout_url": leg.checkout_url if leg else "",
        "reopen_url": order_url(order, "order_reopen") if page.is_open else "",
        "retry_url": reverse("shop:basket_retry", args=[order.house.slug]) if order.basket_id else "",
        "pdf_url": order_url(order, "order_pdf"),
        "calendar_url": order_url(order, "order_calendar"),
        "cancel_url": order_url(order, "order_cancel"),
        "invoice_url": order_url(order, "order_invoice") if is_paid and order.total else "",
        "cancellable": cancellable,
        "cancellable_until": min((t.deadline for t in cancellable if t.deadline), default=None),
        "lines": [line_view(line) for line in page.lines],
        "tickets": [_ticket(ticket, page, now=now) for ticket in page.tickets],
        "gift_cards": page.gift_cards,
        "performances": [_performance(found) for found in page.performances.values()],
        "notices": _notices(page),
        "offer_account": is_paid and order.customer_id is None,
    }


def line_view(line: OrderLine | BoughtLine) -> dict[str, Any]:
    sold = line.description
    # What has no words of its own is a gift card, sold or taken back.
    label = f"{told(sold.get('title'))}, {place_of(line)}" if sold else _("Gift card by mail")
    if line.kind == OrderLine.Kind.CANCELLATION:
        label = _("Cancelled: %(what)s") % {"what": label}
    return {"label": label, "price_type": told(sold.get("price_type")), "gross": line.gross}


def place_of(line: OrderLine | BoughtLine) -> str:
    sold = line.description
    parts = [told(sold.get(part)) for part in ("area", "row", "seat")]
    return ", ".join(part for part in parts if part) or _("Standing place")


def told(text: Any) -> str:
    return str(LazyI18nString(text).localize(str(get_language()))) if text else ""


def _ticket(ticket: BoughtTicket, page: OrderPage, *, now: datetime) -> dict[str, Any]:
    line = next(line for line in page.lines if line.id == ticket.line_id)
    performance = page.performances[ticket.performance_id]
    barcode = barcode_of(performance=performance.code, serial=ticket.serial, now=now) if ticket.is_valid else ""
    return {
        "title": told(line.description.get("title")),
        "starts_at": parse_datetime(str(line.description.get("starts_at", ""))) or performance.starts_at,
        "hall": f"{performance.hall}, {performance.venue}",
        "place": place_of(line),
        "price_type": told(line.description.get("price_type")),
        "price": line.gross,
        "is_valid": ticket.is_valid,
        "code": _grouped(ticket.code),
        "qr": mark_safe(_titled(square_svg(barcode))) if barcode else "",  # noqa: S308 - drawn by us
        "pdf_url": order_url(page.order, "ticket_pdf", ticket.code),
        "wallets": [
            {"name": wallet.name, "url": order_url(page.order, "ticket_wallet", ticket.code, wallet.code)}
            for wallet in wallets_offered()
        ],
    }


def _titled(svg: str) -> str:
    title = _("Code to show at the door")
    return svg.replace("<svg", f'<svg role="img" aria-label="{title}"', 1)


def _grouped(code: str) -> str:
    """Twelve letters in threes of four, to be read aloud."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def _performance(performance: BoughtPerformance) -> dict[str, Any]:
    return {
        "title": str(performance.title),
        "starts_at": performance.starts_at,
        "doors_at": performance.doors_at,
        "hall": f"{performance.hall}, {performance.venue}, {performance.street}, {performance.city}",
    }


def _notices(page: OrderPage) -> list[dict[str, str]]:
    notices = []
    for performance in page.performances.values():
        if performance.state == Performance.State.CANCELLED:
            text = _("“%(title)s” was cancelled.") % {"title": performance.title}
            notices.append({"tone": "bad", "icon": "triangle-alert", "text": text})
    if page.refunded:
        text = _("%(amount)s goes back the way you paid.") % {"amount": money(page.refunded)}
        notices.append({"tone": "ok", "icon": "undo-2", "text": text})
    return notices
