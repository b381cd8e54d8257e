"""Invoices and credit notes of an order, for its buyer, its mails and its printer."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from ticketing.models import Document, DocumentSeries

INVOICES = (DocumentSeries.Kind.INVOICE, DocumentSeries.Kind.CREDIT_NOTE)


def invoices_and_credits() -> QuerySet[Document]:
    """Coupons of cancelled tickets are for the house alone."""
    found = Document.objects.filter(series__kind__in=INVOICES)
    return found.select_related("series", "order__house", "refers_to__series")


def invoice_or_credit(document_id: UUID) -> Document:
    return invoices_and_credits().get(pk=document_id)


def documents_of(order_id: UUID) -> list[Document]:
    return list(invoices_and_credits().filter(order=order_id).order_by("issued_at", "id"))
