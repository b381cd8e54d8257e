"""Hosts of houses: which house a host shows first, and at which host a house is found.

The addresses are the same at every host. A house's own host begins with that house; the basket and the session stay at
the host where they began, for nothing we show leads to another one.
"""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from ticketing.models import HouseDomain

# A process hears within this time of a domain that another process gave away.
KNOWN_FOR = 60.0
_known: tuple[float, dict[str, str]] = (0.0, {})


class Sited(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def programme_version(self) -> int: ...


def slugs_by_host() -> dict[str, str]:
    """The house of every host of a house that sells; asked for once a minute and process, at most."""
    global _known
    until, found = _known
    if until < time.monotonic():
        rows = HouseDomain.objects.filter(house__is_active=True).values_list("host", "house__slug")
        found = dict(rows)
        _known = (time.monotonic() + KNOWN_FOR, found)
    return found


def house_slug_at(host: str) -> str | None:
    """The house at a host as a browser names it, with or without a port; None at the installation's own."""
    name = urlsplit(f"//{host}").hostname or ""
    return None if name == own_host() else slugs_by_host().get(name)


def own_host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def site_of(house: Sited) -> str:
    """Where links to a house begin: at its own host, or at the installation's."""
    host = _first_host(house.id, house.programme_version)
    return f"{urlsplit(settings.SITE_URL).scheme}://{host}" if host else settings.SITE_URL.rstrip("/")


@lru_cache(maxsize=512)
def _first_host(house_id: int, _programme_version: int) -> str:
    """Every change of a house's hosts is a new version of its programme."""
    return HouseDomain.objects.filter(house=house_id).order_by("id").values_list("host", flat=True).first() or ""


def forget_hosts() -> None:
    global _known
    _known = (0.0, {})
    _first_host.cache_clear()
