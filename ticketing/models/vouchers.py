"""Codes with value: gift cards and payment vouchers pay, price vouchers open or lower a price."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class GiftCard(models.Model):
    """A payment leg waiting to be used. Its balance is the sum of its entries; expiry is always chosen."""

    class Kind(models.TextChoices):
        GIFT_CARD = "gift_card", "Gift card"
        PAYMENT_VOUCHER = "payment_voucher", "Payment voucher"

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="gift_cards")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.GIFT_CARD)
    code = models.CharField(max_length=16, unique=True)
    line = models.OneToOneField(
        "ticketing.OrderLine", on_delete=models.PROTECT, null=True, blank=True, related_name="gift_card"
    )
    value = models.DecimalField(max_digits=8, decimal_places=2)
    issued_at = models.DateTimeField()
    expires_on = models.DateField()
    blocked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="gift_card_has_value")]

    def __str__(self) -> str:
        return f"…{self.code[-4:]}"


class GiftCardEntry(models.Model):
    """Append-only: value put on a card (positive) or used (negative)."""

    card = models.ForeignKey(GiftCard, on_delete=models.PROTECT, related_name="entries")
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    payment = models.ForeignKey("ticketing.Payment", on_delete=models.PROTECT, null=True, related_name="+")
    refund = models.ForeignKey("ticketing.Refund", on_delete=models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="card_entries_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="card_never_negative",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=pgtrigger.Func(
                    """
                    PERFORM 1 FROM ticketing_giftcard WHERE id = NEW.card_id FOR UPDATE;
                    IF (SELECT sum(amount) FROM ticketing_giftcardentry WHERE card_id = NEW.card_id) < 0 THEN
                        RAISE EXCEPTION 'gift card % would go below zero', NEW.card_id
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"


class PriceVoucher(models.Model):
    """A code that opens a price type, or takes a percentage or amount off the price of each place."""

    class Effect(models.TextChoices):
        PRICE_TYPE = "price_type", "Opens a price type"
        PERCENT = "percent", "Percentage off"
        AMOUNT = "amount", "Amount off"

    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="price_vouchers")
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=120)
    effect = models.CharField(max_length=10, choices=Effect.choices)
    price_type = models.ForeignKey(
        "ticketing.PriceType", on_delete=models.PROTECT, null=True, blank=True, related_name="vouchers"
    )
    value = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    production = models.ForeignKey(
        "ticketing.Production", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    max_uses = models.PositiveIntegerField(null=True, blank=True, help_text="Places in all; empty: no limit.")
    max_per_order = models.PositiveSmallIntegerField(default=10)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["house", "code"], name="price_voucher_once_per_house"),
            models.CheckConstraint(
                condition=Q(effect="price_type", price_type__isnull=False)
                | Q(effect="percent", value__gt=0, value__lte=100)
                | Q(effect="amount", value__gt=0),
                name="price_voucher_does_something",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name="price_voucher_period"
            ),
        ]

    def __str__(self) -> str:
        return self.code
