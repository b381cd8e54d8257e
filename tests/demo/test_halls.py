"""The halls of the demo: usable plans with the promised number of seats."""

from __future__ import annotations

import pytest

from demo.halls import PLANS, standing_room, words
from ticketing.seating.compiled import compile_plan
from ticketing.seating.format import dump_plan, plan_from_document


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("schouwburg", 976),
        ("concertzaal", 412),
        ("zwarte-doos", 180),
        ("cinema", 164),
        ("large-hall", 10_000),
        ("arena", 20_000),
    ],
)
def test_every_hall_is_a_plan_of_our_format(name: str, places: int) -> None:
    document = PLANS[name]()
    plan = plan_from_document(document)

    assert dump_plan(plan) == document
    assert len(compile_plan(plan).places) == places


def test_the_theatre_has_two_balconies_three_ranks_and_wheelchair_pairs() -> None:
    plan = compile_plan(plan_from_document(PLANS["schouwburg"]()))

    assert [(area.name["fr"], area.level) for area in plan.areas] == [
        ("Parterre", 0),
        ("Premier balcon", 1),
        ("Deuxième balcon", 2),
    ]
    assert {rank.code for rank in plan.ranks} == {"1", "2", "3"}
    pairs = {plan.ids[wheelchair]: [plan.ids[c] for c in beside] for wheelchair, beside in plan.companions.items()}
    assert pairs == {"P-T-1": ["P-T-2"], "P-T-4": ["P-T-3"], "P-T-33": ["P-T-32"], "P-T-30": ["P-T-31"]}
    for wheelchair, (companion,) in plan.companions.items():
        assert plan.neighbours.are_adjacent(wheelchair, companion)


def test_a_room_without_seats_has_standing_places_only() -> None:
    plan = compile_plan(plan_from_document(standing_room(words("Foyer", "Foyer", "Foyer"), 120)))

    assert (len(plan.places), set(plan.kinds)) == (120, {"standing"})
