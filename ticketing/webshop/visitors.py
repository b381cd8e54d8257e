"""Who is visiting: nearly always nobody in particular, and then no session is looked at."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def customer_id_of(request: HttpRequest) -> int | None:
    """The customer who is signed in. Without a session cookie this costs nothing and opens nothing."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return None
    customer = getattr(request.user, "customer", None)
    return customer.id if customer else None
