"""How often somebody may try what can be guessed, or what makes us write to people, before they have to wait.

Counted in the cache, in windows of a few minutes. Many share one address (a school, a mobile carrier), so an address
may fail often, and what is narrower (one basket, one recipient) seldom. Without Valkey nothing is counted and nobody is
refused: codes are long, and what must never happen is a constraint in the database.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError

MINUTE, HOUR = 60, 3600


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds, for each `who`."""

    name: str
    count: int
    seconds: int


WRONG_CODES_OF_BASKET = Limit("codes-basket", 10, 10 * MINUTE)
WRONG_CODES_OF_ADDRESS = Limit("codes-address", 60, 10 * MINUTE)
# The baskets of a whole website come through one key.
WRONG_CODES_OF_KEY = Limit("codes-key", 300, 10 * MINUTE)
WRONG_LINKS_OF_ADDRESS = Limit("links-address", 60, 10 * MINUTE)
WRONG_KEYS_OF_ADDRESS = Limit("keys-address", 60, 10 * MINUTE)
WRONG_OPERATORS_OF_ADDRESS = Limit("operators-address", 20, 10 * MINUTE)
WRONG_OPERATORS_OF_NAME = Limit("operators-name", 10, 10 * MINUTE)
WAITING_OF_ADDRESS = Limit("waiting-address", 60, HOUR)
WAITING_OF_RECIPIENT = Limit("waiting-recipient", 10, HOUR)
UNPAID_MAILS_OF_RECIPIENT = Limit("unpaid-mails", 3, HOUR)
ACCOUNT_MAILS_OF_RECIPIENT = Limit("account-mails", 5, HOUR)

Counted = tuple[Limit, object]


class TooManyAttempts(TicketingError):
    code = "too_many_requests"
    message = _("That was tried too often. Wait a few minutes, then try again.")
    status = 429

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


def count(*counted: Counted) -> None:
    for limit, who in counted:
        key = _key(limit, who)
        cache.add(key, 0, limit.seconds)
        try:
            cache.incr(key)
        except ValueError:  # the window closed just now
            continue


def is_spent(limit: Limit, who: object) -> bool:
    return int(cache.get(_key(limit, who), 0)) >= limit.count


def check(*counted: Counted) -> None:
    """Raises TooManyAttempts when one of them is used up."""
    for limit, who in counted:
        if is_spent(limit, who):
            raise TooManyAttempts(limit.seconds)


@contextmanager
def counting(wrong: type[TicketingError], *counted: Counted) -> Iterator[None]:
    """For what can be guessed: who guessed wrong too often is not told whether this guess is right."""
    check(*counted)
    try:
        yield
    except wrong:
        count(*counted)
        raise


def client_address(request: HttpRequest) -> str:
    """Where a request comes from: an address, or the network of an IPv6 subscriber, who has billions of addresses."""
    address = _address(_told_by_proxy(request) or request.META.get("REMOTE_ADDR", ""))
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address or "")


def _told_by_proxy(request: HttpRequest) -> str:
    """Each proxy of ours adds whom it heard; what stands before that was written by the visitor."""
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if settings.TRUSTED_PROXIES else []
    return told[-settings.TRUSTED_PROXIES].strip() if len(told) >= settings.TRUSTED_PROXIES > 0 else ""


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def _key(limit: Limit, who: object) -> str:
    """Not the address itself: what leads to a person has no place in a cache."""
    told = hashlib.blake2b(str(who).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16)
    return f"attempts:{limit.name}:{told.hexdigest()}"
