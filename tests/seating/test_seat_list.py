"""The list form: the same seats and words as the map, nested."""

from __future__ import annotations

from tests.seating.drawing import area, hall
from ticketing.seating.labels import PlaceName, place_name
from ticketing.seating.seat_list import ListedArea, ListedRow, ListedSeat, seat_list
from ticketing.seating.states import State


def test_areas_hold_rows_and_rows_hold_seats() -> None:
    plan = hall("1|2")

    assert seat_list(plan, "nl", "fm", {"1": "€ 28"}) == (
        ListedArea(
            code="Z",
            name="Zaal",
            standing=0,
            free=1,
            rows=(
                ListedRow(
                    "rij A",
                    (
                        ListedSeat(
                            "0", "1", "Zaal, rij A, stoel 1, Rang 1, € 28, vrij", "seat", "1", "€ 28", State.FREE, ()
                        ),
                        ListedSeat(
                            "1", "2", "Zaal, rij A, stoel 2, Rang 2, jouw keuze", "seat", "2", "", State.MINE, ()
                        ),
                    ),
                ),
            ),
        ),
    )


def test_a_standing_area_counts_its_places() -> None:
    floor = {"code": "V", "name": "Vloer", "kind": "standing", "rank": "1", "capacity": 4}
    plan = hall("1", areas=[area("1"), floor])

    (found,) = seat_list(plan, "nl", "fffft", {}, area="V")

    assert found == ListedArea("V", "Vloer", rows=(), standing=4, free=3)


def test_a_place_has_a_name_in_parts_and_as_one() -> None:
    plan = hall("1", areas=[area("w", code="T") | {"kind": "table"}, area("w")])

    assert place_name(plan, 1, "fr") == PlaceName("Salle", "rang A", "emplacement fauteuil roulant 1", "1")
    assert str(place_name(plan, 1, "fr")) == "Salle, rang A, emplacement fauteuil roulant 1"
    assert str(place_name(plan, 0, "nl")) == "Zaal, rolstoelplaats 1"


def test_a_label_of_the_plan_begins_small_within_a_sentence() -> None:
    rows = area("1")
    rows["rows"][0]["label"] = {"nl": "Rij A", "fr": "Rang A", "en": "Row A"}

    assert str(place_name(hall("1", areas=[rows]), 0, "en")) == "Hall, row A, seat 1"
