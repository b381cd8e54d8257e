"""The links in mails: whole addresses, because a mail is read far from our pages."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from ticketing.models import ChangeConfirmation, Document, House, Order, Performance
from ticketing.order_links import link_token
from ticketing.queries.changes import change_token


def order_address(order: Order) -> str:
    return _address(order.language, "order", order.house.slug, link_token(order))


def calendar_address(order: Order) -> str:
    return _address(order.language, "order_calendar", order.house.slug, link_token(order))


def document_address(order: Order, document: Document) -> str:
    return _address(order.language, "order_document", order.house.slug, link_token(order), str(document.id))


def confirm_address(order: Order, change: ChangeConfirmation) -> str:
    return _address(order.language, "order_confirm", order.house.slug, link_token(order), change_token(change.id))


def performance_address(performance: Performance, *, language: str) -> str:
    return _address(language, "performance", performance.house.slug, performance.production.slug, performance.code)


def offer_address(house: House, secret: str, *, language: str) -> str:
    return _address(language, "waiting_offer", house.slug, secret)


def leave_list_address(house: House, secret: str, *, language: str) -> str:
    return _address(language, "waiting_leave", house.slug, secret)


def house_address(house: House, *, language: str) -> str:
    return _address(language, "house", house.slug)


def _address(language: str, name: str, *parts: str) -> str:
    with override(language):
        return settings.SITE_URL.rstrip("/") + reverse(f"shop:{name}", args=parts)
