"""Which wallets a ticket can go into: only those this installation has keys for."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError


class WalletNotOffered(TicketingError):
    code = "wallet_not_offered"
    message = _("This wallet is not offered here. Use the PDF or show the code on your screen.")
    status = 404


@dataclass(frozen=True)
class Wallet:
    code: str
    name: str


APPLE = Wallet("apple", "Apple Wallet")
GOOGLE = Wallet("google", "Google Wallet")


def wallets_offered() -> tuple[Wallet, ...]:
    configured = ((APPLE, settings.APPLE_WALLET), (GOOGLE, settings.GOOGLE_WALLET))
    return tuple(wallet for wallet, keys in configured if all(keys.values()))
