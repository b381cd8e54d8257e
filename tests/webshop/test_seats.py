"""Clicks on the map: what is held, what is refused, and how others see it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.conftest import CountQueries
from tests.webshop.conftest import Buyer
from ticketing.models import Basket, House, Place
from ticketing.operations.baskets import extend

pytestmark = pytest.mark.scope("PR5-02")


def states(buyer: Buyer, since: str = "") -> tuple[str, dict[str, str]]:
    answer = Client().get(f"/states/{buyer.performance.code}", {"since": since})
    if answer.status_code == 304:
        return since, {}
    first, _newline, pairs = answer.content.decode().partition("\n")
    words = pairs.split()
    return first, dict(zip(words[::2], words[1::2], strict=True))


def test_a_click_holds_the_seat_and_answers_the_basket(buyer: Buyer) -> None:
    answer = buyer.click("4")
    assert (answer.status_code, answer["X-Seat-States"]) == (200, "4 m")
    assert 'data-count="1"' in answer.content.decode()
    assert Place.objects.get(code="4").holder == buyer.basket().id


def test_a_second_click_lets_go(buyer: Buyer) -> None:
    buyer.click("4")
    answer = buyer.click("4", action="release")
    assert (answer["X-Seat-States"], Place.objects.get(code="4").state) == ("4 f", "available")


def test_a_lost_seat_answers_the_fresh_row_and_one_sentence(buyer: Buyer) -> None:
    buyer.click("4")
    rival = Buyer(buyer.performance)
    answer = rival.click("4")
    assert answer.status_code == 409
    assert "Somebody was just ahead of you." in answer.content.decode()
    assert answer["X-Seat-States"] == "0 f 1 f 2 f 3 f 4 t 5 f 6 f 7 f 8 f 9 f"


def test_the_page_draws_own_seats_as_mine_and_those_of_others_as_taken(buyer: Buyer) -> None:
    buyer.click("4")
    assert buyer.get().content.decode().count('data-state="m"') == 1
    assert Client().get(buyer.page).content.decode().count('data-state="t"') == 1


@pytest.mark.django_db(transaction=True)
def test_others_hear_of_a_hold_in_the_next_delta(buyer: Buyer) -> None:
    since, everything = states(buyer)
    assert len(everything) == 20
    buyer.click("4")
    _since, changed = states(buyer, since)
    # A transaction open elsewhere in the cluster makes the answer longer, never shorter.
    assert changed["4"] == "t"
    assert {letter for place, letter in changed.items() if place != "4"} <= {"f"}


def test_others_hear_of_a_hold_that_ran_out_though_nothing_was_written(
    buyer: Buyer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer.click("4")
    _transaction, moment = states(buyer)[0].split(".")
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=16))
    long_after_every_write = "9" * 18
    assert states(buyer, f"{long_after_every_write}.{moment}")[1] == {"4": "f"}


def test_states_of_a_hall_cost_one_statement(buyer: Buyer, count_queries: CountQueries) -> None:
    with count_queries(1):
        states(buyer)


def test_an_unreadable_token_asks_for_everything(buyer: Buyer) -> None:
    assert len(states(buyer, "'; DROP TABLE")[1]) == 20


def test_states_of_a_performance_that_does_not_exist_are_not_there(db: None) -> None:
    assert Client().get("/states/ABCDEFGH").status_code == 410


@pytest.mark.parametrize("quantity", ["-3", "0", "99999999999999999999", "two", "", "1e9", "٣"])
def test_absurd_numbers_hold_nothing(buyer: Buyer, fan: Buyer, quantity: str) -> None:
    assert buyer.best(quantity).status_code == 409
    assert fan.post(f"{fan.page}standing/", **{"n-full": quantity}).status_code == 409
    assert not Place.objects.filter(state="held").exists()


@pytest.mark.parametrize("place", ["ZZZZ", "", "-1", "4;5", "é", "0" * 500])
def test_a_place_nobody_has_is_refused(buyer: Buyer, place: str) -> None:
    assert buyer.click(place).status_code in (404, 409, 422)
    assert not Place.objects.filter(state="held").exists()


def test_more_places_than_one_order_may_have_are_refused(buyer: Buyer) -> None:
    House.objects.update(max_places_per_order=3, programme_version=99)
    assert buyer.click("0", "1", "2", "3").status_code == 422


def test_a_forged_basket_token_opens_nothing(buyer: Buyer) -> None:
    buyer.click("4")
    thief = Client()
    thief.cookies["basket"] = buyer.basket().id.hex + ":forged"
    page = thief.get(f"{buyer.shop}basket/").content.decode()
    assert "Nothing chosen yet" in page


def test_the_shop_opens_no_session_and_sets_one_cookie(buyer: Buyer) -> None:
    buyer.get()
    assert not buyer.client.cookies
    buyer.click("4")
    assert list(buyer.client.cookies) == ["basket"]
    assert buyer.client.cookies["basket"]["httponly"]


def test_more_time_is_given_twice(buyer: Buyer, now: datetime) -> None:
    buyer.click("4")
    for _time in range(2):
        assert buyer.post(f"{buyer.shop}basket/more-time/").status_code == 303
    assert buyer.post(f"{buyer.shop}basket/more-time/").status_code == 409
    assert Basket.objects.get().expires_at == now + timedelta(minutes=35)


def test_after_the_time_the_choice_stays_and_can_be_tried_again(
    buyer: Buyer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    buyer.best(2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=16))
    assert "Try the same places" in buyer.get(f"{buyer.shop}basket/").content.decode()
    buyer.post(f"{buyer.shop}basket/try-again/")
    assert buyer.get(f"{buyer.shop}checkout/").status_code == 200


def test_an_extension_is_seen_in_the_basket(buyer: Buyer, now: datetime) -> None:
    buyer.click("4")
    extend(basket_id=buyer.basket().id, now=now)
    assert "25:00" in buyer.get(f"{buyer.shop}basket/fragment/").content.decode()


def test_a_party_that_fits_nowhere_together_is_asked_before_it_is_split(buyer: Buyer) -> None:
    """Twelve do not fit in a row of ten, and two rows of ten minus these leave no two runs above each other."""
    for code in ("4", "5", "E", "F"):
        assert Buyer(buyer.performance).click(code).status_code == 200
    asked = buyer.best(12)
    assert (asked.status_code, "Yes, seat us apart" in asked.content.decode()) == (409, True)
    assert buyer.best(12, may_split="1").status_code == 303
    assert Place.objects.filter(holder=buyer.basket().id).count() == 12


@pytest.mark.parametrize("way", ["map", "best", "list"])
def test_a_price_that_changed_since_the_page_is_told_and_not_taken(buyer: Buyer, way: str) -> None:
    old = {"price-rank-1": "20.00"}
    answer = {
        "map": lambda: buyer.post(f"{buyer.page}hold/", place="4", shown="20.00"),
        "best": lambda: buyer.best(2, **old),
        "list": lambda: buyer.post(f"{buyer.page}list/choose/", place="4", listed="P", **old),
    }[way]()
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "20.00" in page
    assert "24.00" in page
    assert not Place.objects.filter(state="held").exists()


def test_the_page_tells_each_form_what_it_shows(buyer: Buyer, fan: Buyer) -> None:
    assert 'name="price-rank-1" value="24.00"' in buyer.get().content.decode()
    assert 'name="price-full" value="24.00"' in fan.get().content.decode()
    stale = fan.post(f"{fan.page}standing/", **{"n-full": "1", "price-full": "20.00"})
    assert stale.status_code == 409


def test_states_are_kept_by_no_cache_on_the_way(buyer: Buyer) -> None:
    assert Client().get(f"/states/{buyer.performance.code}")["Cache-Control"] == "no-store"
