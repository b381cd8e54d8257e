"""The words of a letter: what was bought, in the fewest words that are still exact."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils.translation import override

from ticketing.mails.order_words import Amount, Night, amounts_of, greeting, listed, places_in_words, ready
from ticketing.models import Order, OrderLine, Payment

BOTH = {"nl": "Parterre", "fr": "Parterre"}


def a_line(number: int | None, *, row: str = "rij F", kind: str = "stoel", gross: str = "24.00") -> OrderLine:
    description = {
        "title": {"nl": "Nachtvlucht"},
        "area": BOTH if number else {"nl": "Staanplaatsen"},
        "row": {"nl": row} if number else {},
        "seat": {"nl": f"{kind} {number}"} if number else {},
        "number": str(number or ""),
        "price_type": {"nl": "Normaal"},
    }
    return OrderLine(kind=OrderLine.Kind.PLACE, gross=Decimal(gross), description=description)


def a_night(starts_at: datetime, title: str = "Nachtvlucht") -> Night:
    return Night(title=title, moment="", places=(), starts_at=starts_at)


def test_neighbours_share_their_row() -> None:
    lines = [a_line(11), a_line(12), a_line(13), a_line(2, row="rij G")]
    with override("nl"):
        assert places_in_words([line.description for line in lines]) == (
            "Parterre, rij F, stoel 11, 12 en 13",
            "Parterre, rij G, stoel 2",
        )


def test_standing_places_are_counted() -> None:
    with override("nl"):
        assert (places_in_words([a_line(None).description]), places_in_words([a_line(None).description] * 3)) == (
            ("Staanplaatsen",),
            ("3 × Staanplaatsen",),
        )


def test_a_wheelchair_place_is_named_apart_from_the_seats_beside_it() -> None:
    with override("nl"):
        words = places_in_words([a_line(1, kind="rolstoelplaats").description, a_line(2).description])
    assert words == ("Parterre, rij F, rolstoelplaats 1", "Parterre, rij F, stoel 2")


def test_what_is_shown_adds_up_to_what_was_paid() -> None:
    lines = [a_line(11, gross="24.00"), a_line(12, gross="24.00")]
    payments = [
        Payment(means=Payment.Means.GIFT_CARD, amount=Decimal("10.00")),
        Payment(means=Payment.Means.PROVIDER, amount=Decimal("38.00"), method="bancontact"),
    ]
    with override("nl"):
        assert amounts_of(lines, payments) == [
            Amount("2 × Normaal", "€\xa048,00"),
            Amount("Betaald met een cadeaubon", "€\xa010,00", is_total=True),
            Amount("Betaald met Bancontact", "€\xa038,00", is_total=True),
        ]


@pytest.mark.parametrize(
    ("days", "language", "words"),
    [
        (0, "nl", "Tot straks, Marie"),
        (1, "nl", "Tot morgen, Marie"),
        (3, "nl", "Tot vrijdag, Marie"),
        (30, "nl", "Tot 11 februari, Marie"),
        (3, "fr", "Rendez-vous vendredi, Marie"),
        (30, "fr", "Rendez-vous le 11 février, Marie"),
        (3, "en", "See you on Friday, Marie"),
        (30, "en", "See you on the 11 February, Marie"),
    ],
)
def test_the_nearer_the_night_the_nearer_the_words(now: datetime, days: int, language: str, words: str) -> None:
    with override(language):
        assert greeting(Order(first_name="Marie"), [a_night(now + timedelta(days=days))], now=now) == words


def test_without_a_night_the_letter_simply_thanks(now: datetime) -> None:
    with override("nl"):
        assert greeting(Order(first_name="Marie"), [], now=now) == "Bedankt, Marie"


def test_titles_are_listed_once(now: datetime) -> None:
    nights = [a_night(now), a_night(now, "Zeewee"), a_night(now)]
    with override("nl"):
        assert (ready(nights, 3), listed([])) == ("Je tickets voor Nachtvlucht en Zeewee zitten klaar.", "")
