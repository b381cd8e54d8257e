"""Which widgets the gallery shows, and in which states. A new file in `templates/components/` has to come here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.utils.translation import gettext as _

from demo.gallery import samples
from demo.gallery.samples import NOWHERE, card, kept, order, performance, ticket
from ticketing.webshop.forms import CheckoutForm, WaitingListForm

States = dict[str, dict[str, Any]]
DOOR_RESULTS = {
    "accepted": ("check", "Let in"),
    "already_used": ("clock", "Already used"),
    "wrong_performance": ("calendar", "Other performance"),
    "refunded": ("wallet", "Refunded"),
    "unknown": ("search", "Unknown ticket"),
    "forged": ("x", "Forged"),
    "undecided": ("triangle-alert", "Not decided"),
}


@dataclass(frozen=True)
class Specimen:
    """`states`: what each is called, with all that the template is given there."""

    template: str
    states: States
    is_wide: bool = False

    @property
    def slug(self) -> str:
        return self.template.removesuffix(".html").replace("/", "-").replace("_", "-")


def specimens(basket: str, *, language: str, now: datetime) -> tuple[Specimen, ...]:
    return (
        *components(now),
        *choosing(language, now),
        *buying(basket, now),
        *afterwards(now),
        Specimen("gallery/_partials/door_result.html", dict(door_results())),
    )


def components(now: datetime) -> Iterator[Specimen]:
    nights = performances(now)
    good, bad = CheckoutForm(initial={"newsletter": True}), CheckoutForm({"email": "noor@"})
    yield Specimen("gallery/_partials/elements.html", {"plain classes": {}}, is_wide=True)
    yield Specimen("components/icon.html", {name: {"name": name} for name in icons()})
    yield Specimen(
        "components/field.html",
        {
            "with a hint": {"field": good["email"], "wide": True},
            "refused": {"field": bad["email"]},
            "left empty": {"field": bad["first_name"]},
            "a number": {"field": WaitingListForm()["quantity"]},
        },
    )
    checks = {"unticked": {"field": good["partners"]}, "ticked": {"field": good["newsletter"]}}
    yield Specimen("components/check.html", checks)
    yield Specimen("components/notice.html", dict(notices()))
    yield Specimen("components/empty.html", empties())
    yield Specimen("components/stepper.html", steppers())
    yield Specimen("components/steps.html", {f"at {at}": {"at": at} for at in (2, 3)})
    yield Specimen("components/hold.html", holds())
    yield Specimen("components/availability.html", {name: {"performance": night} for name, night in nights.items()})
    stubs = {name: {"performance": night} for name, night in nights.items()}
    chosen = {"performance": nights["places enough"], "current": True}
    out = {"performance": nights["sold out"], "current": True}
    yield Specimen("components/stub.html", {**stubs, "chosen": chosen, "chosen, sold out": out})
    yield Specimen("components/tile.html", tiles(now))
    rail = {"id": "rail", "title": "Dans", "cards": [card(now) for _each in range(6)], "href": NOWHERE}
    yield Specimen("components/rail.html", {"six cards": {**rail, "more": _("All dates")}}, is_wide=True)


def choosing(language: str, now: datetime) -> Iterator[Specimen]:
    seats = samples.seats(language, now=now)
    production = {
        "title": "Nachtvlucht", "genre": "Dans", "duration_minutes": 75, "age_from": 12,
        "subtitle": "Compagnie Zilvervos", "teaser": "Zeven dansers, één zwerm.",
    }  # fmt: skip
    yield Specimen("webshop/_partials/production_hero.html", {"no picture": {"production": production}}, is_wide=True)
    shows = {name: {"show": {**night, "is_low": night["free"] <= 10}} for name, night in performances(now).items()}
    yield Specimen("webshop/_partials/show.html", shows, is_wide=True)
    as_map = {name: value for name, value in seats.items() if name != "seat_areas"}
    yield Specimen("webshop/_partials/picker.html", {"map": as_map}, is_wide=True)
    yield Specimen("webshop/_partials/seat_list.html", {"two areas": seats}, is_wide=True)
    tariffs = [
        {"code": code, "field": f"n-{code}", "name": name, "explanation": told, "price": Decimal(price), "quantity": 0}
        for code, name, told, price in (("full", samples.FULL, "", 16), ("young", samples.YOUNG, "-26", 8))
    ]
    standing = {"performance": performance(now), "standing_tariffs": tariffs}
    yield Specimen("webshop/_partials/standing.html", {"two tariffs": standing}, is_wide=True)
    nights, form = performances(now), {"waiting_form": WaitingListForm()}
    closed = {name: {"performance": nights[name], **form} for name in ("cancelled", "sold out", "not on sale")}
    yield Specimen("webshop/_partials/closed.html", closed)


def buying(basket: str, now: datetime) -> Iterator[Specimen]:
    house, view = samples.house(), samples.basket(basket, now=now)
    yield Specimen("webshop/_partials/basket.html", {basket: {"basket": view, "house": house, "aside": True}})
    codes = {
        "folded": {"basket": {}, "house": house},
        "refused": {"basket": {}, "house": house, "code_error": _("Somebody else took this place.")},
    }
    yield Specimen("webshop/_partials/codes.html", codes)
    refused = {name: {"refusal": refusal} for name, refusal in samples.refusals().items()}
    yield Specimen("webshop/_partials/refusal.html", refused)


def afterwards(now: datetime) -> Iterator[Specimen]:
    states: States = {
        "waiting": {"is_waiting": True},
        "paid": {"is_paid": True},
        "abandoned": {"is_abandoned": True, "retry_url": NOWHERE},
        "open": {"checkout_url": NOWHERE, "reopen_url": NOWHERE},
    }
    heads = {name: {"order": order(now, **state), "house": samples.house()} for name, state in states.items()}
    yield Specimen("webshop/_partials/order_head.html", heads)
    yield Specimen(
        "webshop/_partials/order_next.html",
        {"one evening": {"order": order(now), "house": samples.house()}},
        is_wide=True,
    )
    yield Specimen("webshop/_partials/order_lines.html", {"one line": {"order": order(now)}}, is_wide=True)
    tickets = {"valid": {"ticket": ticket(now)}, "cancelled": {"ticket": ticket(now, is_valid=False)}}
    yield Specimen("webshop/_partials/ticket.html", tickets, is_wide=True)


def performances(now: datetime) -> dict[str, dict[str, Any]]:
    soon = now + timedelta(days=2)
    return {
        "places enough": performance(now),
        "very many": performance(now, free=20_000),
        "nine left": performance(now, free=9),
        "one left": performance(now, free=1),
        "sold out": performance(now, free=0, is_sold_out=True),
        "cancelled": performance(now, is_cancelled=True),
        "not on sale": performance(now, is_on_sale=False),
        "on sale later": performance(now, is_on_sale=False, sales_from=soon),
    }


def tiles(now: datetime) -> States:
    bare = {"image": "", "price_from": None}
    return {
        "one date": {"card": card(now)},
        "more dates": {"card": card(now, dates=4)},
        "no picture, no price": {"card": card(now, **bare)},
    }


def notices() -> Iterator[tuple[str, dict[str, Any]]]:
    tones = (("info", "info"), ("ok", "check"), ("warn", "triangle-alert"), ("bad", "triangle-alert"))
    text = _("Nothing was charged. You can try the same places again if they are still free.")
    for tone, icon in tones:
        yield tone, {"tone": tone, "icon": icon, "text": text}
    yield "with a title", {"title": _("Saved."), "text": _("You are no longer on the list.")}


def empties() -> States:
    told = {"title": _("Nothing found"), "text": _("Try another word, another month or another genre.")}
    return {"with a way on": {**told, "href": NOWHERE, "action": _("Show everything")}, "without": told}


def steppers() -> States:
    plain = {"name": "quantity", "min": 0, "max": 10, "label": _("Number of places")}
    return {
        "at the least": {**plain, "value": 0},
        "between": {**plain, "value": 4},
        "at the most": {**plain, "value": 10},
    }


def holds() -> States:
    return {
        "just begun": {"hold": kept(890)},
        "two minutes left": {"hold": kept(120)},
        "no more time": {"hold": kept(300, can_extend=False)},
    }


def door_results() -> Iterator[tuple[str, dict[str, Any]]]:
    for result, (icon, title) in DOOR_RESULTS.items():
        yield result, {"result": result, "icon": icon, "title": _(title)}


def icons() -> list[str]:
    """Every icon of the sheet."""
    return re.findall(r'<symbol id="([^"]+)"', Path(str(finders.find("icons.svg"))).read_text())
