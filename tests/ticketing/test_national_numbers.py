"""A national number is refused wherever somebody may write one, and nothing of it is stored."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ticketing.building import a_house, on_sale
from tests.ticketing.selling import a_customer, held
from ticketing.models import Customer, HouseRelation, Order, WaitingListEntry
from ticketing.national_numbers import NationalNumberRefused, holds_national_number
from ticketing.operations import customers, orders, waiting_list
from ticketing.operations.contacts import Contact, ContactIncomplete
from ticketing.operations.invoices import Invoicee

NUMBER = "85.07.30-033 28"


def numbered(born: date, serial: int) -> str:
    """As the register makes them."""
    known = f"{born:%y%m%d}{serial:03d}"
    return f"{known}{97 - int(('2' if born.year >= 2000 else '') + known) % 97:02d}"


@given(
    born=st.dates(date(1901, 1, 1), date(2099, 12, 31)),
    serial=st.integers(1, 998),
    around=st.sampled_from(["{}", "Noor {}", "({})", "nr:{}."]),
)
def test_every_number_of_the_register_is_known_in_any_writing(born: date, serial: int, around: str) -> None:
    number = numbered(born, serial)
    dotted = f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"
    assert [holds_national_number(around.format(written)) for written in (number, dotted)] == [True, True]
    assert not holds_national_number(number[:-2] + f"{(int(number[-2:]) + 50) % 97:02d}")


@pytest.mark.parametrize("text", ["", "Noor Peeters", "09 123 45 67", "0475 12 34 56", "BE0403170701", "850730033281"])
def test_other_numbers_are_none(text: str) -> None:
    assert not holds_national_number(text)


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["last_name", "phone", "street"])
def test_an_account_keeps_none(now: datetime, field: str) -> None:
    customer = a_customer(now)
    with pytest.raises(NationalNumberRefused) as refused:
        customers.change_details(customer_id=customer.id, now=now, **{"city": "Gent", field: NUMBER})
    assert (refused.value.fields, Customer.objects.get().city) == ((field,), "")
    customers.change_details(customer_id=customer.id, now=now, phone="+32 85 07 30 033 28")


@pytest.mark.django_db
def test_no_note_no_order_and_no_waiting_list_keeps_one(now: datetime) -> None:
    performance = on_sale(now, a_house(now), rows=1, seats=2)
    relation = HouseRelation.objects.create(customer=a_customer(now), house=performance.house, since=now)
    with pytest.raises(NationalNumberRefused):
        customers.write_note(relation_id=relation.pk, note=f"Rijksregister {NUMBER}")
    basket = held(performance, now, "0", "1").basket_id
    with pytest.raises(ContactIncomplete):
        orders.place_order(basket_id=basket, contact=Contact("noor@example.org", "Noor", NUMBER), now=now)
    wish: dict[str, Any] = {"performance": performance.code, "email": "noor@example.org", "quantity": 1}
    with pytest.raises(NationalNumberRefused):
        waiting_list.ask(**wish, first_name=NUMBER, language="nl", now=now)
    assert not Order.objects.exists() and not WaitingListEntry.objects.exists()


def test_no_invoice_keeps_one() -> None:
    assert Invoicee(f"Noor {NUMBER}", "Straat 1", "9000", "Gent").wrong_fields() == ["name"]
    assert Invoicee("Noor", "Straat 1", "9000", "Gent", vat_number="BE0403170701").wrong_fields() == []
