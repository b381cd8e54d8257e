"""Which payments are meant by a provider's message, and which should be asked about because no message came."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F, Q

from ticketing.models import Payment, Refund

# A payment younger than the first figure is asked about as often as the second says. Buyers of tickets pay within
# minutes; a bank transfer takes days.
POLLING = (
    (timedelta(minutes=30), timedelta(seconds=25)),
    (timedelta(hours=6), timedelta(minutes=5)),
    (timedelta(days=400), timedelta(hours=1)),
)
# A bank takes money back weeks after it was paid; its webhook may get lost like any other. Asked five times in all.
PAID_POLLING = (
    (timedelta(days=21), timedelta(days=7)),
    (timedelta(days=130), timedelta(days=30)),
)
REFUND_INTERVAL = timedelta(minutes=10)


def payments_known_as(*, provider: str, provider_id: str) -> list[UUID]:
    """None for a stranger's id; an id is unique per account, so in theory there can be several."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT leg.id FROM ticketing_payment leg
            JOIN ticketing_paymentaccount account ON account.id = leg.account_id
            WHERE account.provider = %s AND leg.provider_id = %s LIMIT 10
            """,
            [provider, provider_id],
        )
        return [payment_id for (payment_id,) in cursor.fetchall()]


def payments_to_poll(*, now: datetime, quiet: timedelta, limit: int) -> list[UUID]:
    """Unfinished payments at a provider, silent for `quiet`, longest unasked first."""
    due = Q(polled_at__isnull=True)
    for age, interval in POLLING:
        due |= Q(created_at__gt=now - age, polled_at__lte=now - interval)
    unfinished = Payment.objects.filter(
        due,
        state__in=[Payment.State.CREATED, Payment.State.OPEN, Payment.State.PENDING],
        means=Payment.Means.PROVIDER,
        created_at__lte=now - quiet,
        created_at__gt=now - POLLING[-1][0],
    ).exclude(provider_id="")
    ordered = unfinished.order_by(F("polled_at").asc(nulls_first=True), "created_at")
    return list(ordered.values_list("id", flat=True)[:limit])


def paid_to_poll(*, now: datetime, limit: int) -> list[UUID]:
    """Paid at a provider and not asked about for long, longest unasked first: chargebacks nobody told us of."""
    due = Q(polled_at__isnull=True)
    for age, interval in PAID_POLLING:
        due |= Q(paid_at__gt=now - age, polled_at__lte=now - interval)
    paid = Payment.objects.filter(
        due,
        state=Payment.State.PAID,
        means=Payment.Means.PROVIDER,
        paid_at__gt=now - PAID_POLLING[-1][0],
        paid_at__lte=now - PAID_POLLING[0][1],
        order__is_historical=False,
    ).exclude(provider_id="")
    ordered = paid.order_by(F("polled_at").asc(nulls_first=True), "paid_at")
    return list(ordered.values_list("id", flat=True)[:limit])


def refunds_under_way(*, payment_id: UUID) -> list[UUID]:
    """Given to the provider, which has not said yet that the money is back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM ticketing_refund WHERE payment_id = %s AND state = %s", [payment_id, Refund.State.PENDING]
        )
        return [refund_id for (refund_id,) in cursor.fetchall()]


def refunds_to_poll(*, now: datetime, limit: int) -> list[UUID]:
    """Refunds take days; those of the last month are asked about in turn, the webhook is quicker."""
    under_way = Refund.objects.filter(
        state=Refund.State.PENDING, requested_at__gt=now - timedelta(days=31), requested_at__lte=now - REFUND_INTERVAL
    )
    return list(under_way.order_by("?").values_list("id", flat=True)[:limit])
