"""What the widgets of the gallery show: an evening, a basket, an order, in the shapes the shop's views give them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from demo import halls
from ticketing.barcodes import DIGITS
from ticketing.printing.squares import square_svg
from ticketing.seating.compiled import CompiledPlan, compile_plan
from ticketing.seating.format import plan_from_document
from ticketing.seating.seat_list import seat_list
from ticketing.seating.states import State
from ticketing.seating.svg import seat_map
from ticketing.templatetags.shop import short_money
from ticketing.webshop.basket_view import RING, BasketView, GroupView, HoldView, LegView, LineView, TariffView
from ticketing.webshop.frame import FramedHouse, Link, clock
from ticketing.webshop.responses import Refusal, WayOut

NOWHERE = "#main"
BASKETS = ("kept", "expired", "empty")
PRICES = {"1": Decimal("28.00"), "2": Decimal("22.50"), "3": Decimal("16.00")}
FULL, YOUNG = "Normaal", "-26"


def house() -> FramedHouse:
    return FramedHouse(
        slug="kantelaar",
        name="de Kantelaar",
        legal_name="vzw de Kantelaar",
        email="tickets@example.org",
        phone="+32 9 000 00 00",
        street="Kaai 3",
        postcode="9000",
        city="Gent",
        enterprise_number="BE 0123.456.749",
        font_url=static("fonts/gloock-latin-400.woff2"),
        url=reverse("shop:cluster"),
        agenda_url=NOWHERE,
        basket_url=NOWHERE,
        basket_fragment_url=NOWHERE,
        checkout_url=NOWHERE,
        code_url=NOWHERE,
        nav=(Link("agenda", _("Agenda"), NOWHERE), Link("gift_card", _("Gift card"), NOWHERE)),
        small_print=(Link("terms", _("Terms of sale"), NOWHERE),),
    )


def performance(now: datetime, **more: Any) -> dict[str, Any]:
    urls = ("url", "list_url", "best_url", "standing_url", "choose_url", "hold_url", "states_url", "waiting_list_url")
    return {
        **dict.fromkeys(urls, NOWHERE),
        "title": "Nachtvlucht",
        "subtitle": "Compagnie Zilvervos",
        "genre": "Dans",
        "hall": "Grote zaal, de Kantelaar",
        "starts_at": now + timedelta(days=12),
        "price_from": PRICES["3"],
        "free": 94,
        "is_on_sale": True,
        "max_places": 10,
        "is_seated": True,
        "has_wheelchair": True,
    } | more


def card(now: datetime, **more: Any) -> dict[str, Any]:
    picture = {"image": static("icons/favicon.svg"), "image_alt": "de Kantelaar"}
    return {**performance(now), **picture, "dates": 1, **more}


def kept(left: int, *, can_extend: bool = True) -> HoldView:
    ring = round(RING * (1 - left / 900))
    return HoldView(
        left=left, total=900, clock=clock(left), ring=ring, can_extend=can_extend, extend_url=NOWHERE
    )  # fmt: skip


def basket(state: str, *, now: datetime) -> BasketView:
    """Filled: a plain line, a cheaper one with its condition, one that somebody else took, and a gift card."""
    if state == "empty":
        return BasketView()
    urls: dict[str, Any] = {"price_type_url": NOWHERE, "remove_url": NOWHERE}
    offers = (TariffView("full", FULL, PRICES["1"], True), TariffView("young", YOUNG, PRICES["3"], False))
    plain = LineView("Parterre, rij F, stoel 11", PRICES["1"], 1, price_type=FULL, offers=offers, **urls)
    cheaper = LineView(
        "Parterre, rij F, stoel 12", PRICES["3"], 2, full_price=PRICES["1"], price_type=YOUNG,
        note=_("Bring your proof; we look at it at the door."), remove_url=NOWHERE,
    )  # fmt: skip
    lost = LineView(
        "Balkon, rij 1, stoel 8", PRICES["3"], 3, price_type=FULL, offers=offers, is_lost=True,
        note=_("Somebody else took this place."), **urls,
    )  # fmt: skip
    groups = (
        GroupView("Nachtvlucht", now + timedelta(days=12), "Grote zaal", "de Kantelaar", (plain, cheaper, lost)),
        GroupView(_("Gift card"), lines=(LineView(_("Gift card by mail"), Decimal(50), remove_url=NOWHERE),)),
    )
    legs = (LegView(_("Gift card …%(end)s") % {"end": "7K2Q"}, Decimal(-20), "7K2Q", NOWHERE),)
    return BasketView(
        count=4, total=Decimal(110), to_pay=Decimal(90), groups=groups, legs=legs,
        hold=kept(754) if state == "kept" else None, is_expired=state == "expired", retry_url=NOWHERE,
        methods=("Bancontact", "iDEAL | Wero", "Visa, Mastercard"),
    )  # fmt: skip


def refusals() -> dict[str, Refusal]:
    way_out = WayOut(NOWHERE, _("Shift one seat"), (("place", "1"), ("place", "2")))
    sentence = _("Somebody else took this place.")
    return {
        "a sentence": Refusal("taken", sentence),
        "with a way out": Refusal("orphan", sentence, way_out),
        "with new prices": Refusal("prices", sentence, reload_url=NOWHERE),
    }


def ticket(now: datetime, *, is_valid: bool = True) -> dict[str, Any]:
    told = f'<svg role="img" aria-label="{_("Code to show at the door")}"'
    square = square_svg("7" * DIGITS).replace("<svg", told, 1)
    return {
        "title": "Nachtvlucht",
        "starts_at": now + timedelta(days=12),
        "hall": "Grote zaal, de Kantelaar",
        "place": "Parterre, rij F, stoel 11",
        "price_type": FULL,
        "price": PRICES["1"],
        "is_valid": is_valid,
        "code": "7K2Q 9XMA 4TPC",
        "qr": mark_safe(square) if is_valid else "",  # noqa: S308 - drawn by us
        "pdf_url": NOWHERE,
        "wallets": [{"name": "Apple Wallet", "url": NOWHERE}],
    }


def order(now: datetime, **more: Any) -> dict[str, Any]:
    urls = dict.fromkeys(("pdf_url", "calendar_url", "cancel_url"), NOWHERE)
    lines = [{"label": "Nachtvlucht, Parterre, rij F, stoel 11", "price_type": FULL, "gross": PRICES["1"]}]
    evening = {**performance(now), "doors_at": now + timedelta(days=12, minutes=-30)}
    refunded = _("%(amount)s goes back the way you paid.") % {"amount": "€ 28"}
    return {
        **urls, "reference": "KAN-7K2Q", "email": "noor@example.org", "total": PRICES["1"], "to_pay": PRICES["1"],
        "lines": lines, "performances": [evening],
        "notices": [{"tone": "ok", "icon": "undo-2", "text": refunded}],
    } | more  # fmt: skip


def small_hall() -> CompiledPlan:
    """Two ranks, an aisle, wheelchair places with their companions, and seats that see less."""
    middle, fan = (lambda count: (count // 2,)), halls.Fan(300, -330, 470)
    stalls = halls.rows("P", "ABCD", fan, lambda row: 10, middle, lambda row: "1" if row < 2 else "2")
    balcony = halls.rows("B", ["1"], halls.Fan(300, -330, 650), lambda row: 12, middle, halls.always("3"))
    halls.make_wheelchair_pairs(stalls[-1], [(0, 1), (-1, -2)])
    halls.mark_restricted(balcony[0], [0, -1])
    areas = [
        halls.area("P", halls.words("Parterre", "Parterre", "Stalls"), 0, stalls),
        halls.area("B", halls.words("Balkon", "Balcon", "Balcony"), 1, balcony),
    ]
    name = halls.words("Kleine zaal", "Petite salle", "Small hall")
    return compile_plan(plan_from_document(halls.plan(name, areas, [halls.stage(300, 40, 300, 50)], (300, 60))))


def seats(language: str, *, now: datetime) -> dict[str, Any]:
    """A hall as map and as list: every fifth place taken, two of them ours."""
    plan = small_hall()
    letters = [State.TAKEN if index % 5 == 3 else State.FREE for index in range(len(plan))]
    letters[1] = letters[2] = State.MINE
    prices = {code: str(short_money(price)) for code, price in PRICES.items()}
    drawn = seat_map(plan, language).render([letter.value for letter in letters], prices)
    ranks = [
        {"tone": tone, "code": rank.code, "name": rank.name[language], "price": PRICES[rank.code]}
        for tone, rank in enumerate(plan.ranks, 1)
    ]
    areas = [
        {"code": area.code, "name": area.name, "free": 30, "is_open": True, "rows": area.rows}
        for area in seat_list(plan, language, [letter.value for letter in letters], prices)
    ]
    return {
        "performance": performance(now, states_url=""),
        "ranks": ranks,
        "seat_svg": mark_safe(drawn),  # noqa: S308 - escaped where it is drawn
        "seat_areas": areas,
        "has_listed_rows": True,
    }
