"""Invoices on request: numbered, complete, to the cent what the books say, and credited with what is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum

from outbox.models import StoredFact
from tests.ticketing import building, paying
from tests.ticketing.selling import a_code, held, pay, placed, routed, two_houses
from tests.ticketing.untouched import nothing_stored
from ticketing.models import Account, Document, DocumentSeries, LedgerEntry, Order, Performance, Ticket
from ticketing.operations import baskets, cancellations, invoices, prices
from ticketing.operations.invoices import Invoicee, InvoiceeIncomplete, NothingToCredit, NothingToInvoice

pytestmark = pytest.mark.django_db

BUYER = Invoicee("De Klas vzw", "Schoolstraat 1", "9000", "Gent", "BE", "BE0403200393")


@pytest.fixture
def show(now: datetime) -> Performance:
    """24 euro at 6 %, of which 1.15 more is a fee at 21 %."""
    performance = building.on_sale(now, building.a_house(now, street="Hofstraat 1", vat_number="BE0403200393"))
    building.a_vat_rule(activity_class="service", rate="21.00")
    prices.create_fee(
        house=performance.house, name=building.text("Kosten"), amount=Decimal("1.15"), activity_class="service"
    )
    paying.a_payment_account(performance.house)
    return performance


@pytest.fixture
def order(now: datetime, show: Performance) -> Order:
    return paying.paid_order(show, now, "0", "1", "2")


def tickets_of(order: Order) -> list[int]:
    return list(Ticket.objects.filter(line__order=order, state="valid").order_by("id").values_list("id", flat=True))


def cancel(order: Order, now: datetime, *ticket_ids: int) -> None:
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=ticket_ids, now=now, by_staff=True)


def notes() -> list[Document]:
    return list(Document.objects.filter(series__kind="credit_note").order_by("number"))


def vat_booked() -> Decimal:
    return -Decimal(LedgerEntry.objects.filter(account=Account.VAT).aggregate(total=Sum("amount"))["total"] or 0)


def vat_told(*documents: Document) -> Decimal:
    return sum((Decimal(row["vat"]) for found in documents for row in found.content["vat"]), Decimal(0))


def test_an_invoice_says_who_sold_what_to_whom_at_which_rate(now: datetime, order: Order) -> None:
    (invoice,) = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    said = invoice.content
    assert (str(invoice), invoice.series.kind) == (f"{now:%Y}-00001", "invoice")
    assert (said["seller"]["name"], said["seller"]["vat_number"]) == ("Zomerhof vzw", "BE0403200393")
    assert (said["buyer"]["name"], said["buyer"]["vat_number"]) == ("De Klas vzw", "BE0403200393")
    assert said["vat"] == [
        {"rate": "6.00", "net": "67.92", "vat": "4.08", "gross": "72.00"},
        {"rate": "21.00", "net": "2.85", "vat": "0.60", "gross": "3.45"},
    ]
    assert (said["total"], len(said["lines"])) == ("75.45", 3)
    assert vat_told(invoice) == vat_booked()
    assert StoredFact.objects.filter(name__endswith="DocumentIssued").count() == 1


def test_what_is_cancelled_is_credited_and_nothing_twice(now: datetime, order: Order) -> None:
    (invoice,) = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    first, *rest = tickets_of(order)
    cancel(order, now, first)
    (note,) = notes()
    assert (str(note), note.refers_to_id, note.content["total"]) == (f"{now:%Y}-00001", invoice.id, "-25.15")
    assert note.content["buyer"] == invoice.content["buyer"]
    assert vat_told(invoice, *notes()) == vat_booked()
    cancel(order, now, *rest)
    assert [found.content["total"] for found in notes()] == ["-25.15", "-50.30"]
    assert vat_told(invoice, *notes()) == vat_booked() == 0


def test_without_an_invoice_nothing_is_credited(now: datetime, order: Order) -> None:
    cancel(order, now, *tickets_of(order))
    assert set(Document.objects.values_list("series__kind", flat=True)) == {"cancellation_coupon"}


def test_what_was_cancelled_before_is_not_invoiced(now: datetime, order: Order) -> None:
    cancel(order, now, tickets_of(order)[0])
    (invoice,) = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    assert invoice.content["total"] == "50.30"


def test_a_second_invoice_for_the_same_is_refused(now: datetime, order: Order) -> None:
    invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    with nothing_stored(), pytest.raises(NothingToInvoice):
        invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)


def test_a_wrong_name_is_credited_whole_and_invoiced_anew(now: datetime, order: Order) -> None:
    (wrong,) = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    cancel(order, now, tickets_of(order)[0])
    note = invoices.credit_invoice(document_id=wrong.id, now=now)
    assert (note.refers_to_id, note.content["total"]) == (wrong.id, "-50.30")
    with nothing_stored(), pytest.raises(NothingToCredit):
        invoices.credit_invoice(document_id=wrong.id, now=now)
    (right,) = invoices.issue_invoices(order_id=order.id, invoicee=replace(BUYER, name="De Klas 2 vzw"), now=now)
    assert (str(right), right.content["total"]) == (f"{now:%Y}-00002", "50.30")
    cancel(order, now, *tickets_of(order))
    assert notes()[-1].refers_to_id == right.id
    assert vat_told(wrong, right, *notes()) == vat_booked() == 0


def test_every_house_invoices_what_is_its_own(now: datetime) -> None:
    here, there = two_houses(now)
    routed(here, there)
    basket_id = held(here, now, "0").basket_id
    held(there, now, "0", "1", basket_id=basket_id)
    order = placed(basket_id, now)
    pay(order, now)
    made = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    assert [(found.series.house_id, found.number, found.content["total"]) for found in made] == [
        (here.house_id, 1, "24.00"),
        (there.house_id, 1, "48.00"),
    ]
    cancel(order, now, *tickets_of(order))
    assert [(found.series.house_id, found.content["total"]) for found in notes()] == [
        (here.house_id, "-24.00"),
        (there.house_id, "-48.00"),
    ]


def test_a_discount_and_a_gift_card_bought_along_are_told_apart(now: datetime, show: Performance) -> None:
    a_code(now, show.house, "MIN10")
    basket_id = held(show, now, "0").basket_id
    baskets.add_code(basket_id=basket_id, code="MIN10", now=now)
    baskets.add_gift_card(house=show.house.slug, amount=Decimal("25.00"), basket_id=basket_id, language="nl", now=now)
    order = placed(basket_id, now)
    pay(order, now)
    (invoice,) = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    said = invoice.content
    assert (said["total"], [row["gross"] for row in said["vat"]]) == ("47.75", ["21.60", "1.15"])
    assert [part["kind"] for part in said["lines"][0]["components"]] == ["ticket", "discount", "fee"]
    assert said["lines"][1]["components"] == []


def test_an_order_that_is_not_paid_has_no_invoice(now: datetime, show: Performance) -> None:
    order = placed(held(show, now, "0").basket_id, now)
    with nothing_stored(), pytest.raises(NothingToInvoice):
        invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)


@pytest.mark.parametrize(("wrong", "fields"), [
    ({"name": " "}, ["name"]), ({"street": "", "city": ""}, ["street", "city"]), ({"country": "België"}, ["country"]),
    ({"vat_number": "BE0403200394"}, ["vat_number"]), ({"vat_number": "BE93051822361"}, ["vat_number"]),
    ({"vat_number": "NL<script>"}, ["vat_number"]), ({"name": "x" * 161}, ["name"]),
])  # fmt: skip
def test_an_invoice_to_nobody_is_refused(now: datetime, order: Order, wrong: dict[str, str], fields: list[str]) -> None:
    with nothing_stored(), pytest.raises(InvoiceeIncomplete) as refused:
        invoices.issue_invoices(order_id=order.id, invoicee=replace(BUYER, **wrong), now=now)
    assert sorted(refused.value.fields) == sorted(fields)


@pytest.mark.parametrize(("typed", "kept"), [
    ("0403.200.393", "BE0403200393"), ("be 0403 200 393", "BE0403200393"), ("NL123456789B01", "NL123456789B01"),
    ("", ""),
])  # fmt: skip
def test_a_vat_number_is_kept_as_its_register_writes_it(typed: str, kept: str) -> None:
    written = replace(BUYER, vat_number=typed).as_written()
    assert (written.vat_number, written.wrong_fields()) == (kept, [])


def test_a_year_begins_when_it_begins_in_the_house(now: datetime, show: Performance) -> None:
    order = paying.paid_order(show, now, "0")
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    (invoice,) = invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=new_year)
    assert str(invoice) == "2027-00001"


@pytest.mark.parametrize("change", [{"content": {}}, {"number": 9}, {"issued_at": datetime(2020, 1, 1, tzinfo=UTC)}])
def test_an_invoice_is_never_rewritten(now: datetime, order: Order, change: dict[str, object]) -> None:
    invoices.issue_invoices(order_id=order.id, invoicee=BUYER, now=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.all().delete()
    assert DocumentSeries.objects.get().last_number == 1
