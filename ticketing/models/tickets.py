"""Tickets: the right to a place, shown as a signed code, and the scans at the door."""

from django.db import models
from django.db.models import Q


class Ticket(models.Model):
    """`serial` is what the signed QR code carries; `code` is the other, typed code (12 letters in threes of four)."""

    class State(models.TextChoices):
        VALID = "valid", "Valid"
        CANCELLED = "cancelled", "Cancelled"

    line = models.ForeignKey("ticketing.OrderLine", on_delete=models.PROTECT, related_name="tickets")
    performance = models.ForeignKey("ticketing.Performance", on_delete=models.PROTECT, related_name="tickets")
    place = models.ForeignKey("ticketing.Place", on_delete=models.PROTECT, related_name="tickets")
    serial = models.CharField(max_length=16, unique=True)
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.VALID)
    issued_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    holder_name = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(state="valid"), name="one_valid_ticket_per_place"),
            models.CheckConstraint(
                condition=Q(state="valid", cancelled_at__isnull=True)
                | Q(state="cancelled", cancelled_at__isnull=False),
                name="cancelled_ticket_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Scan(models.Model):
    """One reading at a door, kept whatever came out. `nonce` is made by the scanner: the same reading counts once."""

    class Result(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        ALREADY_USED = "already_used", "Already used"
        WRONG_PERFORMANCE = "wrong_performance", "Wrong performance"
        REFUNDED = "refunded", "Refunded"
        UNKNOWN = "unknown", "Unknown"
        FORGED = "forged", "Forged"

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, null=True, blank=True, related_name="scans")
    performance = models.ForeignKey("ticketing.Performance", on_delete=models.PROTECT, null=True, related_name="scans")
    api_key = models.ForeignKey(
        "ticketing.ApiKey", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    gate = models.CharField(max_length=40, blank=True)
    nonce = models.UUIDField(unique=True)
    result = models.CharField(max_length=20, choices=Result.choices)
    scanned_at = models.DateTimeField()
    received_at = models.DateTimeField()
    was_offline = models.BooleanField(default=False)
    is_conflict = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(result="accepted"), name="ticket_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.result}"
