"""Registers the providers with the kernel when the installation starts."""

from __future__ import annotations

from django.apps import AppConfig

from payments.mollie.configuration import mollie_provider
from ticketing.ports import register_payment_provider


class PaymentsConfig(AppConfig):
    name = "payments"

    def ready(self) -> None:
        register_payment_provider("mollie", mollie_provider)
