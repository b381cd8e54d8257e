"""The links in mails: whole addresses, because a mail is read far from our pages."""

from __future__ import annotations

from django.conf import settings

from ticketing.models import House, Order, Performance
from ticketing.order_links import link_token


def order_address(order: Order, *parts: str) -> str:
    return _address(order.language, order.house.slug, "order", link_token(order), *parts)


def calendar_address(order: Order) -> str:
    return order_address(order, "calendar.ics").rstrip("/")


def performance_address(performance: Performance, *, language: str) -> str:
    return _address(language, performance.house.slug, performance.production.slug, performance.code)


def offer_address(house: House, secret: str, *, language: str) -> str:
    return _address(language, house.slug, "waiting", secret)


def leave_list_address(house: House, secret: str, *, language: str) -> str:
    return _address(language, house.slug, "waiting", secret, "leave")


def house_address(house: House, *, language: str) -> str:
    return _address(language, house.slug)


def _address(*parts: str) -> str:
    return "/".join((settings.SITE_URL.rstrip("/"), *parts, ""))
