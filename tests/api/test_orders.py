from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.api.conftest import ApiClient
from tests.conftest import CountQueries
from tests.ticketing.paying import a_payment_account
from ticketing.models import House, Order, Payment, Performance, Ticket
from ticketing.operations import payments
from ticketing.ports import ProviderPayment, ProviderState
from ticketing.queries.barcodes import read_barcode

pytestmark = [pytest.mark.django_db, pytest.mark.scope("PR5-02")]

CONTACT = {"email": "noor@example.org", "first_name": "Noor", "last_name": "Peeters"}


class Till:
    """A provider in memory: it gives an address, and nothing is paid until the test says so."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def create(self, request: Any) -> ProviderPayment:
        self.asked.append(request)
        return ProviderPayment("tr_1", ProviderState.OPEN, request.amount, checkout_url="https://pay.example/tr_1")


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch, house: House) -> Till:
    a_payment_account(house)
    made = Till()
    monkeypatch.setattr("ticketing.operations.payments.provider_of", lambda _leg: made)
    return made


@pytest.fixture
def basket(seller: ApiClient, performance: Performance) -> str:
    return str(seller.post("baskets", {"performance": performance.code, "places": ["0", "1"]}).json()["id"])


def refusal(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json", answer.content
    return answer.status_code, answer.json()["code"]


def test_from_basket_to_tickets(
    now: datetime, performance: Performance, seller: ApiClient, basket: str, till: Till
) -> None:
    order = seller.post("orders", {"basket": basket, "contact": CONTACT, "shown_total": "48.00"}).json()
    assert (order["state"], order["total"], order["contact"]) == ("awaiting_payment", "48.00", CONTACT)
    assert [line["seat"]["nl"] for line in order["lines"]] == ["stoel 1", "stoel 2"]
    address = f"orders/{order['id']}"
    started = seller.post(f"{address}/payment", {"return_url": "https://zomerhof.example/dank"}).json()
    assert started == {"checkout_url": "https://pay.example/tr_1", "state": "awaiting_payment"}
    assert [request.return_url for request in till.asked] == ["https://zomerhof.example/dank"]
    assert seller.get(f"{address}/tickets").json() == {"items": []}
    paid = ProviderPayment("tr_1", ProviderState.PAID, Payment.objects.get().amount)
    payments.apply_provider_state(provider="mollie", provider_id="tr_1", state=paid, now=now)
    assert seller.get(address).json()["state"] == "paid"
    tickets = seller.get(f"{address}/tickets").json()["items"]
    assert [(ticket["state"], ticket["performance"]) for ticket in tickets] == [("valid", performance.code)] * 2
    read = read_barcode(tickets[0]["square"])
    assert (read.performance, read.serial) == (performance.code, Ticket.objects.get(code=tickets[0]["code"]).serial)


def test_the_pay_button_pressed_twice_makes_one_order(seller: ApiClient, basket: str, till: Till) -> None:
    asked = {"basket": basket, "contact": CONTACT}
    first, again = seller.post("orders", asked), seller.post("orders", asked)
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Order.objects.count() == 1


def test_another_total_than_the_page_showed_is_a_conflict(seller: ApiClient, basket: str, till: Till) -> None:
    answer = seller.post("orders", {"basket": basket, "contact": CONTACT, "shown_total": "40.00"})
    assert refusal(answer) == (409, "total_changed")
    assert answer.json()["details"] == {"shown": "40.00", "total": "48.00"}
    assert not Order.objects.exists()


def test_a_choice_that_leaves_one_seat_says_which_and_what_to_take_instead(
    performance: Performance, seller: ApiClient, till: Till
) -> None:
    basket = seller.post("baskets", {"performance": performance.code, "places": ["1", "2"]}).json()["id"]
    answer = seller.post("orders", {"basket": basket, "contact": CONTACT})
    assert (refusal(answer), answer.json()["details"]) == (
        (409, "leaves_one_seat"),
        {"performance": performance.code, "orphans": ["0"], "suggestion": ["0", "1"]},
    )


def test_an_order_needs_a_contact_and_takes_that_of_the_basket(seller: ApiClient, basket: str, till: Till) -> None:
    missing = seller.post("orders", {"basket": basket})
    assert refusal(missing) == (422, "contact_incomplete")
    assert [row["field"] for row in missing.json()["fields"]] == ["email", "first_name", "last_name"]
    seller.put(f"baskets/{basket}/contact", CONTACT)
    assert seller.post("orders", {"basket": basket}).json()["contact"] == CONTACT


def test_a_house_without_an_account_sells_nothing_online(seller: ApiClient, basket: str) -> None:
    assert refusal(seller.post("orders", {"basket": basket, "contact": CONTACT})) == (409, "cannot_pay_here")
    assert not Order.objects.exists()


def test_an_address_to_come_back_to_is_a_web_address(seller: ApiClient, basket: str, till: Till) -> None:
    order = seller.post("orders", {"basket": basket, "contact": CONTACT}).json()
    for wrong in ("javascript:alert(1)", "", "/dank", "ftp://zomerhof.example/"):
        answer = seller.post(f"orders/{order['id']}/payment", {"return_url": wrong})
        assert refusal(answer) == (422, "invalid")
    assert till.asked == []


def test_orders_of_the_shop_and_of_nobody_are_not_found(seller: ApiClient, basket: str, till: Till) -> None:
    order = seller.post("orders", {"basket": basket, "contact": CONTACT}).json()
    shop = Order.objects.get().house.channels.get(code="web")
    Order.objects.update(channel=shop)
    for address in (f"orders/{order['id']}", f"orders/{uuid4()}", f"orders/{order['id']}/tickets"):
        assert refusal(seller.get(address)) == (404, "order_not_found")


def test_tickets_and_order_cost_the_same_for_one_place_and_for_twelve(
    now: datetime, performance: Performance, seller: ApiClient, till: Till, count_queries: CountQueries
) -> None:
    for provider_id, places in (("tr_1", ["0"]), ("tr_2", [place.code for place in performance.places.all()[4:16]])):
        basket = seller.post("baskets", {"performance": performance.code, "places": places}).json()["id"]
        with count_queries(2):  # key, basket
            assert len(seller.get(f"baskets/{basket}").json()["lines"]) == len(places)
        order = seller.post("orders", {"basket": basket, "contact": CONTACT}).json()["id"]
        leg = Payment.objects.get(order=order)
        Payment.objects.filter(pk=leg.pk).update(provider_id=provider_id)
        paid = ProviderPayment(provider_id, ProviderState.PAID, leg.amount)
        payments.apply_provider_state(provider="mollie", provider_id=provider_id, state=paid, now=now)
        seller.get(f"orders/{order}/tickets")  # makes the key of the tickets, the first time
        with count_queries(3):
            assert len(seller.get(f"orders/{order}/tickets").json()["items"]) == len(places)
        with count_queries(4):
            assert len(seller.get(f"orders/{order}").json()["lines"]) == len(places)
