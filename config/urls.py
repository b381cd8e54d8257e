"""Every address of the installation; each surface brings its own list."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.favicon import favicon
from config.health import healthz, readyz
from config.media import media
from config.metrics import metrics
from ticketing.webshop.seats import states
from ticketing.webshop.themes import theme

# Below a language as the shop is, and before it: there any word may be a house.
gallery = [path("", include("demo.gallery.urls"))] if settings.SHOW_GALLERY else []
urlpatterns = [
    # The shop first, for it is asked most; within it the account's own pages, for below them any word may be a house.
    *i18n_patterns(
        *gallery, path("account/", include("allauth.account.urls")), path("", include("ticketing.webshop.urls"))
    ),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("favicon.ico", favicon),
    path("admin/", admin.site.urls),
    path("webhooks/", include("payments.urls")),
    path("api/v1/", include("ticketing.api.urls")),
    path("door/", include("ticketing.door.urls")),
    path("theme/<str:name>.css", theme, name="theme"),
    path("states/<slug:code>", states, name="states"),
]
if settings.SERVE_MEDIA:
    urlpatterns.insert(0, path("media/<path:path>", media))
handler400 = "ticketing.webshop.errors.bad_request"
handler403 = "ticketing.webshop.errors.forbidden"
handler404 = "ticketing.webshop.errors.not_found"
# Asked by allauth.
handler429 = "ticketing.webshop.errors.too_often"
