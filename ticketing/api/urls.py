"""The addresses of the API, version 1."""

from __future__ import annotations

from django.urls import path, re_path

from ticketing.api import problems, scans
from ticketing.api.schema import Schema

app_name = "api"

urlpatterns = [
    path("schema", Schema.as_view(), name="schema"),
    path("doors", scans.Doors.as_view(), name="doors"),
    path("doors/<str:performance>", scans.DoorList.as_view(), name="door-list"),
    path("doors/<str:performance>/counts", scans.DoorCounts.as_view(), name="door-counts"),
    path("doors/<str:performance>/conflicts", scans.DoorConflicts.as_view(), name="door-conflicts"),
    path("scans", scans.Scans.as_view(), name="scans"),
    path("scans/offline", scans.OfflineScans.as_view(), name="scans-offline"),
    re_path(r"^(?P<path>.*)$", problems.no_such_address),
]
