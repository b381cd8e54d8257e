"""Baskets: what a buyer is choosing, mutable, held for minutes, named by a signed token."""

from django.db import models
from django.db.models import Q

from ticketing.identifiers import uuid7


class Basket(models.Model):
    """`expires_at` is the end of its holds. Lines keep the price they were put in at."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ORDERED = "ordered", "Ordered"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    house = models.ForeignKey(
        "ticketing.House", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    channel = models.ForeignKey("ticketing.SalesChannel", on_delete=models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=2)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    extensions = models.PositiveSmallIntegerField(default=0)
    customer = models.ForeignKey(
        "ticketing.Customer", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    codes = models.JSONField(default=list)
    first_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["expires_at"], name="basket_to_tidy", condition=Q(state="open")),
            models.Index(fields=["customer"], name="basket_of_customer", condition=Q(customer__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.id)


class BasketLine(models.Model):
    """One place at one performance at one price type, or one gift card.

    House and performance follow from the place, so the database does not look them up again with every hold.

    `components` lists what the gross price is made of: [{"kind": "ticket" | "fee" | "discount", "name": {nl, fr, en},
    "gross": "28.00", "vat_rule": id, "vat_rate": "6.00"}].
    """

    class Kind(models.TextChoices):
        PLACE = "place", "Place"
        GIFT_CARD = "gift_card", "Gift card"

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PLACE)
    house = models.ForeignKey(
        "ticketing.House", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    performance = models.ForeignKey(
        "ticketing.Performance",
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    place = models.ForeignKey("ticketing.Place", on_delete=models.CASCADE, null=True, related_name="+")
    price_type = models.ForeignKey(
        "ticketing.PriceType", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    gross = models.DecimalField(max_digits=8, decimal_places=2)
    components = models.JSONField(default=list)
    price_voucher = models.ForeignKey(
        "ticketing.PriceVoucher", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["basket", "place"], name="place_once_per_basket"),
            models.CheckConstraint(condition=Q(gross__gte=0), name="basket_line_not_negative"),
            models.CheckConstraint(
                condition=Q(kind="place", place__isnull=False, performance__isnull=False, price_type__isnull=False)
                | Q(kind="gift_card", place__isnull=True),
                name="basket_line_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basket_id} {self.gross}"
