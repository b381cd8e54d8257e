"""The basket's page: tariffs, codes, gift cards, and what somebody else's basket looks like from outside: nothing."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

import pytest

from payments.mollie.fake import FakeMollie
from tests.ticketing import building
from tests.webshop.conftest import Buyer
from ticketing.models import GiftCard, Order, Payment
from ticketing.operations import gift_cards, prices

pytestmark = pytest.mark.scope("PR5-02")


@pytest.fixture
def choice(buyer: Buyer, now: datetime) -> Buyer:
    """Two tariffs to choose from: 24 and 12 euro."""
    house = buyer.performance.house
    reduced = building.a_price_type(house, "reduced", "J", name=building.text("Jong"), family="reduced")
    rank, full = building.a_rank(house), building.a_price_type(house)
    version = building.a_price_grid(
        now, house, prices.Cell(rank, full, Decimal(24)), prices.Cell(rank, reduced, Decimal(12))
    )
    prices.attach_price_grid(performances=[buyer.performance], version=version, now=now)
    return buyer


def line(buyer: Buyer, place: str) -> str:
    return f"{buyer.shop}basket/lines/{buyer.performance.code}-{place}/"


def page(buyer: Buyer) -> str:
    return buyer.get(f"{buyer.shop}basket/").content.decode()


def test_a_tariff_can_be_changed_per_place(choice: Buyer) -> None:
    choice.click("3", "4")
    assert choice.post(f"{line(choice, '3')}tariff/", price_type="reduced").status_code == 303
    assert "€36.00" in page(choice)


def test_a_tariff_that_is_not_offered_is_refused(choice: Buyer) -> None:
    choice.click("3")
    assert choice.post(f"{line(choice, '3')}tariff/", price_type="staff").status_code == 422


def test_a_place_can_be_let_go(choice: Buyer) -> None:
    choice.click("3", "4")
    choice.post(f"{line(choice, '3')}remove/")
    assert "seat 4" not in page(choice)
    assert "seat 5" in page(choice)


def test_a_stranger_changes_nothing_in_it(choice: Buyer) -> None:
    choice.click("3")
    stranger = Buyer(choice.performance)
    assert stranger.post(f"{line(choice, '3')}remove/").status_code == 404
    assert "seat 4" in page(choice)


def test_an_unknown_code_is_answered_beside_the_field(choice: Buyer) -> None:
    choice.click("3")
    answer = choice.post(f"{choice.shop}basket/code/", code="NOPE")
    assert (answer.status_code, "We do not know this code" in answer.content.decode()) == (422, True)


def test_a_gift_card_pays_as_far_as_it_reaches(choice: Buyer, now: datetime, mollie: FakeMollie) -> None:
    card = gift_cards.issue(house_id=choice.performance.house_id, value=Decimal("30.00"), now=now)
    choice.click("3", "4")
    choice.post(f"{choice.shop}basket/code/", code=f"{card.code[:4]}-{card.code[4:].lower()}")
    # The basket and the bar below the page say one amount: what is left to pay.
    shown = choice.get(choice.page).content.decode()
    assert re.findall(r'(?:data-total="(?=€)|data-basket-total>)([^"<]+)', shown) == ["€18.00", "€18.00"]
    assert "Pay €18.00" in choice.get(f"{choice.shop}checkout/").content.decode()
    choice.pay(mollie)
    assert set(Payment.objects.values_list("means", "amount")) == {
        ("gift_card", Decimal("30.00")),
        ("provider", Decimal("18.00")),
    }


def test_a_gift_card_that_pays_all_needs_no_provider(choice: Buyer, now: datetime, mollie: FakeMollie) -> None:
    card = gift_cards.issue(house_id=choice.performance.house_id, value=Decimal("100.00"), now=now)
    choice.click("3", "4")
    choice.post(f"{choice.shop}basket/code/", code=card.code)
    assert "Confirm the order" in choice.get(f"{choice.shop}checkout/").content.decode()
    assert "/order/" in choice.check_out()["Location"]
    assert (Order.objects.get().state, mollie.payments) == (Order.State.PAID, {})


def test_a_gift_card_is_bought_like_a_ticket(choice: Buyer, mollie: FakeMollie) -> None:
    assert choice.post(f"{choice.shop}gift-card/", amount="50.00").status_code == 303
    done = choice.pay(mollie)
    card = GiftCard.objects.get()
    assert card.code in done.content.decode()
    assert card.value == Decimal("50.00")


@pytest.mark.parametrize("amount", ["-50", "0", "1e9", "NaN", "Infinity", "fifty", "", "50;--"])
def test_an_absurd_gift_card_is_refused(choice: Buyer, amount: str) -> None:
    assert choice.post(f"{choice.shop}gift-card/", amount=amount).status_code == 422


def test_script_in_a_name_is_shown_as_text(choice: Buyer, mollie: FakeMollie) -> None:
    choice.click("3")
    answer = choice.check_out(email="x", first_name="<script>alert(1)</script>")
    assert "<script>alert" not in answer.content.decode()
