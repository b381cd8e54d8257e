"""How a payment stands between a customer who is owed money, a provider that gives it back and a bank that takes it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from ticketing.models import Account, LedgerGroup, Payment, Refund
from ticketing.money import ZERO

# The provider has these, or may have them; those only requested can still be changed.
SENT = (Refund.State.ASKED, Refund.State.PENDING, Refund.State.REFUNDED)


@dataclass(frozen=True)
class Standing:
    """`ended` is what was paid for and is no longer had, `settled` how much of that the bank gave back for us."""

    amount: Decimal
    ended: Decimal
    sent: Decimal
    waiting: Decimal
    taken: Decimal
    settled: Decimal

    @property
    def going_back(self) -> Decimal:
        """As much of what ended as the bank leaves, and never less than the provider was asked for."""
        return max(min(self.ended, self.amount - self.taken), self.sent)

    @property
    def for_the_bank(self) -> Decimal:
        """How much of what ended is with the customer already, because the bank took it."""
        return max(ZERO, self.ended - self.going_back)

    @property
    def owed(self) -> Decimal:
        """What is owed back and on no way back: the provider could not give it."""
        return self.ended - self.settled - self.sent - self.waiting

    @property
    def is_short(self) -> bool:
        """The bank left less than the provider was asked for."""
        return self.sent > self.amount - self.taken


_STANDING = """
SELECT leg.amount,
    leg.amount - (
        SELECT coalesce(sum(part.amount), 0) FROM ticketing_paymentallocation part
        WHERE part.payment_id = leg.id
          AND NOT EXISTS (SELECT 1 FROM ticketing_orderline ending WHERE ending.replaces_id = part.line_id)
    ),
    refunds.sent, refunds.waiting,
    (
        SELECT coalesce(sum(taken.amount), 0) FROM ticketing_chargeback taken
        WHERE taken.payment_id = leg.id AND taken.reversed_at IS NULL
    ), (
        SELECT coalesce(sum(entry.amount), 0) FROM ticketing_ledgerentry entry
        JOIN ticketing_ledgergroup booked ON booked.id = entry.group_id AND booked.kind = %(kind)s
        WHERE booked.order_id = leg.order_id AND entry.payment_id = leg.id AND entry.account = %(due)s
    )
FROM ticketing_payment leg, LATERAL (
    SELECT coalesce(sum(amount) FILTER (WHERE state = ANY(%(sent)s)), 0) AS sent,
           coalesce(sum(amount) FILTER (WHERE state = %(waiting)s), 0) AS waiting
    FROM ticketing_refund WHERE payment_id = leg.id
) refunds
WHERE leg.id = %(leg)s
"""


def standing_of(leg: Payment) -> Standing:
    """Of a paid leg, for whoever has its order locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            _STANDING,
            {
                "leg": leg.id,
                "kind": LedgerGroup.Kind.CHARGEBACK,
                "due": Account.REFUNDS_DUE,
                "sent": list(SENT),
                "waiting": Refund.State.REQUESTED,
            },
        )
        row = cursor.fetchone()
    assert row is not None
    return Standing(*row)
