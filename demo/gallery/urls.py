"""The one address of the gallery, below `/<language>/` as the pages it shows pieces of."""

from __future__ import annotations

from django.urls import path

from demo.gallery.views import gallery

app_name = "gallery"
urlpatterns = [path("components/", gallery, name="gallery")]
