"""The addresses of the API, version 1."""

from __future__ import annotations

from django.urls import path, re_path
from django.views.generic import RedirectView

from ticketing.api import baskets, orders, performances, problems, scans
from ticketing.api.schema import Schema

app_name = "api"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:schema"), name="start"),
    path("schema", Schema.as_view(), name="schema"),
    path("performances", performances.Performances.as_view(), name="performances"),
    path("performances/<str:code>", performances.PerformanceView.as_view(), name="performance"),
    path("performances/<str:code>/places", performances.Places.as_view(), name="places"),
    path("performances/<str:code>/states", performances.States.as_view(), name="states"),
    path("baskets", baskets.Baskets.as_view(), name="baskets"),
    path("baskets/<uuid:basket>", baskets.BasketView.as_view(), name="basket"),
    path("baskets/<uuid:basket>/places", baskets.BasketPlaces.as_view(), name="basket-places"),
    path(
        "baskets/<uuid:basket>/places/<str:performance>/<str:place>",
        baskets.BasketPlace.as_view(),
        name="basket-place",
    ),
    path("baskets/<uuid:basket>/extension", baskets.BasketExtension.as_view(), name="basket-extension"),
    path("baskets/<uuid:basket>/contact", baskets.BasketContact.as_view(), name="basket-contact"),
    path("baskets/<uuid:basket>/codes", baskets.BasketCodes.as_view(), name="basket-codes"),
    path("orders", orders.Orders.as_view(), name="orders"),
    path("orders/<uuid:order>", orders.OrderView.as_view(), name="order"),
    path("orders/<uuid:order>/payment", orders.OrderPayment.as_view(), name="order-payment"),
    path("orders/<uuid:order>/tickets", orders.OrderTickets.as_view(), name="order-tickets"),
    path("doors", scans.Doors.as_view(), name="doors"),
    path("doors/<str:performance>", scans.DoorList.as_view(), name="door-list"),
    path("doors/<str:performance>/counts", scans.DoorCounts.as_view(), name="door-counts"),
    path("doors/<str:performance>/conflicts", scans.DoorConflicts.as_view(), name="door-conflicts"),
    path("scans", scans.Scans.as_view(), name="scans"),
    path("scans/offline", scans.OfflineScans.as_view(), name="scans-offline"),
    re_path(r"^(?P<path>.*)$", problems.no_such_address),
]
