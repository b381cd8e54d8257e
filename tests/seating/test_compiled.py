"""A compiled plan: stable places and codes, variants, neighbours, and the same again after storage."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.seating.drawing import area, hall, ids, indexes, plan_document
from ticketing.seating.compiled import CompiledPlan, compile_plan, place_code, place_index
from ticketing.seating.format import plan_from_document
from ticketing.seating.neighbours import NOBODY

ROWS = st.lists(st.from_regex(r"\A[12w](\|?[12cw]){0,8}\Z"), min_size=1, max_size=4)


def neighbour_ids(plan: CompiledPlan, seat: str) -> list[str]:
    (index,) = indexes(plan, seat)
    return ids(plan, [n for n in (plan.neighbours.left[index], plan.neighbours.right[index]) if n != NOBODY])


@given(st.integers(0, 10**7))
def test_a_code_says_which_place_it_is(index: int) -> None:
    assert place_index(place_code(index)) == index


def test_places_keep_the_order_of_the_plan_and_short_codes() -> None:
    standing = {"code": "V", "name": "Floor", "kind": "standing", "rank": "2", "capacity": 34}
    plan = hall("12", areas=[area("12"), standing])

    assert plan.ids[:4] == ("Z-A-1", "Z-A-2", "V#1", "V#2")
    assert (plan.codes[0], plan.codes[35]) == ("0", "Z")
    assert plan.kinds[1:3] == ("seat", "standing")
    assert [plan.areas[1].first, plan.areas[1].count] == [2, 34]
    assert len(plan.places) == 36


def test_neighbours_follow_the_order_of_the_row_not_the_numbers() -> None:
    document = plan_document("1111")
    for seat, number in zip(document["areas"][0]["rows"][0]["seats"], ["3", "1", "2", "4"], strict=True):
        seat["n"] = number
    plan = compile_plan(plan_from_document(document))

    assert neighbour_ids(plan, "A-2") == ["A-1", "A-3"]


def test_an_aisle_ends_a_stretch_of_neighbours() -> None:
    plan = hall("11|11")

    assert (neighbour_ids(plan, "A-2"), neighbour_ids(plan, "A-3")) == (["A-1"], ["A-4"])


def test_a_seat_taken_out_leaves_a_hole_but_an_unused_swap_does_not() -> None:
    document = plan_document("11111", variants=[{"code": "v", "name": "V", "remove": ["Z-A-2"]}])
    document["areas"][0]["rows"][0]["seats"][3]["replaces"] = ["Z-A-5"]
    plan = compile_plan(plan_from_document(document))

    assert neighbour_ids(plan, "A-3") == ["A-2", "A-5"]
    assert neighbour_ids(plan.for_variant("v"), "A-3") == ["A-5"]


def test_an_area_turns_about_its_position() -> None:
    turned = area("11", y=0) | {"position": {"x": 100, "y": 50}, "rotation": 90}
    plan = hall("11", areas=[turned])

    assert list(zip(plan.x, plan.y, strict=True)) == [(100, 37.5), (100, 62.5)]


def test_without_a_focal_point_best_places_aim_at_the_stage() -> None:
    document = plan_document("11")
    del document["focal"]
    stage = {"kind": "stage", "position": {"x": 10, "y": 20}, "shape": {"rect": {"width": 100, "height": 40}}}

    assert compile_plan(plan_from_document(document | {"decor": [stage]})).focal == (60, 40)
    assert compile_plan(plan_from_document(document)).focal == (0, 100)


def test_a_variant_is_made_once() -> None:
    plan = hall("11", variants=[{"code": "v", "name": "V", "remove": ["Z-A-*"]}])

    assert plan.for_variant("v") is plan.for_variant("v")
    assert plan.for_variant("v").places == []
    assert plan.for_variant("") is plan


@given(ROWS)
def test_a_stored_plan_is_loaded_the_same(rows: list[str]) -> None:
    plan = hall(*rows)

    stored = json.dumps(plan.to_json())
    loaded = CompiledPlan.from_json(json.loads(stored))

    assert json.dumps(loaded.to_json()) == stored
    assert (loaded.neighbours, loaded.distances, loaded.present) == (plan.neighbours, plan.distances, plan.present)


@given(ROWS)
def test_neighbours_are_mutual_and_sit_in_one_row(rows: list[str]) -> None:
    plan = hall(*rows)

    for index, right in enumerate(plan.neighbours.right):
        if right != NOBODY:
            assert plan.neighbours.left[right] == index
            assert plan.row_of[right] == plan.row_of[index]
