"""Holding the best places: somebody may be faster between looking and holding, and all or nothing is held."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from tests.ticketing.building import on_sale
from tests.ticketing.selling import costs, held, taken
from ticketing.operations import best_available
from ticketing.operations.best_available import hold_best
from ticketing.operations.wishes import PriceChanged
from ticketing.queries.kept_terms import sale_terms
from ticketing.seating.best_available import NotEnoughPlaces, Party
from ticketing.seating.compiled import place_code

pytestmark = pytest.mark.django_db


def test_the_best_places_are_looked_for_again_when_somebody_was_faster(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    performance = on_sale(now)
    looks = []

    def stolen(*args: object, **more: object) -> bytearray:
        free = real(*args, **more)
        if not looks:
            offer = best_available.best_available(sale_terms(performance.code).plan, free, Party(seats=2))
            looks.append(offer.places)
            held(performance, now, place_code(offer.places[0]))
        return free

    real = best_available.free_places
    monkeypatch.setattr(best_available, "free_places", stolen)
    best = hold_best(performance=performance.code, party=Party(seats=2), basket_id=None, language="nl", now=now)
    assert len(best.held.codes) == 2
    assert len(taken()) == 3


def test_a_party_larger_than_what_is_left_gets_nothing(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    with pytest.raises(NotEnoughPlaces):
        hold_best(performance=performance.code, party=Party(seats=4), basket_id=None, language="nl", now=now)
    assert taken() == []


def test_the_best_places_are_refused_at_another_price_too(now: datetime) -> None:
    performance = on_sale(now)
    costs(now, performance, "26.00")
    with pytest.raises(PriceChanged):
        hold_best(
            performance=performance.code, party=Party(seats=2), basket_id=None, language="nl",
            prices={"rank-1": Decimal("24.00")}, now=now,
        )  # fmt: skip
    assert taken() == []
