"""How an order that nobody paid ends: its places, codes and cards are free again, or its buyer gets the basket back."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from outbox.recording import record
from ticketing.facts import OrderAbandoned
from ticketing.identifiers import uuid7
from ticketing.models import Basket, Order, Payment
from ticketing.operations import baskets, gift_cards
from ticketing.operations.entitlements import give_back_slots


def abandon(*, order_id: UUID, reason: str, now: datetime, keep_places: bool = False) -> bool:
    """End an unpaid order. With `keep_places` its basket opens again still holding them; else they are free at once.

    Returns False when there was nothing to end: it is paid, or was ended before.
    """
    with transaction.atomic():
        order = Order.objects.select_for_update().get(id=order_id)
        if order.state not in (Order.State.PREPARING, Order.State.AWAITING_PAYMENT):
            return False
        end_unpaid(order, reason=reason, now=now, keep_places=keep_places)
    return True


def end_unpaid(order: Order, *, reason: str, now: datetime, keep_places: bool) -> None:
    """As `abandon`, for a caller that has the order locked."""
    basket_id = order.basket_id or uuid7()
    until = now + timedelta(minutes=baskets.MORE_MINUTES)
    with connection.cursor() as cursor:
        if keep_places:
            cursor.execute(
                """
                UPDATE ticketing_place SET state = 'held', held_until = %s, holder = %s
                WHERE id IN (SELECT place_id FROM ticketing_orderline WHERE order_id = %s)
                  AND state = 'reserved' AND holder = %s
                """,
                [until, basket_id, order.id, order.id],
            )
        else:
            cursor.execute(
                """
                UPDATE ticketing_place SET state = 'available', held_until = NULL, holder = NULL
                WHERE id IN (SELECT place_id FROM ticketing_orderline WHERE order_id = %s)
                  AND state = 'reserved' AND holder = %s
                """,
                [order.id, order.id],
            )
    Basket.objects.filter(id=basket_id).update(
        state=Basket.State.OPEN, expires_at=until if keep_places else now, email=order.email,
        first_name=order.first_name, last_name=order.last_name,
    )  # fmt: skip
    for leg in order.payments.select_related("gift_card").filter(
        means=Payment.Means.GIFT_CARD, state=Payment.State.PAID
    ):
        gift_cards.return_to_card(leg, amount=leg.amount, now=now)
        Payment.objects.filter(id=leg.id).update(state=Payment.State.CANCELLED)
    give_back_slots(line_ids=list(order.lines.values_list("id", flat=True)))
    order.state, order.abandoned_at, order.abandon_reason = Order.State.ABANDONED, now, reason
    order.save(update_fields=["state", "abandoned_at", "abandon_reason"])
    record(OrderAbandoned(order_id=order.id, reason=reason), now=now)
