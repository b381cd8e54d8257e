"""Money moving in and out: payments at a provider, what they pay for, refunds and chargebacks."""

from django.db import models
from django.db.models import Q

from ticketing.identifiers import uuid7


class PaymentAccount(models.Model):
    """A house's account at a payment provider. `settings` (keys) are read by the provider only."""

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="payment_accounts")
    provider = models.SlugField(max_length=20)
    name = models.CharField(max_length=80)
    settings = models.JSONField(default=dict, blank=True)
    methods = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["house", "provider"], condition=Q(is_active=True), name="one_active_account_per_provider"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Payment(models.Model):
    """One leg of paying an order: at a provider, or with a gift card."""

    class State(models.TextChoices):
        CREATED = "created", "Created"
        OPEN = "open", "Open"
        PENDING = "pending", "Pending"
        PAID = "paid", "Paid"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Expired"

    class Means(models.TextChoices):
        PROVIDER = "provider", "Payment provider"
        GIFT_CARD = "gift_card", "Gift card"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    order = models.ForeignKey("ticketing.Order", on_delete=models.PROTECT, related_name="payments")
    means = models.CharField(max_length=10, choices=Means.choices)
    account = models.ForeignKey(PaymentAccount, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    gift_card = models.ForeignKey(
        "ticketing.GiftCard", on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CREATED)
    provider_id = models.CharField(max_length=64, blank=True)
    idempotency_key = models.UUIDField(default=uuid7, unique=True, editable=False)
    method = models.CharField(max_length=40, blank=True)
    checkout_url = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    polled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "provider_id"], condition=~Q(provider_id=""), name="provider_payment_once"
            ),
            models.CheckConstraint(condition=Q(amount__gte=0), name="payment_not_negative"),
            models.CheckConstraint(condition=~Q(means="gift_card") | Q(gift_card__isnull=False), name="card_is_named"),
        ]
        indexes = [
            models.Index(
                fields=["created_at"], name="payment_to_poll", condition=Q(state__in=["created", "open", "pending"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.means} {self.amount} {self.state}"


class PaymentSplit(models.Model):
    """The part of a payment that belongs to an owner house."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="splits")
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "house"], name="split_once_per_house")]

    def __str__(self) -> str:
        return f"{self.house_id} {self.amount}"


class PaymentAllocation(models.Model):
    """How much of a payment paid for which line."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations", db_index=False)
    line = models.ForeignKey("ticketing.OrderLine", on_delete=models.PROTECT, related_name="allocations")
    amount = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "line"], name="allocation_once")]

    def __str__(self) -> str:
        return f"{self.payment_id} {self.line_id} {self.amount}"


class Refund(models.Model):
    """One leg of giving money back, against the payment it came from."""

    class State(models.TextChoices):
        REQUESTED = "requested", "Requested"
        ASKED = "asked", "Asked for at the provider"
        PENDING = "pending", "Pending"
        REFUNDED = "refunded", "Refunded"
        FAILED = "failed", "Failed"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    reason = models.CharField(max_length=40)
    provider_id = models.CharField(max_length=64, blank=True)
    idempotency_key = models.UUIDField(default=uuid7, unique=True, editable=False)
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_is_positive")]

    def __str__(self) -> str:
        return f"{self.amount} {self.state}"


class Chargeback(models.Model):
    """Money a bank took back after it had been paid."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="chargebacks")
    provider_id = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    reason = models.CharField(max_length=120, blank=True)
    charged_back_at = models.DateTimeField()
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "provider_id"], name="chargeback_once")]

    def __str__(self) -> str:
        return f"{self.amount}"
