"""Orders: what was agreed at the pay button, never rewritten afterwards."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ticketing.identifiers import random_code, uuid7


def link_secret() -> str:
    return random_code(16)


class Order(models.Model):
    """`link_secret` is part of what its signed link signs: a new secret revokes every link given out."""

    class State(models.TextChoices):
        PREPARING = "preparing", "Preparing"
        AWAITING_PAYMENT = "awaiting_payment", "Awaiting payment"
        PAID = "paid", "Paid"
        ABANDONED = "abandoned", "Abandoned"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="orders")
    channel = models.ForeignKey("ticketing.SalesChannel", on_delete=models.PROTECT, related_name="+", db_index=False)
    basket = models.ForeignKey(
        "ticketing.Basket", on_delete=models.SET_NULL, null=True, blank=True, related_name="orders"
    )
    customer = models.ForeignKey(
        "ticketing.Customer", on_delete=models.PROTECT, null=True, blank=True, related_name="orders"
    )
    state = models.CharField(max_length=16, choices=State.choices, default=State.PREPARING)
    language = models.CharField(max_length=2)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    email = models.EmailField()
    total = models.DecimalField(max_digits=9, decimal_places=2)
    placed_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    abandoned_at = models.DateTimeField(null=True, blank=True)
    abandon_reason = models.CharField(max_length=40, blank=True)
    link_secret = models.CharField(max_length=16, default=link_secret, editable=False)
    is_historical = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(total__gte=0), name="order_total_not_negative"),
            models.CheckConstraint(condition=~Q(state="paid") | Q(paid_at__isnull=False), name="paid_has_moment"),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], name="order_to_expire", condition=Q(state__in=["preparing", "awaiting_payment"])
            ),
            models.Index(Lower("email"), name="order_by_email"),
        ]

    def __str__(self) -> str:
        return self.reference


class OrderLine(models.Model):
    """One place, product or voucher. A cancellation or exchange appends a line that `replaces` this one.

    `description` keeps what was sold in words: {"title": {nl…}, "area": {nl…}, "row": "F", "number": "11",
    "price_type": {nl…}, "starts_at": iso, "hall": {nl…}}. `components` are those of the basket line, each with the
    "vat" inside its "gross".
    """

    class Kind(models.TextChoices):
        PLACE = "place", "Place"
        GIFT_CARD = "gift_card", "Gift card"
        CANCELLATION = "cancellation", "Cancellation"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="+", db_index=False)
    performance = models.ForeignKey(
        "ticketing.Performance", on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    place = models.ForeignKey("ticketing.Place", on_delete=models.PROTECT, null=True, blank=True, related_name="lines")
    price_type = models.ForeignKey(
        "ticketing.PriceType", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    family = models.CharField(max_length=12, blank=True)
    gross = models.DecimalField(max_digits=8, decimal_places=2)
    components = models.JSONField(default=list)
    description = models.JSONField(default=dict)
    price_voucher = models.ForeignKey("ticketing.PriceVoucher", on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="cancellation", gross__lte=0, replaces__isnull=False) | Q(gross__gte=0),
                name="only_cancellations_are_negative",
            ),
            models.CheckConstraint(
                condition=~Q(kind="place") | Q(place__isnull=False, performance__isnull=False),
                name="place_line_names_its_place",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="lines_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=pgtrigger.Func("RAISE EXCEPTION 'order lines are never rewritten';"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.kind} {self.gross}"
