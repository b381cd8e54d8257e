"""A whole purchase without scripts: best places, list and standing, to tickets on the done page."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

import pytest

from payments.mollie.fake import FakeMollie
from tests.ticketing import selling
from tests.webshop.conftest import Buyer
from ticketing.models import ConsentEntry, Order, PaymentAccount, Place, Ticket
from ticketing.operations import houses
from ticketing.webshop.forms import CONSENT_TEXT

pytestmark = pytest.mark.scope("PR5-02")


def test_two_best_places_are_bought_in_three_pages(buyer: Buyer, mollie: FakeMollie) -> None:
    assert buyer.get().status_code == 200
    assert buyer.best(2)["Location"] == f"{buyer.page}#basket"
    assert "Pay €48.00" in buyer.get(f"{buyer.shop}checkout/").content.decode()
    done = buyer.pay(mollie)
    order = Order.objects.get()
    assert (order.state, order.total, order.email) == (Order.State.PAID, Decimal("48.00"), "an@example.org")
    page = done.content.decode()
    assert page.count('<article class="ticket">') == 2
    assert all(f"{code[:4]} {code[4:8]} {code[8:]}" in page for code in Ticket.objects.values_list("code", flat=True))


def test_seats_from_the_list_are_bought_without_scripts(buyer: Buyer, mollie: FakeMollie) -> None:
    listed = buyer.get(f"{buyer.page}list/").content.decode()
    assert listed.count('name="place"') == 20
    assert buyer.post(f"{buyer.page}list/choose/", place=["3", "4"], listed="P").status_code == 303
    buyer.pay(mollie)
    assert list(Place.objects.filter(state="sold").order_by("index").values_list("code", flat=True)) == ["3", "4"]


def test_unticking_a_seat_in_the_list_lets_it_go(buyer: Buyer) -> None:
    buyer.post(f"{buyer.page}list/choose/", place=["3", "4"], listed="P")
    buyer.post(f"{buyer.page}list/choose/", place=["4", "5"], listed="P")
    assert list(Place.objects.filter(state="held").order_by("index").values_list("code", flat=True)) == ["4", "5"]


def test_a_seat_exchanged_in_the_list_stays_while_the_other_is_not_had(buyer: Buyer) -> None:
    def chosen() -> list[str]:
        held = Place.objects.filter(state="held").order_by("index")
        return list(held.values_list("code", flat=True))

    buyer.post(f"{buyer.page}list/choose/", place=["3", "4"], listed="P")
    Buyer(buyer.performance).click("5")
    answer = buyer.post(f"{buyer.page}list/choose/", place=["4", "5"], listed="P")
    assert (answer.status_code, chosen()) == (409, ["3", "4", "5"])
    answer = buyer.post(f"{buyer.page}list/choose/", place=["4", "6"], listed="P")
    assert (answer.status_code, chosen()) == (303, ["4", "5", "6"])


def test_standing_places_are_bought_by_number(fan: Buyer, mollie: FakeMollie) -> None:
    assert 'name="n-full"' in fan.get().content.decode()
    assert fan.post(f"{fan.page}standing/", **{"n-full": "3"}).status_code == 303
    fan.pay(mollie)
    assert Ticket.objects.count() == 3


def test_one_basket_holds_places_of_two_performances(buyer: Buyer, fan: Buyer, mollie: FakeMollie) -> None:
    fan.client = buyer.client
    buyer.best(2)
    fan.post(f"{fan.page}standing/", **{"n-full": "1"})
    assert buyer.basket().lines.count() == 3


def test_paying_twice_makes_one_order(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.best(2)
    first, second = buyer.check_out(), buyer.check_out()
    assert (first.status_code, second.status_code, Order.objects.count()) == (303, 303, 1)


def test_the_method_used_last_comes_first(buyer: Buyer, mollie: FakeMollie) -> None:
    def offered() -> list[str]:
        buyer.best(2)
        page = buyer.get(f"{buyer.shop}checkout/").content.decode()
        return re.findall(r'name="method" value="(\w+)"', page)

    PaymentAccount.objects.update(methods=["bancontact", "ideal", "kbc"])
    assert offered() == ["bancontact", "ideal", "kbc"]
    buyer.check_out(method="kbc")
    assert next(reversed(mollie.requests.values())).method == "kbc"
    assert offered() == ["kbc", "bancontact", "ideal"]


def test_who_comes_back_from_the_provider_unpaid_keeps_the_places(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.best(2)
    buyer.check_out()
    page = buyer.client.get(f"{buyer.shop}checkout/", follow=True)
    assert "This order is not paid yet." in page.content.decode()
    reopen = page.redirect_chain[-1][0] + "reopen/"
    assert buyer.post(reopen).status_code == 303
    assert Place.objects.filter(state="held").count() == 2


@pytest.mark.scope("S4-11")
@pytest.mark.parametrize("ticked", [(), ("newsletter",), ("partners",), ("newsletter", "partners")])
def test_consents_are_two_boxes_not_ticked_and_every_answer_is_kept(
    buyer: Buyer, mollie: FakeMollie, ticked: tuple[str, ...]
) -> None:
    buyer.best(1)
    page = buyer.get(f"{buyer.shop}checkout/").content.decode()
    assert [name for name in ("newsletter", "partners") if f'name="{name}"' not in page] == []
    assert " checked" not in page
    assert buyer.check_out(**dict.fromkeys(ticked, "on")).status_code == 303
    order = Order.objects.get()
    answers = ConsentEntry.objects.filter(order=order).order_by("purpose")
    assert list(answers.values_list("purpose", "granted", "house_id", "text_version", "source")) == [
        (purpose, purpose in ticked, order.house_id, CONSENT_TEXT, "checkout") for purpose in ("newsletter", "partners")
    ]


def test_each_house_of_a_basket_asks_by_name_and_under_its_own_terms(now: datetime, db: None) -> None:
    here, there = selling.two_houses(now)
    houses.update_house(house_id=there.house_id, name="Winterhof", now=now)
    buyer = Buyer(here)
    for night in (here, there):
        Buyer(night, client=buyer.client).best(2)
    page = buyer.get(f"{buyer.shop}checkout/").content.decode()
    assert re.findall(r"These answers also go to: ([^<]*)<", page) == ["Winterhof"]
    assert re.findall(r'href="([^"]*/terms/)">(?:own )?terms', page) == [
        "/en/zomerhof/info/terms/", "/en/winterhof/info/terms/",
    ]  # fmt: skip


def test_a_basket_of_one_house_names_no_other(buyer: Buyer) -> None:
    buyer.best(2)
    assert "These answers also go to" not in buyer.get(f"{buyer.shop}checkout/").content.decode()


@pytest.mark.parametrize(("field", "typed", "words"), [
    ("email", "", "Fill in your e-mail address."),
    ("email", "noor", "Enter a valid email address."),
    ("first_name", "", "Fill in your first name."),
    ("last_name", " ", "Fill in your last name."),
])  # fmt: skip
def test_a_missing_detail_is_named_beside_its_field(
    buyer: Buyer, mollie: FakeMollie, field: str, typed: str, words: str
) -> None:
    buyer.best(1)
    answer = buyer.check_out(**{field: typed})
    assert answer.status_code == 422
    assert re.findall(rf'id="id_{field}_error".*?<li>(.*?)</li>', answer.content.decode(), re.DOTALL) == [words]
    assert not Order.objects.exists()


def test_a_total_other_than_the_one_shown_is_refused(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.best(2)
    answer = buyer.check_out(shown="1.00")
    assert (answer.status_code, Order.objects.count()) == (409, 0)
    assert "48.00" in answer.content.decode()


def test_a_choice_that_leaves_one_seat_can_be_shifted_with_one_press(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.click("1", "2")
    refused = buyer.get(f"{buyer.shop}checkout/")
    assert refused.status_code == 409
    assert "Shift one seat" in refused.content.decode()
    codes = [part.split('"')[0] for part in refused.content.decode().split('name="place" value="')[1:]]
    buyer.post(f"{buyer.shop}basket/shift/{buyer.performance.code}/", place=codes)
    assert buyer.get(f"{buyer.shop}checkout/").status_code == 200
    assert Place.objects.filter(state="held").count() == 2


def test_the_map_is_told_which_seats_a_shift_gave_back_and_which_it_took(buyer: Buyer) -> None:
    buyer.click("1", "2")
    url = f"{buyer.shop}basket/shift/{buyer.performance.code}/"
    answer = buyer.client.post(url, {"place": ["0", "1"]}, headers={"HX-Request": "true"})
    assert answer.headers["X-Seat-States"] == "2 f 0 m 1 m"
    Buyer(buyer.performance).click("3")
    refused = buyer.client.post(url, {"place": ["2", "3"]}, headers={"HX-Request": "true"})
    assert (refused.status_code, "X-Seat-States" in refused.headers) == (409, False)
    assert list(Place.objects.filter(state="held").order_by("index").values_list("code", flat=True)) == ["0", "1", "3"]


def test_the_provider_that_is_down_costs_nobody_a_place(buyer: Buyer, mollie: FakeMollie) -> None:
    buyer.best(2)
    mollie.break_down(calls=10)
    answer = buyer.check_out()
    assert answer.status_code == 503
    assert Place.objects.filter(state="reserved").count() == 2


@pytest.mark.scope("S4-11")
def test_each_house_whose_places_are_bought_has_an_answer_of_its_own(
    now: datetime, db: None, mollie: FakeMollie
) -> None:
    here, there = selling.two_houses(now)
    PaymentAccount.objects.update(settings={"routing": {there.house.slug: "org_1"}})
    buyer = Buyer(here)
    buyer.best(1)
    Buyer(there, client=buyer.client).best(1)
    assert buyer.check_out(newsletter="on").status_code == 303
    answers = ConsentEntry.objects.order_by("house_id", "purpose").values_list("house_id", "purpose", "granted")
    assert list(answers) == [
        (show.house_id, purpose, purpose == "newsletter")
        for show in (here, there)
        for purpose in ("newsletter", "partners")
    ]


def test_what_somebody_agrees_to_by_paying_is_one_press_away(buyer: Buyer) -> None:
    buyer.best(1)
    page = buyer.get(f"{buyer.shop}checkout/").content.decode()
    [form] = re.findall(rf'<form[^>]*action="{buyer.shop}checkout/".*?</form>', page, re.DOTALL)
    assert [name for name in ("terms", "privacy") if f'href="{buyer.shop}info/{name}/"' not in form] == []
