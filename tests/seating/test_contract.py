"""Test U1: the sample files of the contract are imported, exported and refused as agreed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import jsonschema
import pytest

from demo.halls import PLANS
from tests.seating.contract import needs_contract, sample, sample_json
from ticketing.seating.compiled import CompiledPlan, compile_plan
from ticketing.seating.faults import PlanRefused
from ticketing.seating.format import dump_plan, load_plan, plan_from_document
from ticketing.seating.pretix_export import export_pretix
from ticketing.seating.pretix_layout import IDS_FROM_UUID, load_pretix

pytestmark = needs_contract


def schema() -> Any:
    return sample_json("parterre.seatingplan.schema.json")


def mons() -> CompiledPlan:
    return compile_plan(load_pretix(sample("theatre-royal-mons.pretix.json")).plan)


def test_our_own_format_comes_back_exactly() -> None:
    document = sample_json("small-hall.example.plan.json")

    assert dump_plan(plan_from_document(document)) == document


@pytest.mark.parametrize(
    ("name", "seats"), [("concert-hall-synthetic", 2310), ("arena-20000-synthetic", 20000), ("theatre-royal-mons", 976)]
)
def test_pretix_layouts_come_in_and_go_out_unchanged(name: str, seats: int) -> None:
    document = sample_json(f"{name}.pretix.json")

    plan = load_pretix(sample(f"{name}.pretix.json")).plan
    exported = export_pretix(plan)

    assert len(plan.seats) == seats
    assert exported.document == document
    aisles = tuple(seat.id for seat in plan.seats if seat.gap_after)
    assert [(str(lost.what), lost.of) for lost in exported.lost] == (
        [("Aisles: who sits beside whom", aisles)] if aisles else []
    )


@pytest.mark.parametrize("name", ["concert-hall-synthetic", "theatre-royal-mons"])
def test_imported_plans_obey_the_schema_of_our_format(name: str) -> None:
    document = dump_plan(load_pretix(sample(f"{name}.pretix.json")).plan)

    jsonschema.validate(document, schema())
    assert dump_plan(plan_from_document(document)) == document


@pytest.mark.parametrize("name", [name for name in PLANS if name not in ("large-hall", "arena")])
def test_the_halls_of_the_demo_obey_the_schema(name: str) -> None:
    document = PLANS[name]()

    jsonschema.validate(document, schema())
    assert dump_plan(plan_from_document(document)) == document


def test_a_file_with_shared_ids_is_refused_naming_the_seats_and_offers_the_uuids() -> None:
    with pytest.raises(PlanRefused) as refused:
        load_pretix(sample("ring-738.pretix.json"))

    assert refused.value.offers == (IDS_FROM_UUID,)
    assert len(refused.value.faults) == 126
    assert str(refused.value.faults[0].text).startswith(
        "seat id Groundfloor-A-1 is used 8 times: Ground floor, A, 1 · Ground floor, A, 1"
    )


def test_ids_from_uuid_make_the_ring_usable() -> None:
    plan = load_pretix(sample("ring-738.pretix.json"), ids_from_uuid=True).plan

    assert len({seat.id for seat in plan.seats}) == 738
    assert plan.seats[0].id == "ccb6d8c1-b81e-491b-b2ae-e8a4644c6616"
    assert plan.seats[0].ext == {
        "pretix": {"uuid": "ccb6d8c1-b81e-491b-b2ae-e8a4644c6616", "seat_guid": "Groundfloor-A-1"}
    }


def test_the_two_doubled_seats_of_the_dirty_file_are_named() -> None:
    with pytest.raises(PlanRefused) as refused:
        load_pretix(sample("theatre-royal-mons.dirty.pretix.json"))

    assert [str(fault.text) for fault in refused.value.faults] == [
        "seat id B2-R5-991 is used 2 times: Balcon 2, R5, 991 · Balcon 2, R5, 991",
        "seat id B2-R5-989 is used 2 times: Balcon 2, R5, 989 · Balcon 2, R5, 989",
    ]
    assert refused.value.offers == ()


def test_an_aisle_parts_neighbours_whatever_their_numbers() -> None:
    plan = mons()

    def are_neighbours(one: str, other: str) -> bool:
        return plan.neighbours.are_adjacent(plan.index_of[one], plan.index_of[other])

    assert not are_neighbours("P-F-21", "P-F-17")
    assert are_neighbours("P-F-1", "P-F-2")
    assert not are_neighbours("P-F-1", "P-F-3") or plan.ids[plan.neighbours.left[plan.index_of["P-F-1"]]] == "P-F-3"


def test_the_neighbours_of_mons_are_those_a_spectator_reads() -> None:
    """`labels.txt` shows every row as seen from the seats, an aisle as |. Its last balcony holds the two doubled
    labels that the clean file left out, and starts rows outside the numbered ones, so it is checked up to there."""
    plan = mons()
    prefixes = {"[parterre]": "P", "[balcon1]": "B1"}
    prefix, expected = "", set()
    for line in sample("theatre-royal-mons.labels.txt").decode().splitlines():
        if line.startswith("["):
            prefix = prefixes.get(line.strip(), "")
        elif prefix and line and not line.startswith("#"):
            for stretch in line.split("|"):
                seats = [f"{prefix}-{label[0]}-{label[1:]}" for label in stretch.split()]
                expected |= set(pairwise(seats))

    found = {
        (plan.ids[left], plan.ids[right])
        for left, right in enumerate(plan.neighbours.right)
        if right >= 0 and not plan.ids[left].startswith("B2-")
    }
    assert found == expected


def test_a_variant_puts_the_wheelchair_place_where_two_seats_were() -> None:
    plan = compile_plan(load_plan(sample("small-hall.example.plan.json")))
    wheelchair = plan.for_variant("rolstoel")

    def neighbours(of: CompiledPlan, seat: str) -> list[str]:
        index = of.index_of[seat]
        return [of.ids[n] for n in (of.neighbours.left[index], of.neighbours.right[index]) if n >= 0]

    assert neighbours(plan, "PAR-E-6") == ["PAR-E-4", "PAR-E-8"]
    assert neighbours(wheelchair, "PAR-E-6") == ["PAR-E-4", "PAR-E-R1"]
    assert {plan.ids[i] for i in set(plan.places) - set(wheelchair.places)} == {"PAR-E-8", "PAR-E-10"}
    assert {plan.ids[i] for i in set(wheelchair.places) - set(plan.places)} == {"PAR-E-R1"}
    assert len(plan.for_variant("zonder-A").places) == len(plan.places) - 10
