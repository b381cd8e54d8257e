"""Registers the provider that past orders were paid with; without it their refunds could not be tried."""

from __future__ import annotations

from django.apps import AppConfig

from demo.paid_at_once import PROVIDER, paid_at_once
from ticketing.ports import register_payment_provider


class DemoConfig(AppConfig):
    name = "demo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register_payment_provider(PROVIDER, paid_at_once)
