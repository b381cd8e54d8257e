"""The pretix layout: proposals for aisles, decor, and what an export loses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.seating.drawing import plan_document
from ticketing.seating.faults import PlanRefused
from ticketing.seating.format import plan_from_document
from ticketing.seating.gaps import proposed_gaps
from ticketing.seating.plan import Decor, Point
from ticketing.seating.pretix_export import export_pretix
from ticketing.seating.pretix_layout import import_pretix


def layout(*xs: float, **zone: Any) -> dict[str, Any]:
    seats = [
        {"seat_guid": f"s{n}", "seat_number": str(n), "category": "A", "position": {"x": x, "y": 0}}
        for n, x in enumerate(xs, 1)
    ]
    row = {"row_number": "1", "position": {"x": 0, "y": 0}, "seats": seats}
    zones = [{"name": "Zone", "position": {"x": 5, "y": 5}, "rows": [row]} | zone]
    return {"name": "L", "categories": [{"name": "A", "color": "#112233"}], "zones": zones}


def test_a_wide_step_or_a_sharp_turn_is_proposed_as_an_aisle() -> None:
    assert proposed_gaps([(0, 0), (25, 0), (50, 0), (90, 0), (115, 0)]) == [2]
    assert proposed_gaps([(0, 0), (25, 0), (50, 0), (50, 25), (50, 50)]) == [2]
    assert proposed_gaps([(0, 0), (25, 2), (50, 6), (75, 12)]) == []
    assert proposed_gaps([(0, 0)]) == []


def test_proposals_are_set_and_told() -> None:
    imported = import_pretix(layout(0, 25, 75, 100))

    assert imported.gaps == ("s2",)
    assert [seat.gap_after for seat in imported.plan.seats] == [False, True, False, False]


def test_old_files_without_size_zone_id_and_uuid_are_read() -> None:
    plan = import_pretix(layout(0, 24, name="Zaal één")).plan

    assert (plan.areas[0].code, plan.areas[0].name, plan.size, plan.seat_pitch) == ("Zaal-n", "Zaal één", None, 24)


def test_drawings_become_decor_and_return_as_they_were() -> None:
    text = {"text": "Scène", "position": {"x": 1, "y": 1}, "color": "#fff"}
    drawings = [
        {"shape": "rectangle", "position": {"x": 1, "y": 2}, "rectangle": {"width": 9, "height": 3}, "text": text},
        {"shape": "circle", "position": {"x": 1, "y": 2}, "circle": {"radius": 4}, "color": "#AABBCC", "rotation": 30},
        {"shape": "star", "position": {"x": 1, "y": 2}},
    ]
    document = layout(0, 25, areas=drawings)

    plan = import_pretix(document).plan

    assert plan.decor == (
        Decor(kind="stage", position=Point(x=6, y=7), shape={"rect": {"width": 9, "height": 3}}, text="Scène"),
        Decor(
            kind="shape", position=Point(x=6, y=7), rotation=30, shape={"ellipse": {"x": 4, "y": 4}}, color="#AABBCC"
        ),
    )
    assert export_pretix(plan).document["zones"][0]["areas"] == drawings


def test_every_fault_of_a_layout_is_named() -> None:
    document = layout(0, 25, 50)
    seats = document["zones"][0]["rows"][0]["seats"]
    seats[0]["category"] = "Z"
    seats[1]["seat_guid"] = "s3"
    del seats[2]["position"]
    document["zones"].append("zone")

    with pytest.raises(PlanRefused) as refused:
        import_pretix(document)

    assert sorted(map(str, refused.value.faults)) == sorted(
        [
            "zones[0].rows[0].seats[0].category: unknown category Z",
            "zones[0].rows[0].seats[2].position: is missing",
            "zones[1]: must be an object",
            "areas[0].rows[0].seats[2].id: seat id s3 is used 2 times: Zone, 1, 2 · Zone, 1, 3",
        ]
    )


def test_an_export_lists_what_the_layout_cannot_carry() -> None:
    document = plan_document("1|wc", variants=[{"code": "v", "name": "V"}])
    document["areas"][0]["rows"][0]["seats"][2]["companion_of"] = ["Z-A-2"]
    document["areas"].append({"code": "V", "name": "Floor", "kind": "standing", "rank": "1", "capacity": 5})

    exported = export_pretix(plan_from_document(document))

    assert [(str(lost.what), lost.of) for lost in exported.lost] == [
        ("Aisles: who sits beside whom", ("Z-A-1",)),
        ("Kinds of seat (wheelchair, companion, folding …)", ("Z-A-2", "Z-A-3")),
        ("Companion seats of a wheelchair seat", ("Z-A-3",)),
        ("Standing areas", ("V",)),
        ("Variants", ("v",)),
        ("The point best places aim at", ("focal",)),
        ("Languages but one", ("1", "2", "3", "4", "Z")),
    ]
    assert [seat["seat_guid"] for seat in exported.document["zones"][0]["rows"][0]["seats"]] == [
        "Z-A-1",
        "Z-A-2",
        "Z-A-3",
    ]
    assert import_pretix(exported.document).plan.seats[0].id == "Z-A-1"
