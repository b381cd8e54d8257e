"""The books: append-only double entry, each group zero, kept by the database itself."""

import pgtrigger
from django.db import models

from ticketing.identifiers import uuid7


class Account(models.TextChoices):
    """Debits are positive, credits negative."""

    RECEIVABLE = "receivable", "Owed by customers"
    PROVIDER = "provider", "At the payment provider"
    CASH = "cash", "Cash"
    CASH_ROUNDING = "cash_rounding", "Cash rounding"
    GIFT_CARDS = "gift_cards", "Gift cards outstanding"
    REVENUE_TICKETS = "revenue_tickets", "Tickets"
    REVENUE_FEES = "revenue_fees", "Fees"
    DISCOUNTS = "discounts", "Discounts"
    VAT = "vat", "VAT"
    BETWEEN_HOUSES = "between_houses", "Between houses"
    REFUNDS_DUE = "refunds_due", "Refunds under way"
    CHARGEBACKS = "chargebacks", "Charged back"


class LedgerGroup(models.Model):
    """Entries that belong together and sum to zero, per house and in all."""

    class Kind(models.TextChoices):
        SALE = "sale", "Sale"
        PAYMENT = "payment", "Payment"
        CANCELLATION = "cancellation", "Cancellation"
        REFUND = "refund", "Refund"
        CHARGEBACK = "chargeback", "Chargeback"
        CHARGEBACK_REVERSAL = "chargeback_reversal", "Chargeback reversed"
        VOUCHER = "voucher", "Voucher given"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    order = models.ForeignKey("ticketing.Order", on_delete=models.PROTECT, null=True, related_name="ledger_groups")
    booked_at = models.DateTimeField()

    class Meta:
        triggers = [pgtrigger.Protect(name="groups_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.booked_at}"


class LedgerEntry(models.Model):
    group = models.ForeignKey(LedgerGroup, on_delete=models.PROTECT, related_name="entries")
    house = models.ForeignKey("ticketing.House", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.CharField(max_length=20, choices=Account.choices)
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    counterparty = models.ForeignKey(
        "ticketing.House", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    performance = models.ForeignKey(
        "ticketing.Performance", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    production = models.ForeignKey(
        "ticketing.Production", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    price_type = models.ForeignKey(
        "ticketing.PriceType", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    family = models.CharField(max_length=12, blank=True)
    channel = models.ForeignKey(
        "ticketing.SalesChannel", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    line = models.ForeignKey(
        "ticketing.OrderLine", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    payment = models.ForeignKey(
        "ticketing.Payment", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    till_session = models.UUIDField(null=True)
    vat_rate = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    vat_rule = models.ForeignKey(
        "ticketing.VatRule", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    booked_at = models.DateTimeField()
    value_date = models.DateField()

    class Meta:
        verbose_name_plural = "ledger entries"
        indexes = [
            models.Index(fields=["house", "booked_at"], name="ledger_by_house"),
            models.Index(fields=["performance", "account"], name="ledger_by_performance"),
        ]
        triggers = [
            pgtrigger.Protect(name="entries_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            # Every statement adds to each group and house what sums to zero, so all of it always does, and nothing
            # that stands in the ledger needs to be read again.
            pgtrigger.Trigger(
                name="group_is_zero",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="written"),
                func=pgtrigger.Func(
                    """
                    IF EXISTS (
                        SELECT 1 FROM written GROUP BY group_id, house_id HAVING sum(amount) <> 0
                    ) THEN
                        RAISE EXCEPTION 'a ledger group does not sum to zero' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NULL;
                    """
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.amount}"
