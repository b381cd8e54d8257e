"""Documents with gapless numbers: invoices, credit notes, Z reports, cancellation coupons."""

from django.db import models

from ticketing.identifiers import uuid7


class DocumentSeries(models.Model):
    """`last_number` is only moved as the last statement of the transaction that writes the document."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", "Invoice"
        CREDIT_NOTE = "credit_note", "Credit note"
        Z_REPORT = "z_report", "Z report"
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
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    series = models.ForeignKey(DocumentSeries, on_delete=models.PROTECT, related_name="documents")
    number = models.PositiveIntegerField()
    order = models.ForeignKey("ticketing.Order", on_delete=models.PROTECT, null=True, related_name="documents")
    ticket = models.ForeignKey("ticketing.Ticket", on_delete=models.PROTECT, null=True, related_name="documents")
    refers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField(default=dict)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "number"], name="document_number_once")]

    def __str__(self) -> str:
        return f"{self.series.prefix}{self.number}"
