"""Which Mollie answers: the account's own key, else the installation's, else the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from outbox.errors import Rejected
from payments.mollie.gateway import MollieGateway
from payments.patience import PatientProvider
from ticketing.ports import PaymentProvider

REAL_ENDPOINT = "https://api.mollie.com"
SANDBOX_KEY = "test_sandbox"


def mollie_provider(account: Mapping[str, Any]) -> PaymentProvider:
    """`account` holds a house's stored settings: `api_key`, and `api_endpoint` where it is not Mollie's own."""
    api_key = str(account.get("api_key") or settings.MOLLIE_API_KEY)
    if api_key:
        endpoint = str(account.get("api_endpoint") or REAL_ENDPOINT)
    elif settings.SANDBOX_URL:
        api_key, endpoint = SANDBOX_KEY, settings.SANDBOX_URL
    else:
        raise Rejected("this payment account has no key")
    return _provider(api_key, endpoint)


@lru_cache(maxsize=64)
def _provider(api_key: str, endpoint: str) -> PatientProvider:
    """Kept, because its connections are."""
    return PatientProvider(MollieGateway(api_key=api_key, api_endpoint=endpoint))
