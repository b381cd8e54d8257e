"""Places set aside: only their sellers have them until they are released, and every screen agrees."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import CountQueries
from tests.ticketing.building import on_sale, text
from tests.ticketing.racing import race
from tests.ticketing.selling import held, stood
from ticketing.models import Contingent, ContingentSlot, Performance, Place
from ticketing.operations.best_available import hold_best
from ticketing.operations.contingents import SetAsideForOthers
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import hold
from ticketing.operations.inventory import create_contingent, release_contingent, remove_contingent
from ticketing.operations.releases import release_places
from ticketing.operations.tidying import free_lapsed_places
from ticketing.operations.wishes import Wish
from ticketing.queries.place_states import changed_states, free_counts, hall_states, states_between
from ticketing.queries.places import free_places
from ticketing.seating.best_available import NotEnoughPlaces, Party

pytestmark = pytest.mark.django_db

LATER = timedelta(days=3)


def aside(performance: Performance, now: datetime, *places: str, **details: Any) -> Contingent:
    rule = details.pop("rule", {"places": list(places)} if places else {})
    values: dict[str, Any] = {"name": text("Pers"), "channels": ["desk"], "rule": rule}
    return create_contingent(performance_id=performance.pk, now=now, **(values | details))


def at_the_desk(performance: Performance, now: datetime, *places: str) -> tuple[str, ...]:
    wish = Wish(places=places)
    return hold(
        performance=performance.code, wish=wish, basket_id=None, language="nl", now=now, channel_kind="desk"
    ).codes


@pytest.fixture
def performance(now: datetime) -> Performance:
    """One row of ten."""
    found = on_sale(now, rows=1)
    found.house.channels.get_or_create(kind="desk", defaults={"code": "desk", "name": text("Kassa")})
    return found


def test_the_shop_does_not_sell_what_is_set_aside_for_the_desk(now: datetime, performance: Performance) -> None:
    aside(performance, now, "2", "3")
    with pytest.raises(SetAsideForOthers):
        held(performance, now, "1", "2")
    assert Place.objects.exclude(state="available").count() == 0
    assert at_the_desk(performance, now, "2", "3") == ("2", "3")


@pytest.mark.parametrize(
    "rule", [{"places": ["2", "3"]}, {"ranks": ["rank-1"], "places": ["2", "3"]}, {"areas": ["P"]}, {}]
)
def test_every_screen_shows_it_as_taken(now: datetime, performance: Performance, rule: dict[str, list[str]]) -> None:
    aside(performance, now, rule=rule)
    shown = "fftt" + "f" * 6 if "places" in rule else "t" * 10
    assert hall_states(performance.pk, now=now).letters == shown
    assert "".join(states_between(performance.pk, first=0, last=9, now=now).values()) == shown
    told = changed_states(performance.code, since="", now=now)
    assert told is not None
    assert "".join(told.states[code] for code in sorted(told.states)) == shown
    assert free_counts([performance.pk], now=now) == {performance.pk: shown.count("f")}
    assert [*free_places(performance.pk, size=10, now=now)] == [letter == "f" for letter in shown]


def test_the_best_places_pass_by_what_is_set_aside(now: datetime, performance: Performance) -> None:
    aside(performance, now, "4", "5")
    best = hold_best(performance=performance.code, party=Party(seats=3), basket_id=None, language="nl", now=now)
    assert not {"4", "5"} & set(best.held.codes)
    aside(performance, now)
    with pytest.raises(NotEnoughPlaces):
        hold_best(performance=performance.code, party=Party(seats=1), basket_id=None, language="nl", now=now)


def test_standing_places_set_aside_do_not_stand_in_the_way_of_the_others(now: datetime) -> None:
    performance = on_sale(now, rows=0, standing=5)
    aside(performance, now, "0", "1", "2")
    assert stood(performance, now, full=2).codes == ("3", "4")
    with pytest.raises(PlacesTaken):
        stood(performance, now, full=1)


def test_it_opens_by_itself_and_screens_hear_of_it(now: datetime, performance: Performance) -> None:
    aside(performance, now, "2", release_at=now + LATER)
    before = changed_states(performance.code, since=f"{'9' * 18}.{int(now.timestamp())}", now=now)
    after = changed_states(performance.code, since=f"{'9' * 18}.{int((now + LATER).timestamp()) - 1}", now=now + LATER)
    assert before is not None and before.states == {}
    assert after is not None and after.states["2"] == "f"
    assert held(performance, now + LATER, "2").codes == ("2",)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("open_it", [release_contingent, remove_contingent])
def test_what_staff_open_is_told_to_those_who_look(now: datetime, performance: Performance, open_it: Any) -> None:
    """Each step commits, so that the stamp of a place says which of them wrote it last."""
    stamps = [_stamps(performance)]
    contingent = aside(performance, now, "2")
    stamps.append(_stamps(performance))
    assert _told(performance, now)["2"] == "t"
    open_it(contingent_id=contingent.pk, now=now)
    stamps.append(_stamps(performance))
    assert _told(performance, now)["2"] == "f"
    assert [len(once) for once in stamps] == [1, 1, 1]
    assert stamps[0] < stamps[1] < stamps[2]


def _stamps(performance: Performance) -> list[int]:
    return sorted(set(Place.objects.filter(performance=performance).values_list("changed_xid", flat=True)))


def _told(performance: Performance, now: datetime) -> dict[str, str]:
    told = changed_states(performance.code, since="", now=now)
    assert told is not None
    return told.states


def test_those_who_sell_from_it_see_it_free(now: datetime, performance: Performance) -> None:
    aside(performance, now, "2")
    assert free_places(performance.pk, size=10, now=now, channel_kind="desk")[2] == 1


def test_a_cap_gives_its_slots_one_by_one_and_takes_them_back(now: datetime, performance: Performance) -> None:
    aside(performance, now, cap=2)
    at_the_desk(performance, now, "0")
    second = hold(
        performance=performance.code, wish=Wish(places=("1",)), basket_id=None, language="nl", now=now,
        channel_kind="desk",
    )  # fmt: skip
    with pytest.raises(SetAsideForOthers):
        at_the_desk(performance, now, "2")
    release_places(basket_id=second.basket_id, performance=performance.code, codes=["1"], now=now)
    assert at_the_desk(performance, now, "2") == ("2",)
    assert ContingentSlot.objects.filter(place__code__in=["0", "2"]).count() == 2


@pytest.mark.parametrize("is_tidied", [True, False])
def test_a_slot_of_a_hold_that_ran_out_is_free(now: datetime, performance: Performance, is_tidied: bool) -> None:
    aside(performance, now, cap=1)
    at_the_desk(performance, now, "0")
    later = now + timedelta(minutes=16)
    if is_tidied:
        free_lapsed_places(now=later)
    assert at_the_desk(performance, later, "5") == ("5",)


def test_a_place_of_two_capped_contingents_takes_one_slot(now: datetime, performance: Performance) -> None:
    aside(performance, now, cap=1)
    aside(performance, now, cap=1)
    assert at_the_desk(performance, now, "0") == ("0",)


@pytest.mark.django_db(transaction=True)
def test_a_cap_holds_when_everybody_asks_at_once(now: datetime) -> None:
    performance = on_sale(now, rows=2)
    aside(performance, now, cap=3, channels=["web"])

    def ask(number: int) -> str:
        try:
            held(performance, now, "0123456789ABCDEFGHIJ"[number])
        except SetAsideForOthers:
            return "refused"
        return "held"

    outcomes = race(ask, contenders=16, threads=8)
    assert outcomes == {"held": 3, "refused": 13}
    assert (
        Place.objects.filter(state="held").count()
        == outcomes["held"]
        == ContingentSlot.objects.exclude(place=None).count()
    )


def test_looking_costs_one_statement_with_and_without(
    now: datetime, performance: Performance, count_queries: CountQueries
) -> None:
    for _without_and_with in range(2):
        with count_queries(1):
            hall_states(performance.pk, now=now)
        with count_queries(1):
            changed_states(performance.code, since="", now=now)
        with count_queries(1):
            free_counts([performance.pk], now=now)
        aside(performance, now, "2")
