"""Operators give codes, cards and memberships, look into orders, give money back and make out invoices."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.admin.test_operators import act, address, errors, moment
from tests.ticketing.books import assert_books_are_whole
from tests.ticketing.building import a_price_type
from tests.ticketing.paying import paid_order, sold_online
from tests.ticketing.selling import a_customer, a_membership, held, pay, placed
from ticketing.models import (
    Chargeback,
    CustomerLabel,
    Document,
    Entitlement,
    GiftCard,
    HouseRelation,
    LedgerEntry,
    Order,
    Performance,
    PriceVoucher,
    Refund,
    Ticket,
)
from ticketing.operations import baskets, customers, vouchers

pytestmark = pytest.mark.django_db

INVOICEE = {"name": "De Klas vzw", "street": "Schoolstraat 1", "postcode": "9000", "city": "Gent", "country": "BE"}


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", "operator@example.org", "-"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def show() -> Performance:
    return sold_online(timezone.now())


def shown(client: Client, model: Any, pk: Any) -> str:
    return errors(client.get(address(model, "change", pk))).replace("\xa0", " ")


def test_a_code_is_made_and_ended(operator: Client, show: Performance) -> None:
    values = {"house": show.house.pk, "code": "zomer-27", "name": "Zomer", "effect": "percent", "value": "20"}
    limits = {"max_per_order": "4"} | moment("valid_from", timezone.now() - timedelta(hours=1))
    assert operator.post(address(PriceVoucher, "add"), values | limits).status_code == 302
    voucher = PriceVoucher.objects.get()
    assert voucher.code == "ZOMER27"
    assert "4 to 24" in errors(operator.post(address(PriceVoucher, "add"), values | limits))
    act(operator, PriceVoucher, "end", voucher)
    voucher.refresh_from_db()
    assert voucher.valid_until is not None


def test_a_card_is_given_used_blocked_and_taken_back(operator: Client, show: Performance) -> None:
    now = timezone.now()
    day = (timezone.localdate(now) + timedelta(days=90)).isoformat()
    values = {"house": show.house.pk, "kind": "gift_card", "value": "30.00", "expires_on": day, "code": ""}
    assert operator.post(address(GiftCard, "add"), values).status_code == 302
    card = GiftCard.objects.get()
    basket_id = held(show, now, "0").basket_id
    baskets.add_code(basket_id=basket_id, code=card.code, now=now)
    order = placed(basket_id, now)
    pay(order, now)
    said = shown(operator, GiftCard, card.pk)
    assert [word for word in (card.code, "€6.00", "−€24.00", order.reference) if word not in said] == []
    act(operator, GiftCard, "block", card)
    card.refresh_from_db()
    assert card.blocked_at is not None
    act(operator, GiftCard, "unblock", card)
    act(operator, GiftCard, "void", card)
    assert "€0.00" in shown(operator, GiftCard, card.pk)
    assert_books_are_whole()


def test_a_card_that_has_expired_is_not_given(operator: Client, show: Performance) -> None:
    values = {"house": show.house.pk, "kind": "gift_card", "value": "9.00", "expires_on": "2020-01-01"}
    assert "is worth something" in errors(operator.post(address(GiftCard, "add"), values))
    assert not GiftCard.objects.exists()


def test_the_sale_of_a_card_nobody_used_is_cancelled(operator: Client, show: Performance) -> None:
    now = timezone.now()
    basket_id = baskets.add_gift_card(house=show.house.slug, amount=Decimal(25), basket_id=None, language="nl", now=now)
    pay(placed(basket_id, now), now)
    refused = act(operator, GiftCard, "void", GiftCard.objects.get())
    assert "Somebody paid for this gift card" in errors(refused)
    act(operator, GiftCard, "withdraw", GiftCard.objects.get())
    assert Refund.objects.get().amount == Decimal("25.00")
    assert_books_are_whole()


def test_a_membership_and_a_label_are_given_and_ended(operator: Client, show: Performance) -> None:
    customer = a_customer(timezone.now())
    today = timezone.localdate()
    kind = a_price_type(show.house)
    right = {"email": "Noor@example.org", "price_type": kind.pk, "source": "balie", "slots": "2"}
    answer = operator.post(address(Entitlement, "add"), right | {"valid_from": today.isoformat()})
    assert answer.status_code == 302
    assert Entitlement.objects.get().customer == customer
    label = {"email": customer.email, "house": show.house.pk, "code": "vriend", "source": "balie"}
    assert operator.post(address(CustomerLabel, "add"), label).status_code == 302
    act(operator, Entitlement, "end", Entitlement.objects.get())
    act(operator, CustomerLabel, "end", CustomerLabel.objects.get())
    assert (Entitlement.objects.get().valid_until, CustomerLabel.objects.get().valid_until) == (today, today)
    stranger = errors(operator.post(address(CustomerLabel, "add"), label | {"email": "nobody@example.org"}))
    assert "No customer has this address" in stranger
    relation = HouseRelation.objects.get()
    operator.post(address(HouseRelation, "change", relation.pk), {"note": "Zit graag vooraan"})
    relation.refresh_from_db()
    assert relation.note == "Zit graag vooraan"


def test_some_tickets_of_an_order_are_cancelled_and_refunded(operator: Client, show: Performance) -> None:
    order = paid_order(show, timezone.now(), "0", "1")
    first, second = Ticket.objects.order_by("pk")
    assert "€24.00" in shown(operator, Order, order.pk)
    assert operator.post(address(Order, "change", order.pk), {"cancel": [first.pk]}).status_code == 302
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.state, second.state, Refund.objects.get().amount) == ("cancelled", "valid", Decimal("24.00"))
    answer = operator.post(address(Order, "change", order.pk), {"cancel": [first.pk]})
    assert (answer.status_code, Refund.objects.count()) == (200, 1)
    assert_books_are_whole()


def test_a_refund_that_failed_is_asked_for_again(operator: Client, show: Performance) -> None:
    order = paid_order(show, timezone.now(), "0")
    operator.post(address(Order, "change", order.pk), {"cancel": [Ticket.objects.get().pk]})
    refused = act(operator, Refund, "again", Refund.objects.get())
    assert "has not failed" in errors(refused)
    Refund.objects.update(state=Refund.State.FAILED)
    act(operator, Refund, "again", Refund.objects.get())
    assert sorted(Refund.objects.values_list("state", flat=True)) == ["failed", "requested"]


def test_links_of_an_order_are_made_void(operator: Client, show: Performance) -> None:
    order = paid_order(show, timezone.now(), "0")
    act(operator, Order, "revoke", order)
    assert Order.objects.get().link_secret != order.link_secret


def test_an_order_is_invoiced_and_the_invoice_credited(operator: Client, show: Performance) -> None:
    order = paid_order(show, timezone.now(), "0")
    values = INVOICEE | {"reference": order.reference.lower(), "vat_number": ""}
    wrong = errors(operator.post(address(Document, "add"), values | {"vat_number": "BE1"}))
    assert ("valid VAT number" in wrong, Document.objects.count()) == (True, 0)
    assert operator.post(address(Document, "add"), values).status_code == 302
    act(operator, Document, "credit", *Document.objects.all())
    assert list(Document.objects.order_by("issued_at", "pk").values_list("series__kind", "content__total")) == [
        ("invoice", "24.00"),
        ("credit_note", "-24.00"),
    ]
    assert "PDF" in errors(operator.get(address(Document, "changelist")))


LISTS = (PriceVoucher, GiftCard, Entitlement, CustomerLabel, HouseRelation, Order, Refund, Document, LedgerEntry)


@pytest.mark.parametrize("model", LISTS, ids=lambda model: model._meta.model_name)
def test_lists_cost_the_same_for_one_row_and_for_many(operator: Client, show: Performance, model: Any) -> None:
    def one_more(number: int) -> None:
        now = timezone.now()
        order = paid_order(show, now, "0")
        operator.post(address(Document, "add"), INVOICEE | {"reference": order.reference})
        ticket = Ticket.objects.get(line__order=order)
        operator.post(address(Order, "change", order.pk), {"cancel": [ticket.pk]})
        customer = a_customer(now, f"noor{number}@example.org")
        customers.give_label(customer_id=customer.pk, house=show.house, code="vriend", source="x", now=now)
        a_membership(now, customer, a_price_type(show.house))
        vouchers.give_card(house=show.house, value=Decimal(10), expires_on=now.date(), now=now)
        code = f"CODE{number}"
        vouchers.create_price_voucher(
            house=show.house, code=code, name=code, effect="percent", value=Decimal(1), now=now
        )

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(address(model, "changelist")).status_code == 200
        return len(captured)

    one_more(0), statements()
    first = statements()
    one_more(1), one_more(2)
    assert statements() == first


def test_what_sales_wrote_is_only_read(operator: Client, show: Performance) -> None:
    order = paid_order(show, timezone.now(), "0")
    entry = LedgerEntry.objects.filter(group__order=order).first()
    assert entry is not None
    assert operator.get(address(LedgerEntry, "change", entry.pk)).status_code == 200
    assert operator.post(address(LedgerEntry, "change", entry.pk), {"amount": "1.00"}).status_code == 403
    assert operator.get(address(Chargeback, "changelist")).status_code == 200
