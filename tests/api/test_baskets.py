from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import ApiClient
from tests.ticketing.building import a_price_grid, a_price_type, a_rank, on_sale
from ticketing.models import Basket, House, Performance, Place, PriceVoucher
from ticketing.operations import prices
from ticketing.operations.holds import hold
from ticketing.operations.prices import Cell
from ticketing.operations.wishes import Wish

pytestmark = [pytest.mark.django_db, pytest.mark.scope("PR5-02")]


def refusal(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json", answer.content
    return answer.status_code, answer.json()["code"]


def states(performance: Performance, *codes: str) -> list[str]:
    return list(performance.places.filter(code__in=codes).order_by("index").values_list("state", flat=True))


@pytest.fixture
def basket(seller: ApiClient, performance: Performance) -> dict[str, Any]:
    answer = seller.post("baskets", {"performance": performance.code, "places": ["0", "1"]})
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def test_places_are_held_in_a_new_basket(now: datetime, performance: Performance, basket: dict[str, Any]) -> None:
    assert datetime.fromisoformat(basket["expires_at"]) == now + timedelta(minutes=15)
    assert [(line["place"], line["seat"]["en"], line["gross"]) for line in basket["lines"]] == [
        ("0", "seat 1", "24.00"),
        ("1", "seat 2", "24.00"),
    ]
    assert (basket["total"], basket["state"], basket["contact"]) == ("48.00", "open", None)
    assert states(performance, "0", "1") == ["held", "held"]


def test_a_place_somebody_has_is_a_conflict_that_names_it(
    performance: Performance, seller: ApiClient, basket: dict[str, Any]
) -> None:
    answer = seller.post("baskets", {"performance": performance.code, "places": ["1", "2"]})
    assert refusal(answer) == (409, "places_taken")
    assert answer.json()["details"]["codes"] == ["1"]
    assert (states(performance, "2"), Basket.objects.count()) == (["available"], 1)


def test_best_places_and_standing_places(now: datetime, house: House, seller: ApiClient) -> None:
    performance = on_sale(now, house, rows=2, seats=10, standing=3)
    best = seller.post("baskets", {"performance": performance.code, "best": {"seats": 2}}).json()
    assert len(best["lines"]) == 2
    asked = {"performance": performance.code, "standing": {"full": 2}}
    both = seller.post(f"baskets/{best['id']}/places", asked).json()
    assert sorted(line["place_kind"] for line in both["lines"]) == ["seat", "seat", "standing", "standing"]
    assert refusal(seller.post("baskets", asked)) == (409, "places_taken")


def test_another_price_than_the_page_showed_is_a_conflict(performance: Performance, seller: ApiClient) -> None:
    answer = seller.post("baskets", {"performance": performance.code, "places": ["0"], "shown": "20.00"})
    assert refusal(answer) == (409, "price_changed")
    assert answer.json()["details"] == {"shown": "20.00", "price": "24.00"}
    assert states(performance, "0") == ["available"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, ""),
        ({"places": ["0"], "standing": {"full": 1}}, ""),
        ({"places": []}, "places"),
        ({"places": ["Z" * 7]}, "places.0"),
        ({"places": ["-1"]}, "places.0"),
        ({"places": ["0"] * 401}, "places"),
        ({"standing": {"full": -1}}, "standing.full"),
        ({"standing": {"full": 10**12}}, "standing.full"),
        ({"best": {"seats": -3}}, "best.seats"),
        ({"places": ["0"], "shown": "NaN"}, "shown"),
        ({"places": ["0"], "price_type": "\0"}, "price_type"),
    ],
)
def test_a_wish_that_makes_no_sense_names_its_field(
    performance: Performance, seller: ApiClient, wish: dict[str, Any], field: str
) -> None:
    answer = seller.post("baskets", {"performance": performance.code} | wish)
    assert refusal(answer) == (422, "invalid")
    assert field in [row["field"] for row in answer.json()["fields"]]
    assert not Basket.objects.exists()


def test_places_that_do_not_exist_and_too_many_are_refused(performance: Performance, seller: ApiClient) -> None:
    asked = {"performance": performance.code}
    assert refusal(seller.post("baskets", asked | {"places": ["ZZZ"]})) == (422, "unknown_place")
    many = [place.code for place in performance.places.all()] + ["K", "L"]
    assert refusal(seller.post("baskets", asked | {"places": many})) == (422, "too_many_places")


def test_a_place_is_given_back(performance: Performance, seller: ApiClient, basket: dict[str, Any]) -> None:
    address = f"baskets/{basket['id']}/places/{performance.code}/0"
    assert [line["place"] for line in seller.delete(address).json()["lines"]] == ["1"]
    assert states(performance, "0") == ["available"]
    assert refusal(seller.delete(address)) == (404, "place_not_in_basket")


