"""Best available, step by step, and what it never does."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.halls import theatre
from tests.seating.drawing import free, hall, ids, plan_document
from ticketing.seating.best_available import (
    How,
    NeedsConsent,
    NotEnoughPlaces,
    Offer,
    Party,
    best_available,
)
from ticketing.seating.compiled import CompiledPlan, compile_plan
from ticketing.seating.format import plan_from_document
from ticketing.seating.orphans import orphan_refusal, orphans_left


def best(plan: CompiledPlan, states: bytearray, party: int | Party, **more: object) -> tuple[How, list[str]]:
    wanted = Party(party) if isinstance(party, int) else party
    offer = best_available(plan, states, wanted, **more)  # type: ignore[arg-type]  # rank and may_split by name
    return offer.how, ids(plan, offer.places)


def test_together_nearest_the_stage_comes_first() -> None:
    plan = hall("1111111", "1111111")

    assert best(plan, free(".......", "......."), 3) == (How.TOGETHER, ["A-3", "A-4", "A-5"])


def test_a_window_that_leaves_one_alone_is_passed_over() -> None:
    plan = hall("1111", "1111")

    assert best(plan, free("....", "...."), 3) == (How.LEAVING_ONE, ["A-1", "A-2", "A-3"])
    assert best(plan, free("x..x", "...."), 1) == (How.TOGETHER, ["B-1"])
    assert best(plan, free("x...", "x.xx"), 2) == (How.LEAVING_ONE, ["A-2", "A-3"])
    assert best(plan, free("x...", "x..x"), 2) == (How.TOGETHER, ["B-2", "B-3"])


def test_the_seats_of_another_rank_are_no_wall() -> None:
    """Rank 2 beside it counts as free, so a single seat of rank 1 there is not alone."""
    plan = hall("11122")

    assert best(plan, free("...xx"), 2, rank="1") == (How.TOGETHER, ["A-1", "A-2"])


def test_a_party_that_fits_in_no_row_sits_in_two_behind_each_other() -> None:
    plan = hall("1111", "1111", "1111")

    assert best(plan, free("x..x", "x..x", ".xx."), 4) == (How.TWO_ROWS, ["A-2", "A-3", "B-2", "B-3"])
    assert best(plan, free("x..x", "xxxx", "x..x"), 4, may_split=True)[0] == How.SPLIT


def test_two_groups_far_apart_are_not_behind_each_other() -> None:
    plan = hall("1" * 12, "1" * 12)

    with pytest.raises(NeedsConsent):
        best_available(plan, free("..xxxxxxxxxx", "xxxxxxxxxx.."), Party(4))


@pytest.mark.scope("PR3-02")
def test_a_party_is_only_split_after_a_yes() -> None:
    plan = hall("1111", "2222", "1111")
    states = free("x.x.", "xxxx", "x..x")

    with pytest.raises(NeedsConsent) as asked:
        best_available(plan, states, Party(4))

    assert best_available(plan, states, Party(4), may_split=True) == asked.value.offer
    assert asked.value.offer.how is How.SPLIT
    assert sorted(ids(plan, asked.value.offer.places)) == ["A-2", "A-4", "C-2", "C-3"]


def test_too_few_places_is_said_at_once() -> None:
    plan = hall("11", "22")

    for rank, size in (("1", 3), (None, 5), ("1", 0), ("nobody", 1)):
        with pytest.raises(NotEnoughPlaces):
            best_available(plan, free("..", ".."), Party(size), rank=rank, may_split=True)


def test_restricted_view_is_taken_last() -> None:
    clear = hall("111", "111")
    limited = compile_plan(plan_from_document(_with_pillar()))

    assert best(clear, free("...", "..."), 3) == (How.TOGETHER, ["A-1", "A-2", "A-3"])
    assert best(limited, free("...", "..."), 3) == (How.TOGETHER, ["B-1", "B-2", "B-3"])


def _with_pillar() -> dict[str, object]:
    document = plan_document("111", "111")
    for seat in document["areas"][0]["rows"][0]["seats"]:
        seat["attrs"] = ["restricted_view"]
    return document


def test_wheelchair_companion_and_friends_are_one_request() -> None:
    plan = hall("11111111", "wc111111")

    offer = best_available(plan, free("........", "........"), Party(seats=2, wheelchairs=1, companions=1))

    assert offer.how is How.TOGETHER
    assert ids(plan, offer.places)[:2] == ["B-1", "B-2"]
    assert set(ids(plan, offer.places)[2:]) in ({"B-3", "B-4"}, {"A-1", "A-2"}, {"A-2", "A-3"})


def test_a_taken_companion_seat_is_made_good_by_the_seat_beside() -> None:
    plan = hall("wc1111")

    assert best(plan, free(".x...."), Party(wheelchairs=1, companions=1)) == (How.TOGETHER, ["A-1", "A-3"])


def test_wheelchair_and_companion_places_are_kept_from_others() -> None:
    plan = hall("wcwc")

    with pytest.raises(NotEnoughPlaces):
        best_available(plan, free("...."), Party(1), may_split=True)


def test_friends_far_from_the_wheelchair_need_consent() -> None:
    plan = hall("wc11111111111111")

    with pytest.raises(NeedsConsent):
        best_available(plan, free("..xxxxxxxxxxxxx."), Party(seats=1, wheelchairs=1))


HALL = compile_plan(plan_from_document(theatre()))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.floats(0.03, 0.95),
    st.builds(Party, st.integers(1, 9), st.integers(0, 2), st.integers(0, 2)),
    st.sampled_from([None, "1", "2", "3"]),
)
def test_what_is_offered_is_free_complete_adjacent_and_passes_the_orphan_rule(
    seed: int, fullness: float, party: Party, rank: str | None
) -> None:
    chance = random.Random(seed)
    states = bytes(chance.random() > fullness for _ in range(len(HALL)))
    if party.companions and not party.wheelchairs:
        party = Party(party.seats)
    try:
        offer = best_available(HALL, states, party, rank=rank, may_split=True)
    except NotEnoughPlaces:
        return

    assert all(states[index] for index in offer.places)
    assert len(set(offer.places)) == len(offer.places) == party.size
    assert rank is None or {HALL.ranks[HALL.rank_of[index]].code for index in offer.places} == {rank}
    assert sum(HALL.kinds[index] == "wheelchair" for index in offer.places) == party.wheelchairs
    assert orphan_refusal(HALL, states, offer.places) is None
    _check_promise(offer, party, states)


def _check_promise(offer: Offer, party: Party, states: bytes) -> None:
    if party.wheelchairs:
        return
    breaks = [
        position
        for position, (one, next_one) in enumerate(pairwise(offer.places))
        if HALL.neighbours.right[one] != next_one
    ]
    if offer.how in (How.TOGETHER, How.LEAVING_ONE):
        assert breaks == []
    if offer.how is How.TOGETHER:
        assert orphans_left(HALL, states, offer.places) == ()
    if offer.how is How.TWO_ROWS:
        rows = {HALL.row_of[index] for index in offer.places}
        assert len(rows) == 2
        assert max(rows) - min(rows) == 1


@given(st.integers(0, 10**6), st.integers(1, 8))
@settings(max_examples=30, deadline=None)
def test_without_consent_a_party_sits_together_or_is_asked(seed: int, size: int) -> None:
    chance = random.Random(seed)
    states = bytes(chance.random() > 0.8 for _ in range(len(HALL)))
    try:
        offer = best_available(HALL, states, Party(size), rank="2")
    except NotEnoughPlaces:
        return
    except NeedsConsent:
        offer = best_available(HALL, states, Party(size), rank="2", may_split=True)
        assert offer.how is How.SPLIT
        return

    assert offer.how is not How.SPLIT
