"""Documents with gapless numbers: invoices, credit notes and cancellation coupons."""

import pgtrigger
from django.db import models

from ticketing.identifiers import uuid7
from ticketing.models.printing import private_storage


class DocumentSeries(models.Model):
    """`last_number` is only moved as the last statement of the transaction that writes the document."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Invoice"
        CREDIT_NOTE = "credit_note", "Credit note"
        CANCELLATION_COUPON = "cancellation_coupon", "Cancellation coupon"

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="document_series")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    prefix = models.CharField(max_length=12)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["house", "kind", "prefix"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.prefix}{self.last_number}"


class Document(models.Model):
    """Written once. A credit note `refers_to` its invoice.

    `content` keeps all an invoice or credit note says, whatever becomes of house, buyer and programme later:
    {"seller": {"name", "street", …, "vat_number"}, "buyer": {…}, "language", "reference", "paid_on": iso,
    "lines": [{"line": id, "kind", "description": as on the order line, "gross", "components": [{"kind", "name",
    "gross", "vat", "vat_rate"}]}], "vat": [{"rate", "net", "vat", "gross"}], "total"}. What is not taxed when it is
    sold, a gift card, is in the total only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.ForeignKey(DocumentSeries, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    order = models.ForeignKey("ticketing.Order", on_delete=models.PROTECT, null=True, related_name="documents")
    ticket = models.ForeignKey("ticketing.Ticket", on_delete=models.PROTECT, null=True, related_name="documents")
    refers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField(default=dict)
    file = models.FileField(upload_to="documents/%Y/%m/", storage=private_storage, blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="document_number_once")]
        triggers = [
            pgtrigger.Protect(name="documents_stay", operation=pgtrigger.Delete),
            # Only where its PDF lies may change.
            pgtrigger.Protect(
                name="documents_say_the_same",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["file"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series.prefix}{self.number:05d}"
