"""The drawn map: one checkbox per seat that says all, small on the wire, nothing inline."""

from __future__ import annotations

import gzip
import random
import re
from xml.etree import ElementTree

import pytest

from demo.halls import arena, theatre
from tests.seating.contract import needs_contract, sample
from tests.seating.drawing import area, hall, plan_document
from ticketing.seating.compiled import CompiledPlan, compile_plan
from ticketing.seating.format import plan_from_document
from ticketing.seating.pretix_layout import load_pretix
from ticketing.seating.sectors import SectorMap, needs_sectors
from ticketing.seating.states import State, state_words
from ticketing.seating.svg import SeatMap, seat_map

PRICES = {"1": "€ 28", "2": "€ 22", "3": "€ 16", "4": "€ 12"}
SVG = "{http://www.w3.org/2000/svg}"


def seats_of(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f".//{SVG}g[@role='checkbox']")


def some_states(plan: CompiledPlan, letters: str = "ffttm") -> list[str]:
    chance = random.Random(4)
    return [chance.choice(letters) for _ in range(len(plan))]


def test_every_seat_is_one_checkbox_within_the_group_of_its_row() -> None:
    plan = compile_plan(plan_from_document(theatre()))

    root = ElementTree.fromstring(SeatMap(plan, "nl").render(some_states(plan), PRICES))

    rows = root.findall(f"{SVG}g[@role='group']")
    places = [seat.get("data-place") for row in rows for seat in row.findall(f"{SVG}g[@role='checkbox']")]
    assert places == list(plan.codes)
    assert [row.get("aria-label") for row in rows][:2] == ["Parterre, rij A", "Parterre, rij B"]
    assert len(rows) == len(plan.rows)


@pytest.mark.scope("PR5-02")
@pytest.mark.parametrize(
    ("language", "label"),
    [
        ("nl", "Parterre, rij F, stoel 11, Rang I, € 28, vrij"),
        ("fr", "Parterre, rang F, siège 11, Catégorie 1, € 28, libre"),
        ("en", "Stalls, row F, seat 11, Band A, € 28, free"),
    ],
)
def test_a_seat_says_area_row_number_rank_price_and_state(language: str, label: str) -> None:
    plan = compile_plan(plan_from_document(theatre()))

    seats = seats_of(seat_map(plan, language).render("f" * len(plan), PRICES))

    assert seats[plan.index_of["P-F-11"]].get("aria-label") == label


@pytest.mark.parametrize("state", list(State))
def test_a_state_shows_in_attributes_only(state: State) -> None:
    (seat,) = seats_of(SeatMap(hall("1"), "en").render([state.value], PRICES))
    (free,) = seats_of(SeatMap(hall("1"), "en").render(["f"], PRICES))

    assert seat.get("aria-label") == f"Hall, row A, seat 1, Rank 1, € 28, {state_words('en')[state]}"
    assert seat.get("data-state") == state.value
    assert seat.get("aria-checked") == ("true" if state is State.MINE else "false")
    assert seat.get("aria-disabled") == (None if state in (State.FREE, State.MINE) else "true")
    assert [ElementTree.tostring(part) for part in seat] == [ElementTree.tostring(part) for part in free]
    assert (seat.get("class"), seat.get("tabindex")) == ("seat rank1", "-1")


def test_kind_and_view_are_seen_and_heard() -> None:
    document = plan_document("wc1")
    document["areas"][0]["rows"][0]["seats"][2]["attrs"] = ["restricted_view"]

    seats = seats_of(SeatMap(compile_plan(plan_from_document(document)), "en").render("fff", {}))

    assert [seat.get("class") for seat in seats] == [
        "seat rank1 wheelchair",
        "seat rank1 companion",
        "seat rank1 limited",
    ]
    assert [seat.get("aria-label") for seat in seats] == [
        "Hall, row A, wheelchair place 1, Rank 1, free",
        "Hall, row A, companion seat 2, Rank 1, free",
        "Hall, row A, seat 3, restricted view, Rank 1, free",
    ]
    assert [seat[0].tag.removeprefix(SVG) for seat in seats] == ["rect", "circle", "circle"]


