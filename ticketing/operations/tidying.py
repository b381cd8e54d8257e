"""Ending what time has ended: unpaid orders, offers nobody took, baskets left behind.

Nothing depends on this being prompt. A lapsed hold is free before it is tidied, and an order that is given up too
early gets its places back or its money returned.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from outbox.errors import Rejected, Unavailable
from ticketing.models import Basket, Order, Payment
from ticketing.operations import idempotency, inventory, retention, waiting_list
from ticketing.operations.abandonments import abandon
from ticketing.operations.payments import OPEN_STATES, settle, sync
from ticketing.operations.printing import forget_old_paper

logger = logging.getLogger(__name__)

BATCH = 200
KEEP_BASKETS = timedelta(days=2)
# An order without anything to pay is settled in the request; a process that died in between leaves it to this.
UNSETTLED = timedelta(seconds=30)


def expire_orders(*, now: datetime) -> int:
    """Give up orders whose time to pay is over, after asking the provider one last time. Returns how many."""
    ended = 0
    overdue = Order.objects.filter(
        state__in=[Order.State.PREPARING, Order.State.AWAITING_PAYMENT], expires_at__lte=now
    ).order_by("expires_at")
    for order_id in list(overdue.values_list("id", flat=True)[:BATCH]):
        if _is_last_word(order_id, now=now):
            ended += abandon(order_id=order_id, reason="expired", now=now)
    return ended


def _is_last_word(order_id: UUID, *, now: datetime) -> bool:
    """Whether the provider has nothing under way for this order; when it does not answer we wait."""
    for leg in Payment.objects.filter(order_id=order_id, means=Payment.Means.PROVIDER, state__in=OPEN_STATES):
        if not leg.provider_id:
            continue
        try:
            state = sync(payment_id=leg.id, now=now)
        except Unavailable:
            return False
        except Rejected as refused:
            logger.warning("payment unknown to the provider", extra={"reason": refused.reason})
            continue
        if state == Payment.State.PENDING:
            return False
    return True


def settle_forgotten(*, now: datetime) -> int:
    """Orders with nothing left to pay at a provider whose request died before it settled them."""
    waiting = (
        Order.objects.filter(state=Order.State.AWAITING_PAYMENT, placed_at__lte=now - UNSETTLED)
        .exclude(payments__means=Payment.Means.PROVIDER)
        .order_by("placed_at")
    )
    orders = list(waiting.values_list("id", flat=True)[:BATCH])
    for order_id in orders:
        settle(order_id=order_id, now=now)
    return len(orders)


def free_lapsed_places(*, now: datetime) -> int:
    """Write down that lapsed holds are over; they were free already."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE ticketing_place SET state = 'available', held_until = NULL, holder = NULL WHERE id IN (
                SELECT id FROM ticketing_place WHERE state = 'held' AND held_until <= %s
                LIMIT 2000 FOR UPDATE SKIP LOCKED
            )
            """,
            [now],
        )
        return int(cursor.rowcount)


def delete_old_baskets(*, now: datetime) -> int:
    """Baskets that never became an order keep nothing worth keeping, and may hold a name."""
    old = Basket.objects.filter(state=Basket.State.OPEN, expires_at__lte=now - KEEP_BASKETS).order_by("expires_at")
    ids = list(old.values_list("id", flat=True)[:BATCH])
    deleted, _by_table = Basket.objects.filter(id__in=ids).delete()
    return deleted


DUTIES = (
    settle_forgotten,
    expire_orders,
    free_lapsed_places,
    inventory.release_due_blocks,
    waiting_list.serve,
    waiting_list.lapse,
    waiting_list.offer_free,
    waiting_list.forget_unproved,
    delete_old_baskets,
    forget_old_paper,
    idempotency.forget_old_answers,
)


# What nobody waits for: once a night is enough.
NIGHTLY_DUTIES = (
    retention.forget_ended_sessions,
    retention.forget_who_waited,
    retention.forget_unproved_accounts,
    retention.forget_unpaid_buyers,
)


def tidy(*, now: datetime) -> None:
    """Everything above, blocks and the waiting list, for the timetable."""
    _do(DUTIES, now=now)


def tidy_nightly(*, now: datetime) -> None:
    _do(NIGHTLY_DUTIES, now=now)


def _do(duties: Iterable[Callable[..., int]], *, now: datetime) -> None:
    """One that fails does not keep the others."""
    failures = []
    for duty in duties:
        try:
            duty(now=now)
        except Exception as failure:  # whatever it is: the rest must be done all the same
            failures.append(failure)
    if failures:
        raise ExceptionGroup("not everything could be tidied", failures)
