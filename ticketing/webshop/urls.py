"""Every address of the shop, below `/<language>/`. A production's address comes last: any word could be one."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from ticketing.webshop import (
    account,
    agenda,
    basket,
    changes,
    checkout,
    gift_cards,
    home,
    invoices,
    order,
    pages,
    production,
    seats,
    waiting_list,
)
from ticketing.webshop.refusing import View, shown

app_name = "shop"


def page(route: str, view: View, name: str) -> URLPattern:
    return path(route, shown(view), name=name)


def personal(route: str, view: View, name: str) -> URLPattern:
    """What stands there must be gone once somebody signed out or left the computer to others."""
    return path(route, shown(never_cache(view)), name=name)


def behind_link(route: str, view: View, name: str) -> URLPattern:
    """Below the signed link of an order, refusals included: the address is a key."""
    return path(f"<slug:house>/order/<str:token>/{route}", order.told_to_nobody(shown(order.by_link(view))), name=name)


SHOW = "<slug:house>/<slug:slug>/<slug:code>/"

urlpatterns = [
    # The clicks that take places first: on an opening day they are nearly all there is. No other address is like them.
    page(f"{SHOW}hold/", seats.hold, "hold"),
    page(f"{SHOW}standing/", seats.standing, "standing"),
    page(f"{SHOW}best/", seats.best, "best"),
    page("", home.cluster, "cluster"),
    personal("account/", account.account, "account"),
    personal("account/export/", account.export, "account_export"),
    page("account/erase/", account.erase, "account_erase"),
    page("<slug:house>/", home.house, "house"),
    page("<slug:house>/agenda/", agenda.agenda, "agenda"),
    page("<slug:house>/gift-card/", gift_cards.gift_card, "gift_card"),
    page("<slug:house>/info/<slug:page>/", pages.info, "info"),
    page("<slug:house>/basket/", basket.basket, "basket"),
    page("<slug:house>/basket/fragment/", basket.fragment, "basket_fragment"),
    page("<slug:house>/basket/more-time/", basket.extend, "basket_extend"),
    page("<slug:house>/basket/try-again/", basket.retry, "basket_retry"),
    page("<slug:house>/basket/code/", basket.add_code, "basket_code"),
    page("<slug:house>/basket/code/remove/", basket.remove_code, "basket_code_remove"),
    page("<slug:house>/basket/shift/<slug:code>/", basket.shift, "basket_shift"),
    page("<slug:house>/basket/lines/<slug:name>/tariff/", basket.tariff, "basket_tariff"),
    page("<slug:house>/basket/lines/<slug:name>/remove/", basket.remove, "basket_remove"),
    personal("<slug:house>/checkout/", checkout.checkout, "checkout"),
    behind_link("", order.order, "order"),
    behind_link("return/", order.returned, "order_return"),
    behind_link("reopen/", order.reopen, "order_reopen"),
    behind_link("cancel/", changes.cancel, "order_cancel"),
    behind_link("confirm/<str:change>/", changes.confirm, "order_confirm"),
    behind_link("invoice/", invoices.invoice, "order_invoice"),
    behind_link("invoice/<uuid:document>.pdf", invoices.pdf, "order_document"),
    behind_link("tickets.pdf", order.pdf, "order_pdf"),
    behind_link("calendar.ics", order.calendar, "order_calendar"),
    behind_link("tickets/<slug:code>.pdf", order.pdf, "ticket_pdf"),
    behind_link("tickets/<slug:code>/<slug:kind>/", order.wallet, "ticket_wallet"),
    personal("<slug:house>/waiting/<slug:secret>/", waiting_list.take_up, "waiting_offer"),
    personal("<slug:house>/waiting/<slug:secret>/confirm/", waiting_list.confirm, "waiting_confirm"),
    page("<slug:house>/waiting/<slug:secret>/leave/", waiting_list.leave, "waiting_leave"),
    page("<slug:house>/<slug:slug>/", production.production, "production"),
    page(SHOW, production.production, "performance"),
    page(f"{SHOW}list/", production.seat_list_page, "list"),
    page(f"{SHOW}list/choose/", seats.choose_from_list, "choose"),
    page(f"{SHOW}waiting-list/", waiting_list.join, "waiting_list"),
]
