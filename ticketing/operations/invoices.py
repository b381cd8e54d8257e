"""Invoices on request, one per house that owns a part of the order, and the credit notes that take them back.

An order gets a receipt by itself; an invoice is for who needs one, after it was paid. What an invoice says is never
changed: cancelled places are credited by themselves, and a wrong name is credited whole and invoiced anew.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import DocumentIssued
from ticketing.models import Document, DocumentSeries, House, Order, OrderLine
from ticketing.money import ZERO
from ticketing.national_numbers import holds_national_number
from ticketing.operations import documents

Kind = DocumentSeries.Kind
LONGEST = {"name": 160, "street": 160, "postcode": 12, "city": 100, "country": 2, "vat_number": 20}
COUNTRY = re.compile(r"[A-Z]{2}")
VAT_NUMBER = re.compile(r"[A-Z]{2}[0-9A-Z]{2,13}")
BELGIAN_VAT_NUMBER = re.compile(r"BE[01]\d{9}")


class NothingToInvoice(TicketingError):
    code = "nothing_to_invoice"
    message = _("There is nothing to invoice: the order is not paid, was cancelled, or has its invoice already.")
    status = 409


class InvoiceeIncomplete(TicketingError):
    """`fields` names what is missing or wrong: name, street, postcode, city, country, vat_number."""

    code = "invoicee_incomplete"
    message = _("An invoice needs a name, a full address and, for a company, a valid VAT number.")

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__()
        self.fields = tuple(fields)


class NothingToCredit(TicketingError):
    code = "nothing_to_credit"
    message = _("This invoice has been credited whole already.")
    status = 409


@dataclass(frozen=True)
class Invoicee:
    """Who an invoice is made out to; without a VAT number it is a private person."""

    name: str
    street: str
    postcode: str
    city: str
    country: str = "BE"
    vat_number: str = ""

    def as_written(self) -> Invoicee:
        """Without stray spaces; the VAT number as its register writes it."""
        plain = {name: " ".join(str(value).split()) for name, value in asdict(self).items()}
        plain["country"] = plain["country"].upper()
        number = re.sub(r"[\s.\-/]", "", plain["vat_number"]).upper()
        plain["vat_number"] = plain["country"] + number if number[:1].isdigit() else number
        return Invoicee(**plain)

    def wrong_fields(self) -> list[str]:
        values = asdict(self)
        wrong = [name for name, most in LONGEST.items() if len(values[name]) > most]
        wrong += [name for name in ("name", "street", "postcode", "city") if not values[name]]
        wrong += [name for name in ("name", "street", "postcode", "city") if holds_national_number(values[name])]
        if not COUNTRY.fullmatch(self.country):
            wrong.append("country")
        if self.vat_number and not _is_vat_number(self.vat_number):
            wrong.append("vat_number")
        return list(dict.fromkeys(wrong))


def _is_vat_number(number: str) -> bool:
    if not number.startswith("BE"):
        return VAT_NUMBER.fullmatch(number) is not None
    return BELGIAN_VAT_NUMBER.fullmatch(number) is not None and 97 - int(number[2:10]) % 97 == int(number[10:])


@transaction.atomic
def issue_invoices(*, order_id: UUID, invoicee: Invoicee, now: datetime) -> list[Document]:
    """For all that is paid, not cancelled and not invoiced yet. Raises InvoiceeIncomplete, NothingToInvoice."""
    buyer = invoicee.as_written()
    wrong = buyer.wrong_fields()
    if wrong:
        raise InvoiceeIncomplete(wrong)
    order = Order.objects.select_for_update().get(id=order_id)
    if order.state != Order.State.PAID:
        raise NothingToInvoice
    by_house: defaultdict[int, list[OrderLine]] = defaultdict(list)
    for line in invoiceable(order):
        by_house[line.house_id].append(line)
    if not by_house:
        raise NothingToInvoice
    houses = House.objects.in_bulk(by_house)
    made = [
        Document(order=order, content=_content(order, houses[house_id], asdict(buyer), lines))
        for house_id, lines in sorted(by_house.items())
    ]
    _record(made, now=now)
    number_all(made, kind=Kind.INVOICE, now=now)
    return made


def invoiceable(order: Order) -> list[OrderLine]:
    """Lines that cost something, still stand, and are on no invoice that holds."""
    invoiced = {line for invoice in _standing(order) for line in invoice.open_lines}
    lines = order.lines.filter(replaced_by__isnull=True, gross__gt=0).exclude(kind=OrderLine.Kind.CANCELLATION)
    return [line for line in lines if line.id not in invoiced]


@transaction.atomic
def credit_invoice(*, document_id: UUID, now: datetime) -> Document:
    """Takes back all that an invoice still stands for: the order may then be invoiced anew. No money moves."""
    order_id = Document.objects.values_list("order_id", flat=True).get(id=document_id, series__kind=Kind.INVOICE)
    order = Order.objects.select_for_update().get(id=order_id)
    invoice = next(found for found in _standing(order) if found.document.id == document_id)
    if not invoice.open_lines:
        raise NothingToCredit
    note = _credit(invoice.document, [_negative(line) for line in invoice.open_lines.values()])
    _record([note], now=now)
    number_all([note], kind=Kind.CREDIT_NOTE, now=now)
    return note


def record_credits(order: Order, ended: Iterable[OrderLine], *, now: datetime) -> list[Document]:
    """Credit notes for cancellation lines, still to be numbered by the caller as the last thing before commit."""
    ends = {line.replaces_id: line for line in ended}
    notes = []
    for invoice in _standing(order):
        taken_back = [_told(ends[line], line) for line in invoice.open_lines if line in ends]
        if taken_back:
            notes.append(_credit(invoice.document, taken_back))
    _record(notes, now=now)
    return notes


def number_all(made: Sequence[Document], *, kind: DocumentSeries.Kind, now: datetime) -> None:
    """The last statements before commit, house by house in one order, so that nobody waits in a circle."""
    by_house: defaultdict[int, list[Document]] = defaultdict(list)
    for document in made:
        by_house[document.content["seller"]["house"]].append(document)
    for house_id, found in sorted(by_house.items()):
        documents.number(found, house_id=house_id, kind=kind, now=now)


@dataclass(frozen=True)
class _Invoice:
    """An issued one, and those of its lines, by id, that no credit note has taken back."""

    document: Document
    open_lines: dict[int, dict[str, Any]]


def _standing(order: Order) -> list[_Invoice]:
    found = Document.objects.filter(order=order, series__kind__in=[Kind.INVOICE, Kind.CREDIT_NOTE])
    rows = list(found.select_related("series").order_by("id"))
    credited: defaultdict[UUID | None, set[int]] = defaultdict(set)
    for row in rows:
        if row.series.kind == Kind.CREDIT_NOTE:
            credited[row.refers_to_id].update(line["line"] for line in row.content["lines"])
    return [
        _Invoice(row, {line["line"]: line for line in row.content["lines"] if line["line"] not in credited[row.id]})
        for row in rows
        if row.series.kind == Kind.INVOICE
    ]


def _record(made: Iterable[Document], *, now: datetime) -> None:
    for document in made:
        assert document.order_id is not None
        record(DocumentIssued(order_id=document.order_id, document_id=document.id), now=now)


def _content(order: Order, house: House, buyer: dict[str, str], lines: Iterable[OrderLine]) -> dict[str, Any]:
    assert order.paid_at is not None
    seller = {"house": house.pk, "name": house.legal_name, "email": house.email}
    address = ("street", "postcode", "city", "country", "enterprise_number", "vat_number")
    return {
        "seller": seller | {name: getattr(house, name) for name in address},
        "buyer": buyer,
        "language": order.language,
        "reference": order.reference,
        "paid_on": timezone.localdate(order.paid_at).isoformat(),
    } | _sums([_told(line, line.id) for line in lines])


def _credit(invoice: Document, lines: list[dict[str, Any]]) -> Document:
    said = {name: invoice.content[name] for name in ("seller", "buyer", "language", "reference", "paid_on")}
    return Document(order=invoice.order, refers_to=invoice, content=said | _sums(lines))


def _told(line: OrderLine, number: int) -> dict[str, Any]:
    """A line as a document keeps it; `number` is the line that was sold."""
    return {
        "line": number,
        "kind": line.kind,
        "description": line.description,
        "gross": str(line.gross),
        "components": [
            {name: part[name] for name in ("kind", "name", "gross", "vat", "vat_rate")} for part in line.components
        ],
    }


def _negative(line: dict[str, Any]) -> dict[str, Any]:
    parts = [part | {name: str(-Decimal(part[name])) for name in ("gross", "vat")} for part in line["components"]]
    return line | {"gross": str(-Decimal(line["gross"])), "components": parts}


def _sums(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Nothing is rounded here: the cents of VAT were shared out when the order was placed."""
    rates: defaultdict[str, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    for part in (part for line in lines for part in line["components"]):
        of_rate = rates[part["vat_rate"]]
        of_rate[0] += Decimal(part["gross"])
        of_rate[1] += Decimal(part["vat"])
    return {
        "lines": lines,
        "vat": [
            {"rate": rate, "net": str(gross - vat), "vat": str(vat), "gross": str(gross)}
            for rate, (gross, vat) in sorted(rates.items(), key=lambda found: Decimal(found[0]))
        ],
        "total": str(sum((Decimal(line["gross"]) for line in lines), ZERO)),
    }