def test_names_from_strangers_stay_text() -> None:
    evil = '"><script>alert(1)</script>&'
    document = plan_document("1")
    document["areas"][0]["name"] = evil
    document["ranks"][0]["name"] = evil
    document["areas"][0]["rows"][0] |= {"code": "<b>'\"&", "label": evil}
    document["decor"] = [{"kind": "stage", "position": {"x": 0, "y": 0}, "text": evil}]
    document["areas"].append(area("1", code="Y", y=300) | {"name": evil, "level": 1})

    svg = SeatMap(compile_plan(plan_from_document(document)), "nl").render("ff", {"1": evil})

    assert "<script" not in svg
    assert seats_of(svg)[0].get("aria-label") == f"{evil}, {evil}, stoel 1, {evil}, {evil}, vrij"


def test_nothing_is_styled_or_scripted_inline() -> None:
    plan = compile_plan(plan_from_document(theatre()))

    svg = SeatMap(plan, "nl").render(some_states(plan), PRICES)

    assert re.findall(r"\sstyle=|<style|<script|\son\w+=", svg) == []


def test_places_outside_the_variant_are_not_drawn() -> None:
    plan = hall("11", "11", variants=[{"code": "v", "name": "V", "remove": ["Z-A-*"]}]).for_variant("v")

    assert [seat.get("data-place") for seat in seats_of(SeatMap(plan, "nl").render("ffff", {}))] == ["2", "3"]


def test_standing_places_are_a_number_not_a_spot() -> None:
    floor = {"code": "V", "name": "Vloer & co", "kind": "standing", "rank": "1", "capacity": 9}
    shape = {"position": {"x": 0, "y": 0}, "shape": {"rect": {"width": 100, "height": 50}}}
    plan = hall("1", areas=[area("1"), floor | shape])

    svg = SeatMap(plan, "nl").render("f" * 10, {})

    assert len(seats_of(svg)) == 1
    assert 'class="area area--standing"' in svg
    assert "Vloer &amp; co" in svg


@needs_contract
def test_a_map_of_2310_seats_stays_small() -> None:
    plan = compile_plan(load_pretix(sample("concert-hall-synthetic.pretix.json")).plan)

    svg = SeatMap(plan, "nl").render(some_states(plan), PRICES)

    assert len(seats_of(svg)) == 2310
    assert len(gzip.compress(svg.encode(), 6)) <= 40_000


def test_a_large_hall_shows_its_sectors_first_then_one_of_them() -> None:
    plan = compile_plan(plan_from_document(arena()))
    states = ["f"] * len(plan)
    states[:500] = ["t"] * 500
    states[500:999] = ["t"] * 499

    svg = SectorMap(plan, "en").render(states, PRICES, lambda code: f"?sector={code}&x=1")
    links = ElementTree.fromstring(svg).findall(f"{SVG}a")

    assert needs_sectors(plan)
    assert [(link.get("href"), link.get("aria-label")) for link in links[:3]] == [
        ("?sector=101&x=1", "Sector 101, sold out, € 28"),
        ("?sector=102&x=1", "Sector 102, 1 free, € 28"),
        ("?sector=103&x=1", "Sector 103, 500 free, € 28"),
    ]
    assert len(links) == 40
    assert len(gzip.compress(svg.encode(), 6)) <= 10_000
    assert len(seats_of(SeatMap(plan, "nl", "103").render(states, PRICES))) == 500


def test_a_sector_of_several_ranks_shows_its_price_range() -> None:
    plan = hall("12", areas=[area("12"), area("2", code="Y", y=300)])

    svg = SectorMap(plan, "nl").render("fff", PRICES, str)

    assert [link.get("aria-label") for link in ElementTree.fromstring(svg).findall(f"{SVG}a")] == [
        "Zaal, 2 vrij, € 22 – € 28",
        "Zaal, 1 vrij, € 22",
    ]
