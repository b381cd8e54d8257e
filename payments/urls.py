"""Below `/webhooks/`, where payment providers knock."""

from __future__ import annotations

from django.urls import path

from payments import webhooks

app_name = "payments"
urlpatterns = [path("mollie/", webhooks.mollie, name="mollie_webhook")]
