"""Every address, login, id and key a person or a script needs to drive the running demo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation

from demo.loading.keys import COMPANION_CODE, GIFT_CARDS, PROMO_CODE
from demo.loading.people import ADMIN, PASSWORD, STAFF, VISITOR
from demo.models import DemoStep
from ticketing.models import House, Performance, Place, Ticket
from ticketing.queries.plans import plan_of_performance

LANGUAGES = ("nl", "fr", "en")
Json = dict[str, Any]


class NotLoaded(Exception):
    """There is no demo here yet."""


def describe(*, now: datetime) -> Json:
    kept = DemoStep.objects.filter(name="keys", finished_at__isnull=False).first()
    if kept is None:
        raise NotLoaded
    keys = kept.details["keys"]
    main = next(iter(keys))
    return {
        "site": settings.SITE_URL,
        "complete": DemoStep.objects.filter(name="scans", finished_at__isnull=False).exists(),
        "languages": list(LANGUAGES),
        "cluster": _in_languages(lambda: reverse("shop:cluster")),
        "shops": [_shop(house) for house in House.objects.filter(slug__in=keys).order_by("pk")],
        "performances": {
            "seated": _performance(_roomy(now, standing=False)),
            "standing": _performance(_roomy(now, standing=True)),
            "nearly_full": _performance(_nearly_full(now)),
        },
        "door": _door(keys, main, now=now),
        "api": {
            "address": f"{settings.SITE_URL}/api/v1/",
            "key": keys[main]["api"],
            "keys": {slug: key["api"] for slug, key in keys.items()},
        },
        "sandbox": _sandbox(),
        "admin": {"address": settings.SITE_URL + reverse("admin:index"), "login": ADMIN, "password": PASSWORD},
        "customer": {
            "address": _in_languages(lambda: reverse("account_login")),
            "login": VISITOR,
            "password": PASSWORD,
        },
        "staff": [
            {
                "house": house.slug,
                "login": f"{name}@{house.email.rpartition('@')[2]}",
                "password": PASSWORD,
                "role": role,
            }
            for house in House.objects.filter(slug__in=keys).order_by("pk")
            for name, role in STAFF
        ],
        "codes": {
            "promo": PROMO_CODE,
            "companion": COMPANION_CODE,
            "gift_cards": {code: str(value) for code, value in GIFT_CARDS.items()},
        },
    }


def _in_languages(address: Callable[[], str]) -> dict[str, str]:
    addresses = {}
    for language in LANGUAGES:
        with translation.override(language):
            addresses[language] = settings.SITE_URL + address()
    return addresses


def _shop(house: House) -> Json:
    return {
        "slug": house.slug,
        "name": house.name,
        "city": house.city,
        "urls": _in_languages(lambda: reverse("shop:house", args=[house.slug])),
        "agenda": _in_languages(lambda: reverse("shop:agenda", args=[house.slug])),
    }


def _sandbox() -> Json:
    address = settings.SANDBOX_URL
    return {
        "address": address,
        "payments": f"{address}/v2/" if address else "",
        "mail": f"{address}/mail/" if address else "",
    }


def _door(keys: dict[str, dict[str, str]], main: str, *, now: datetime) -> Json:
    """The next performance with tickets that can be scanned, and some codes to type at its door."""
    next_one = (
        Performance.objects.filter(house__slug=main, starts_at__gt=now - timedelta(hours=1))
        .annotate(valid=Count("tickets", filter=Q(tickets__state=Ticket.State.VALID)))
        .filter(valid__gt=0, state=Performance.State.ON_SALE)
        .order_by("starts_at")
        .first()
    )
    tickets = Ticket.objects.filter(performance=next_one, state=Ticket.State.VALID, scans=None).order_by("pk")[:6]
    return {
        "address": f"{settings.SITE_URL}{reverse('door:door')}",
        "token": keys[main]["door"],
        "tokens": {slug: key["door"] for slug, key in keys.items()},
        "performance": next_one.code if next_one else "",
        "ticket_codes": [ticket.code for ticket in tickets],
    }


def _on_sale(now: datetime) -> Any:
    coming = Performance.objects.filter(
        Q(sales_from=None) | Q(sales_from__lte=now), state=Performance.State.ON_SALE, starts_at__gt=now
    )
    return coming.select_related("production", "house", "hall", "plan_version").annotate(
        free=Count("places", filter=Q(places__state=Place.State.AVAILABLE)),
        standing=Count("places", filter=Q(places__kind=Place.Kind.STANDING)),
    )


def _roomy(now: datetime, *, standing: bool) -> Performance | None:
    """Soon, but with room enough for whatever a script wants to try."""
    kind = Q(standing__gt=100) if standing else Q(standing=0, hall__licensed_capacity__gte=900)
    rows = _on_sale(now).filter(kind)
    # In a large hall places of every rank, so that the plan is worth looking at.
    room = 100 if standing else 350
    soon = rows.filter(free__gte=room, starts_at__gt=now + timedelta(days=2)).order_by("starts_at")
    found: Performance | None = soon.first() or rows.order_by("-free", "starts_at").first()
    return found


def _nearly_full(now: datetime) -> Performance | None:
    rows = _on_sale(now).filter(standing=0, free__gte=2, free__lte=60).order_by("starts_at")
    found: Performance | None = rows.first()
    return found


def _performance(performance: Performance | None) -> Json | None:
    if performance is None:
        return None
    show = [performance.house.slug, performance.production.slug, performance.code]
    return {
        "code": performance.code,
        "house": performance.house.slug,
        "production": performance.production.slug,
        "title": {language: performance.production.title.localize(language) for language in LANGUAGES},
        "hall": performance.hall.code,
        "starts_at": timezone.localtime(performance.starts_at).isoformat(),
        "free": Place.objects.filter(performance=performance, state=Place.State.AVAILABLE).count(),
        "adjacent_places": _adjacent_places(performance),
        "urls": _in_languages(lambda: reverse("shop:performance", args=show)),
        "list_urls": _in_languages(lambda: reverse("shop:list", args=show)),
    }


def _adjacent_places(performance: Performance) -> list[str]:
    """Two free seats beside each other, with two free ones on both sides so that nobody is left alone."""
    plan = plan_of_performance(performance)
    free = set(
        Place.objects.filter(performance=performance, state=Place.State.AVAILABLE, kind=Place.Kind.SEAT).values_list(
            "index", flat=True
        )
    )
    for row in plan.rows if plan else ():
        for first in row.places:
            stretch = range(first - 2, first + 4)
            within = all(index in row.places and index in free for index in stretch)
            if plan and within and not any(index in plan.gaps for index in stretch[:-1]):
                return [plan.codes[first], plan.codes[first + 1]]
    return []


def as_text(told: Json) -> str:
    seated, standing = told["performances"]["seated"], told["performances"]["standing"]
    door, customer = told["door"], told["customer"]
    lines = ["The demo is there" if told["complete"] else "The demo is still coming in", ""]
    lines += [f"{shop['name']:<16} {shop['urls']['nl']}" for shop in told["shops"]]
    lines += ["", f"seats            {seated['urls']['nl']}"] if seated else []
    lines += [f"standing         {standing['urls']['nl']}"] if standing else []
    lines += [
        "",
        f"mail box         {told['sandbox']['mail']}",
        f"operators        {told['admin']['address']}  {told['admin']['login']} / {told['admin']['password']}",
        f"customer         {customer['address']['nl']}  {customer['login']} / {customer['password']}",
        f"door             {door['address']}  key {door['token']}",
        f"API              {told['api']['address']}  key {told['api']['key']}",
        f"codes to try     {told['codes']['promo']} · {' · '.join(told['codes']['gift_cards'])}",
    ]
    return "\n".join(lines)
