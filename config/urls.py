"""Every address of the installation; each surface brings its own list."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.health import healthz, readyz
from config.media import media
from config.metrics import metrics

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("admin/", admin.site.urls),
    path("webhooks/", include("payments.urls")),
    path("api/v1/", include("ticketing.api.urls")),
]
if settings.SERVE_MEDIA:
    urlpatterns.insert(0, path("media/<path:path>", media))
