"""What a new version does to every seat."""

from __future__ import annotations

from typing import Any

from tests.seating.drawing import hall, plan_document
from ticketing.seating.compiled import compile_plan
from ticketing.seating.format import plan_from_document
from ticketing.seating.versions import Difference, Moved, difference


def changed(document: dict[str, Any], seat: int, **values: Any) -> dict[str, Any]:
    document["areas"][0]["rows"][0]["seats"][seat] |= values
    return document


def test_every_seat_is_kept_moved_gone_or_new() -> None:
    document = changed(plan_document("1111"), 1, x=500, rank="2")
    del document["areas"][0]["rows"][0]["seats"][0]
    document = changed(document, 2, id="Z-A-9")

    assert difference(hall("1111"), compile_plan(plan_from_document(document))) == Difference(
        kept=("Z-A-3",),
        moved=(Moved("Z-A-2", ("position", "rank")),),
        gone=("Z-A-1", "Z-A-4"),
        new=("Z-A-9",),
    )


def test_redrawing_by_a_hair_moves_nobody() -> None:
    redrawn = compile_plan(plan_from_document(changed(plan_document("11"), 0, x=-12.8)))

    assert difference(hall("11"), redrawn) == Difference(kept=("Z-A-1", "Z-A-2"), moved=(), gone=(), new=())


def test_a_smaller_standing_area_loses_its_last_places() -> None:
    def floor(capacity: int) -> dict[str, Any]:
        return {"code": "V", "name": "Floor", "kind": "standing", "rank": "1", "capacity": capacity}

    assert difference(hall("", areas=[floor(3)]), hall("", areas=[floor(2)])).gone == ("V#3",)
