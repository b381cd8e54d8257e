"""The orphan rule, on halls drawn as text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.seating.drawing import free, hall, ids, indexes
from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.orphans import OrphanRefusal, orphan_refusal, orphans_left


@pytest.mark.parametrize(
    ("rows", "states", "chosen", "orphans"),
    [
        ("11111", ".....", ["A-2", "A-3"], ["A-1"]),
        ("11111", ".....", ["A-3", "A-4"], ["A-5"]),
        ("11111", ".....", ["A-1", "A-2"], []),
        ("11111", ".....", ["A-3"], []),
        ("11111", "x....", ["A-3", "A-4", "A-5"], ["A-2"]),
        ("11111", ".....", ["A-2", "A-4"], ["A-1", "A-3", "A-5"]),
        ("111|11", ".....", ["A-1", "A-2"], ["A-3"]),
        ("111|11", ".....", ["A-1", "A-2", "A-3"], []),
        ("111", "...", ["A-1"], []),
    ],
)
def test_a_single_free_seat_between_taken_ones_is_an_orphan(
    rows: str, states: str, chosen: list[str], orphans: list[str]
) -> None:
    plan = hall(rows)

    assert ids(plan, orphans_left(plan, free(states), indexes(plan, *chosen))) == orphans


def test_other_ranks_count_as_free() -> None:
    """Between the last seat of rank 2 and the first of rank 1 nobody is left alone, sold or not."""
    plan = hall("11122")

    assert orphans_left(plan, free("....."), indexes(plan, "A-1", "A-2")) == ()
    assert orphans_left(plan, free("...xx"), indexes(plan, "A-1", "A-2")) == ()
    assert orphans_left(plan, free("xxx.."), indexes(plan, "A-5")) == ()
    assert ids(plan, orphans_left(plan, free("....."), indexes(plan, "A-4"))) == ["A-5"]


def test_a_seat_that_was_alone_already_is_nobodys_fault() -> None:
    plan = hall("11111")

    assert orphans_left(plan, free(".x..."), indexes(plan, "A-3", "A-4", "A-5")) == ()


def test_a_choice_that_leaves_one_alone_is_refused_with_one_seat_aside_as_suggestion() -> None:
    plan = hall("11111", "11111")

    refusal = orphan_refusal(plan, free(".....", "....."), indexes(plan, "A-2", "A-3"))

    assert refusal is not None
    assert ids(plan, refusal.orphans) == ["A-1"]
    assert ids(plan, refusal.suggestion) in (["A-1", "A-2"], ["A-3", "A-4"])
    assert orphan_refusal(plan, free(".....", "....."), refusal.suggestion) is None


def test_the_party_may_take_what_is_left_when_it_fits_nowhere_better() -> None:
    plan = hall("111", "111")

    assert orphan_refusal(plan, free("...", "xxx"), indexes(plan, "A-1", "A-2")) is None
    assert orphan_refusal(plan, free("...", "xx."), indexes(plan, "A-1", "A-2")) is None
    assert orphan_refusal(plan, free("...", "x.."), indexes(plan, "A-1", "A-2")) == OrphanRefusal(
        tuple(indexes(plan, "A-3")), tuple(indexes(plan, "B-2", "B-3"))
    )


def test_a_place_in_another_rank_is_not_elsewhere() -> None:
    plan = hall("111", "22")

    assert orphan_refusal(plan, free("...", ".."), indexes(plan, "A-1", "A-2")) is None


def test_a_hole_within_the_party_is_closed_by_the_suggestion() -> None:
    plan = hall("111111")

    refusal = orphan_refusal(plan, free("......"), indexes(plan, "A-1", "A-3"))

    assert refusal is not None
    assert ids(plan, refusal.orphans) == ["A-2"]
    assert ids(plan, refusal.suggestion) == ["A-1", "A-2"]


def test_wheelchair_parties_and_staff_are_exempt() -> None:
    plan = hall("wc111", "11111")
    states = free(".....", ".....")

    assert orphan_refusal(plan, states, indexes(plan, "A-1", "A-2", "A-3", "A-4")) is None
    assert orphan_refusal(plan, states, indexes(plan, "B-2", "B-3"), staff=True) is None
    assert orphan_refusal(plan, states, indexes(plan, "B-2", "B-3")) is not None


def test_wheelchair_places_are_no_orphans_and_keep_their_neighbour_company() -> None:
    plan = hall("w11|w11")

    assert orphans_left(plan, free("......"), indexes(plan, "A-3")) == ()
    assert orphans_left(plan, free("......"), indexes(plan, "A-5", "A-6")) == ()


STATES = st.text(".x", min_size=12, max_size=12)


@given(STATES, st.sets(st.integers(0, 11), min_size=1, max_size=5), st.booleans())
def test_it_does_not_matter_whether_the_chosen_are_still_marked_free(
    states: str, chosen: set[int], marked: bool
) -> None:
    plan = hall("111111", "1|11122")
    mask = free(states)
    before = orphans_left(plan, mask, chosen)
    for index in chosen:
        mask[index] = marked

    assert orphans_left(plan, mask, chosen) == before


@given(STATES, st.sets(st.integers(0, 11), min_size=1, max_size=5))
def test_the_mirrored_hall_gives_the_mirrored_answer(states: str, chosen: set[int]) -> None:
    plan, mirrored = hall("11|1122111111"), hall("1111112211|11")
    mask = free(states)

    found = orphans_left(plan, mask, chosen)
    seen = orphans_left(mirrored, mask[::-1], {11 - index for index in chosen})

    assert found == tuple(sorted(11 - index for index in seen))


def plainly(plan: CompiledPlan, mask: bytearray, chosen: set[int]) -> set[int]:
    """The rule once more, word by word: alone = both sides closed, and a chosen seat is one of them."""

    def is_taken(index: int) -> bool:
        return index in chosen or not mask[index]

    found = set()
    for index in range(len(plan)):
        sides = [plan.neighbours.left[index], plan.neighbours.right[index]]
        closed = [n < 0 or (is_taken(n) and plan.rank_of[n] == plan.rank_of[index]) for n in sides]
        if not is_taken(index) and all(closed) and any(n in chosen for n in sides):
            found.add(index)
    return found


@given(STATES, st.sets(st.integers(0, 11), min_size=1, max_size=6))
def test_the_rule_is_what_it_says(states: str, chosen: set[int]) -> None:
    plan, mask = hall("111|122", "221111"), free(states)

    assert set(orphans_left(plan, mask, chosen)) == plainly(plan, mask, chosen)


@given(STATES, st.sets(st.integers(0, 11), min_size=1, max_size=4))
def test_a_suggestion_is_free_of_the_same_size_and_rank_and_leaves_nobody_alone(states: str, chosen: set[int]) -> None:
    plan, mask = hall("111111", "1|11122"), free(states)
    for index in chosen:
        mask[index] = 1
    refusal = orphan_refusal(plan, mask, chosen)
    assume(refusal is not None)
    assert refusal is not None

    assert all(mask[index] for index in refusal.suggestion)
    assert sorted(plan.rank_of[i] for i in refusal.suggestion) == sorted(plan.rank_of[i] for i in chosen)
    assert len(set(refusal.suggestion)) == len(chosen)
    assert orphans_left(plan, mask, refusal.suggestion) == ()
