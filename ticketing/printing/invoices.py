"""Invoices and credit notes on paper: what their document keeps, in the words of its buyer, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override
from i18nfield.strings import LazyI18nString

from ticketing.models import Document, DocumentSeries
from ticketing.operations.documents import keep_paper
from ticketing.printing.ticket_pdf import PrinterMissing, printer
from ticketing.templatetags.shop import money


@dataclass(frozen=True)
class InvoiceRow:
    what: str
    rate: str
    net: str
    gross: str


@dataclass(frozen=True)
class VatRow:
    rate: str
    net: str
    vat: str
    gross: str


@dataclass(frozen=True)
class InvoiceSheet:
    """Everything in words; `refers_to` names the invoice a credit note takes back."""

    title: str
    facts: tuple[tuple[str, str], ...]
    seller: tuple[str, ...]
    buyer: tuple[str, ...]
    rows: tuple[InvoiceRow, ...]
    vat: tuple[VatRow, ...]
    total: str
    notes: tuple[str, ...]


def invoice_pdf(document: Document) -> bytes:
    """Raises PrinterMissing where this machine cannot print."""
    language = document.content["language"]
    with override(language):
        sheet = invoice_sheet(document)
        html = render_to_string("printing/invoice.html", {"language": language, "sheet": sheet})
    return printer("invoice.css").pdf(html)


def printed_document(document: Document) -> bytes | None:
    """The paper of a document, kept from now on; None where this machine cannot print."""
    try:
        content = invoice_pdf(document)
    except PrinterMissing:
        return None
    keep_paper(document_id=document.pk, content=content)
    return content


def document_title(document: Document) -> str:
    """ "Invoice 2027-00012", in the active language."""
    is_credit = document.series.kind == DocumentSeries.Kind.CREDIT_NOTE
    words = _("Credit note %(number)s") if is_credit else _("Invoice %(number)s")
    return words % {"number": document}


def invoice_sheet(document: Document) -> InvoiceSheet:
    said = document.content
    is_credit = document.series.kind == DocumentSeries.Kind.CREDIT_NOTE
    return InvoiceSheet(
        title=document_title(document),
        facts=tuple(_facts(document)),
        seller=tuple(_party(said["seller"])),
        buyer=tuple(_party(said["buyer"])),
        rows=tuple(row for line in said["lines"] for row in _rows(line)),
        vat=tuple(
            VatRow(_rate(row["rate"]), _euro(row["net"]), _euro(row["vat"]), _euro(row["gross"])) for row in said["vat"]
        ),
        total=_euro(said["total"]),
        notes=tuple(_notes(said, is_credit=is_credit)),
    )


def _facts(document: Document) -> Iterable[tuple[str, str]]:
    yield _("Date"), _day(localdate(document.issued_at))
    if document.refers_to is not None:
        yield _("Takes back"), document_title(document.refers_to)
    yield _("Order"), document.content["reference"]


def _party(party: Mapping[str, Any]) -> Iterable[str]:
    yield party["name"]
    if party["street"]:
        yield party["street"]
    place = f"{party['postcode']} {party['city']}".strip()
    yield ", ".join(filter(None, (place, party["country"])))
    number = party["vat_number"] or party.get("enterprise_number")
    if number:
        yield (_("VAT %(number)s") if party["vat_number"] else _("Enterprise number %(number)s")) % {"number": number}


def _rows(line: Mapping[str, Any]) -> Iterable[InvoiceRow]:
    """One row for each part of the price: each has its own VAT."""
    if not line["components"]:
        yield InvoiceRow(_("Gift card"), "–", _euro(line["gross"]), _euro(line["gross"]))
    for part in line["components"]:
        gross, vat = Decimal(part["gross"]), Decimal(part["vat"])
        yield InvoiceRow(_part(part, line["description"]), _rate(part["vat_rate"]), money(gross - vat), money(gross))


def _part(part: Mapping[str, Any], sold: Mapping[str, Any]) -> str:
    name = _told(part["name"])
    match part["kind"]:
        case "ticket":
            starts_at = parse_datetime(str(sold.get("starts_at", "")))
            words = (_told(sold.get("title")), _moment(starts_at), *_place(sold), name)
            return ", ".join(filter(None, words))
        case "discount":
            return _("Discount %(code)s") % {"code": name}
        case _:
            return name


def _place(sold: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(_told(sold.get(part)) for part in ("area", "row", "seat"))


def _notes(said: Mapping[str, Any], *, is_credit: bool) -> Iterable[str]:
    if not is_credit:
        yield _("Paid on %(day)s.") % {"day": _day(date.fromisoformat(said["paid_on"]))}
    if any(not line["components"] for line in said["lines"]):
        yield _("A gift card is not taxed when it is sold: the VAT is in what it pays for.")


def _moment(starts_at: datetime | None) -> str:
    return _day(localdate(starts_at)) if starts_at else ""


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _rate(rate: str) -> str:
    return f"{Decimal(rate).normalize():f} %"


def _euro(amount: str) -> str:
    return money(Decimal(amount))


def _told(text: Any) -> str:
    return str(LazyI18nString(text)) if text else ""
