"""Tickets rendered to paper: each once, whoever asks, kept in private storage."""

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from ticketing.identifiers import uuid7


def private_storage() -> Storage:
    """Never below the media address: a ticket is worth money."""
    return storages["private"]


class TicketDocument(models.Model):
    """The PDF of one ticket or, without `ticket`, of all valid tickets of an order.

    Asking makes the row and rings the worker; `asked_at` moves on when the bell seems lost. A document rendered before
    one of its tickets was cancelled is no longer shown: see `ticketing.queries.printing`.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("ticketing.Order", on_delete=models.CASCADE, related_name="ticket_documents")
    ticket = models.ForeignKey(
        "ticketing.Ticket", on_delete=models.CASCADE, null=True, blank=True, related_name="documents_printed"
    )
    file = models.FileField(upload_to="tickets/%Y/%m/", storage=private_storage, blank=True)
    asked_at = models.DateTimeField()
    rendered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["rendered_at"], name="paper_to_forget")]
        constraints = [
            models.UniqueConstraint(fields=["order", "ticket"], name="one_document_per_ticket", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(rendered_at__isnull=True) | ~Q(file=""), name="rendered_document_has_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.ticket_id or 'all'}"