def test_another_tariff_for_one_place(now: datetime, house: House, performance: Performance, seller: ApiClient) -> None:
    youth = a_price_type(house, "youth", "J", family="reduced", conditions={"maximum": {"count": 1}})
    cells = [
        Cell(a_rank(house), a_price_type(house), Decimal("24.00")),
        Cell(a_rank(house), youth, Decimal("12.00")),
    ]
    prices.attach_price_grid(performances=[performance], version=a_price_grid(now, house, *cells), now=now)
    basket = seller.post("baskets", {"performance": performance.code, "places": ["0", "1"]}).json()
    address = f"baskets/{basket['id']}/places/{performance.code}"
    changed = seller.put(f"{address}/0", {"price_type": "youth"}).json()
    assert (changed["total"], changed["lines"][0]["price_type"]) == ("36.00", "youth")
    assert refusal(seller.put(f"{address}/1", {"price_type": "youth"})) == (422, "tariff_maximum")
    assert refusal(seller.put(f"{address}/1", {"price_type": "gratis"})) == (422, "price_not_offered")


def test_more_time_twice(now: datetime, seller: ApiClient, basket: dict[str, Any]) -> None:
    for minutes in (25, 35):
        told = seller.post(f"baskets/{basket['id']}/extension").json()
        assert datetime.fromisoformat(told["expires_at"]) == now + timedelta(minutes=minutes)
    assert refusal(seller.post(f"baskets/{basket['id']}/extension")) == (409, "no_more_time")


def test_codes_are_a_set(now: datetime, house: House, seller: ApiClient, basket: dict[str, Any]) -> None:
    PriceVoucher.objects.create(
        house=house, code="VRIENDEN", name="Vrienden", effect="percent", value=50, valid_from=now
    )
    address = f"baskets/{basket['id']}/codes"
    cheaper = seller.put(address, {"codes": ["vrienden", "VRIENDEN"]}).json()
    assert (cheaper["codes"], cheaper["total"]) == (["VRIENDEN"], "24.00")
    assert refusal(seller.put(address, {"codes": ["ONBEKEND"]})) == (422, "code_not_known")
    assert seller.put(address, {"codes": []}).json()["total"] == "48.00"


def test_the_contact_is_checked(seller: ApiClient, basket: dict[str, Any]) -> None:
    address = f"baskets/{basket['id']}/contact"
    contact = {"email": "noor@example.org", "first_name": "Noor", "last_name": "Peeters"}
    assert seller.put(address, contact).json()["contact"] == contact
    wrong = seller.put(address, {"email": "noor", "first_name": "", "last_name": "x" * 81}).json()
    assert [row["field"] for row in wrong["fields"]] == ["email", "first_name", "last_name"]


def test_a_basket_of_the_shop_is_not_one_of_the_api(now: datetime, performance: Performance, seller: ApiClient) -> None:
    held = hold(performance=performance.code, wish=Wish(places=("0",)), basket_id=None, language="nl", now=now)
    assert refusal(seller.get(f"baskets/{held.basket.id}")) == (404, "basket_not_found")
    assert refusal(seller.get(f"baskets/{uuid4()}")) == (404, "basket_not_found")


def test_the_same_key_holds_once(performance: Performance, seller: ApiClient) -> None:
    asked = {"performance": performance.code, "places": ["5"]}
    first = seller.post("baskets", asked, idempotency_key="a-1")
    again = seller.post("baskets", asked, idempotency_key="a-1")
    assert (again.status_code, again.json(), again["Idempotent-Replayed"]) == (201, first.json(), "true")
    assert Basket.objects.count() == 1
    other = seller.post("baskets", asked | {"places": ["6"]}, idempotency_key="a-1")
    assert refusal(other) == (422, "idempotency_key_reused")
    assert refusal(seller.post("baskets", asked, idempotency_key="x" * 121)) == (422, "idempotency_key_wrong")


def test_a_refusal_is_an_answer_too_and_an_accident_is_not(
    performance: Performance, seller: ApiClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"performance": performance.code, "places": ["0"]}

    def broken(**_asked: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("ticketing.operations.holds.hold", broken)
        assert seller.post("baskets", asked, idempotency_key="b").status_code == 500
    assert seller.post("baskets", asked, idempotency_key="b").status_code == 201
    assert refusal(seller.post("baskets", asked, idempotency_key="c")) == (409, "places_taken")
    Place.objects.update(state="available", held_until=None, holder=None)
    assert refusal(seller.post("baskets", asked, idempotency_key="c")) == (409, "places_taken")
