"""The door page, in the browser's language or a named one, and its service worker."""

from __future__ import annotations

from django.urls import path, re_path

from ticketing.door import views

app_name = "door"

urlpatterns = [
    path("", views.door, name="door"),
    re_path(r"^(?P<language>nl|fr|en)/$", views.door, name="door-in"),
    path("worker.js", views.worker, name="worker"),
]
