"""The letter that brings an invoice or a credit note, with its paper."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.mails.addresses import document_address
from ticketing.mails.letters import Attachment, Envelope, Letter
from ticketing.mails.sending import send_once
from ticketing.models import Document
from ticketing.printing.invoices import document_title, printed_document
from ticketing.queries.documents import invoice_or_credit
from ticketing.templatetags.shop import money


def send_document(document_id: UUID, *, now: datetime) -> None:
    document = invoice_or_credit(document_id)
    order = document.order
    assert order is not None
    envelope = Envelope(
        occasion=f"document:{document.id}",
        template="document",
        house=order.house,
        language=order.language,
        to=order.email,
        order=order,
    )
    send_once(envelope, lambda: _letter(document), now=now)


def _letter(document: Document) -> Letter:
    order = document.order
    assert order is not None
    with override(order.language):
        title = document_title(document)
        words = {
            "title": title,
            "name": order.first_name,
            "reference": order.reference,
            "amount": money(Decimal(document.content["total"])),
            "document_url": document_address(order, document),
        }
        subject = _("%(title)s of %(house)s") % {"title": title, "house": document.content["seller"]["name"]}
    content = printed_document(document)
    paper = (Attachment(f"{document}.pdf", content, "application/pdf"),) if content else ()
    return Letter(subject, words, paper)
