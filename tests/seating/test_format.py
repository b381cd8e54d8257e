"""Our own plan format: exact both ways, and every fault of a bad file named at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seating.drawing import area, plan_document
from ticketing.seating.faults import MOST_FAULTS, PlanRefused
from ticketing.seating.format import dump_plan, load_plan, plan_from_document
from ticketing.seating.plan import SEAT_ATTRS

NUMBERS = st.integers(-5000, 5000) | st.floats(-5000, 5000).map(lambda value: round(value, 2))
EXTRAS = st.fixed_dictionaries(
    {},
    optional={
        "gap_after": st.booleans(),
        "kind": st.sampled_from(["seat", "wheelchair", "folding", "stool", "sofa"]),
        "attrs": st.lists(st.sampled_from(SEAT_ATTRS), unique=True),
        "r": st.integers(1, 40),
        "ext": st.dictionaries(st.text("abc", min_size=1), st.none() | st.integers(-9999, 9999) | st.text("xyz")),
        "companion_of": st.just([]),
    },
)
TEXTS = st.text(min_size=1, max_size=20, alphabet="abcé €") | st.dictionaries(
    st.sampled_from(["nl", "fr", "en"]), st.text("abc", min_size=1), min_size=1
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Plans with keys spelled out or left out at will."""
    document = plan_document(*draw(st.lists(st.text("1234", min_size=1, max_size=8), min_size=1, max_size=4)))
    for row in document["areas"][0]["rows"]:
        row |= draw(st.fixed_dictionaries({}, optional={"label": TEXTS, "label_at": st.sampled_from(["both", "none"])}))
        for seat in row["seats"]:
            seat |= draw(EXTRAS) | {"x": draw(NUMBERS), "y": draw(NUMBERS)}
    document["areas"] += draw(
        st.just([])
        | st.just([{"code": "V", "name": "Floor", "kind": "standing", "rank": "1", "capacity": 20, "bookable": "seat"}])
    )
    optional = {
        "background": st.none() | st.just({"asset": "hall.png", "opacity": 0.5}),
        "entrances": st.just([]),
        "ext": st.just({"pretix": {"anything": [1, None, {"deep": True}]}}),
        "size": st.just({"width": 10, "height": 20.5}),
        "seat_pitch": st.sampled_from([26, 26.0, 24.5]),
    }
    return document | {"name": draw(TEXTS)} | draw(st.fixed_dictionaries({}, optional=optional))


@given(documents())
def test_export_of_an_import_is_the_same_file(document: dict[str, Any]) -> None:
    exported = dump_plan(plan_from_document(document))

    assert json.dumps(exported, sort_keys=True) == json.dumps(document, sort_keys=True)


@given(documents())
def test_import_of_an_export_is_the_same_plan(document: dict[str, Any]) -> None:
    plan = plan_from_document(document)

    assert load_plan(json.dumps(dump_plan(plan))) == plan


def faults_of(document: Any) -> list[str]:
    with pytest.raises(PlanRefused) as refused:
        plan_from_document(document)
    return [str(fault) for fault in refused.value.faults]


def test_every_fault_of_a_file_is_named_at_once() -> None:
    document = plan_document("111", "11")
    first, second = document["areas"][0]["rows"]
    first["seats"][1]["id"] = "Z-A-1"
    first["seats"][2]["rank"] = "royal"
    del second["seats"][0]["x"]
    second["seats"][1] |= {"kind": "companion", "companion_of": ["Z-A-1"], "colour": "red"}
    document["variants"] = [{"code": "v", "name": "V", "remove": ["Q-*"], "use_swaps": ["Z-A-1"]}]

    assert sorted(faults_of(document)) == sorted(
        [
            "areas[0].rows[0].seats[1].id: seat id Z-A-1 is used 2 times: Hall, A, 1 · Hall, A, 2",
            "areas[0].rows[0].seats[2].rank: unknown rank royal (Hall, A, 3)",
            "areas[0].rows[1].seats[0].x: is missing",
            "areas[0].rows[1].seats[1].colour: is not a key of this format",
            "areas[0].rows[1].seats[1].companion_of: Z-A-1 is not a wheelchair seat of this plan",
            "variants[0].remove: Q-* is not a seat of this plan",
            "variants[0].use_swaps: Z-A-1 is not a swap seat of this plan",
        ]
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"format": "other"}, "format: must be parterre.seatingplan"),
        ({"version": 2}, "version: must be 1"),
        ({"version": True}, "version: must be 1"),
        ({"ranks": []}, "ranks: must not be empty"),
        ({"name": ""}, "name: must be a text, or a text for each language"),
        ({"name": {"dutch": "Zaal"}}, "name.dutch: is not a language code of two letters"),
        ({"seat_pitch": 0}, "seat_pitch: must be a size above zero"),
        ({"focal": {"x": 0}}, "focal.y: is missing"),
        ({"size": [1, 2]}, "size: must be an object"),
        ({"focal": {"x": True, "y": 0}}, "focal.x: must be a coordinate between -1,000,000 and 1,000,000"),
        ({"decor": [{"kind": "fountain"}]}, "decor[0].kind: must be one of stage, screen, text, shape, door, stairs, "),
        (
            {"decor": [{"kind": "shape", "shape": {"rect": {"width": 1, "height": 1}, "ellipse": {}}}]},
            "decor[0].shape: must be a rect, an ellipse or a polygon",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_path(change: dict[str, Any], fault: str) -> None:
    found = faults_of(plan_document("1") | change)

    assert found[0].startswith(fault)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"rows": []}, "a standing area has no rows"),
        ({"capacity": None}, "must be a number"),
        ({"rank": "9"}, "unknown rank 9"),
        ({"capacity": 10**7}, "must be between 0 and 60000"),
    ],
)
def test_a_standing_area_needs_a_rank_and_a_capacity(change: dict[str, Any], fault: str) -> None:
    standing = {"code": "V", "name": "Floor", "kind": "standing", "rank": "1", "capacity": 5}
    if "rows" in change:
        change = {"rows": area("1", code="W")["rows"]}
    found = faults_of(plan_document("1") | {"areas": [standing | change]})

    assert any(fault in text for text in found)


def test_two_seats_of_a_row_never_have_the_same_number() -> None:
    document = plan_document("11")
    document["areas"][0]["rows"][0]["seats"][1]["n"] = "1"

    assert faults_of(document) == [
        "areas[0].rows[0].seats[1].n: number 1 is used twice in this row: Z-A-1 · Z-A-2",
    ]


def test_a_swap_seat_may_not_replace_another_swap() -> None:
    document = plan_document("111")
    seats = document["areas"][0]["rows"][0]["seats"]
    seats[1]["replaces"] = ["Z-A-1"]
    seats[2]["replaces"] = ["Z-A-2", "Z-A-99"]

    assert faults_of(document) == [
        "areas[0].rows[0].seats[2].replaces: Z-A-2 is itself a swap seat",
        "areas[0].rows[0].seats[2].replaces: Z-A-99 is not a seat of this plan",
    ]


def test_a_file_with_thousands_of_faults_lists_the_first_hundreds() -> None:
    document = plan_document("1" * 8)
    row = document["areas"][0]["rows"][0]
    row["seats"] = [{"id": "x y"}] * 1000

    found = faults_of(document)

    assert len(found) == MOST_FAULTS + 1
    assert found[-1] == "and 4700 more"
