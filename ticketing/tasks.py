"""What Celery runs for the kernel: ids in, one operation. What must not be lost comes through the outbox instead."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from ticketing.operations.documents import RENDER_TASK as RENDER_DOCUMENT_TASK
from ticketing.operations.printing import RENDER_TASK
from ticketing.operations.tidying import tidy, tidy_nightly
from ticketing.printing.invoices import printed_document
from ticketing.printing.rendering import render_tickets
from ticketing.queries.documents import invoice_or_credit


@shared_task(name=RENDER_TASK, ignore_result=True)
def render_asked_tickets(order_id: str, ticket_id: int | None) -> None:
    render_tickets(order_id=UUID(order_id), ticket_id=ticket_id, now=timezone.now())


@shared_task(name=RENDER_DOCUMENT_TASK, ignore_result=True)
def render_asked_document(document_id: str) -> None:
    printed_document(invoice_or_credit(UUID(document_id)))


@shared_task(name="ticketing.tidy", ignore_result=True)
def tidy_up() -> None:
    tidy(now=timezone.now())


@shared_task(name="ticketing.tidy_nightly", ignore_result=True)
def tidy_up_nightly() -> None:
    tidy_nightly(now=timezone.now())
