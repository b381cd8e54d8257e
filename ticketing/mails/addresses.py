"""The links in mails: whole addresses, because a mail is read far from our pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import override

from ticketing.models import ChangeConfirmation, Document, House, Order, Performance
from ticketing.order_links import link_token
from ticketing.queries.changes import change_token
from ticketing.queries.domains import site_of


def order_address(order: Order) -> str:
    return _address(order.house, order.language, "order", link_token(order))


def calendar_address(order: Order) -> str:
    return _address(order.house, order.language, "order_calendar", link_token(order))


def document_address(order: Order, document: Document) -> str:
    return _address(order.house, order.language, "order_document", link_token(order), str(document.id))


def confirm_address(order: Order, change: ChangeConfirmation) -> str:
    return _address(order.house, order.language, "order_confirm", link_token(order), change_token(change.id))


def performance_address(performance: Performance, *, language: str) -> str:
    return _address(performance.house, language, "performance", performance.production.slug, performance.code)


def offer_address(house: House, secret: str, *, language: str) -> str:
    return _address(house, language, "waiting_offer", secret)


def join_list_address(house: House, secret: str, *, language: str) -> str:
    return _address(house, language, "waiting_confirm", secret)


def leave_list_address(house: House, secret: str, *, language: str) -> str:
    return _address(house, language, "waiting_leave", secret)


def house_address(house: House, *, language: str) -> str:
    return _address(house, language, "house")


def _address(house: House, language: str, name: str, *parts: str) -> str:
    with override(language):
        return site_of(house) + reverse(f"shop:{name}", args=[house.slug, *parts])
