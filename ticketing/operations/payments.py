"""Payments: ask the provider, hear what it says, and make an order paid exactly once.

Whatever order the provider's messages come in, an order is never paid without its tickets and never has tickets
without being paid: both happen in one transaction, under the order's lock.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from outbox.errors import Rejected, Unavailable
from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import OrderPaid, OrderRefundedInFull
from ticketing.models import (
    Basket,
    GiftCard,
    Order,
    OrderLine,
    Payment,
    PaymentAllocation,
)
from ticketing.money import ZERO, spread
from ticketing.operations import gift_cards, ledger, tickets
from ticketing.operations.abandonments import abandon, end_unpaid
from ticketing.operations.entitlements import NoSlotLeft, take_slots
from ticketing.operations.payment_legs import GRACE, CannotPayHere
from ticketing.operations.refunds import book_chargebacks, provider_of, request_refund
from ticketing.operations.rows import insert_rows
from ticketing.operations.tariffs import CodeUsedUp, check_codes
from ticketing.ports import (
    PaymentRequest,
    ProviderPayment,
    ProviderState,
    Split,
    payment_provider,
)
from ticketing.queries.kept_terms import sale_terms_of

logger = logging.getLogger(__name__)


class ProviderUnavailable(TicketingError):
    code = "payment_unavailable"
    message = _("The payment service does not answer. Your places stay reserved; try again in a moment.")
    status = 503


_STATES = {
    ProviderState.OPEN: Payment.State.OPEN,
    ProviderState.PENDING: Payment.State.PENDING,
    ProviderState.PAID: Payment.State.PAID,
    ProviderState.FAILED: Payment.State.FAILED,
    ProviderState.CANCELLED: Payment.State.CANCELLED,
    ProviderState.EXPIRED: Payment.State.EXPIRED,
}
OPEN_STATES = (Payment.State.CREATED, Payment.State.OPEN, Payment.State.PENDING)


def _at_provider() -> QuerySet[Payment]:
    """With what a provider is told, and no more: this is read for every buyer."""
    return Payment.objects.select_related("account", "order__house").only(
        "means", "amount", "state", "idempotency_key", "method", "checkout_url", "expires_at",
        "account__provider", "account__settings",
        "order__reference", "order__language", "order__link_secret",
        "order__house__slug", "order__house__name", "order__house__programme_version",
    )  # fmt: skip


def start(*, order_id: UUID, return_url: Callable[[Order], str], now: datetime) -> str:
    """The address where the buyer pays, or "" when nothing is left to pay and the order is paid already.

    Asking twice gives the same payment: the idempotency key was stored with the order.
    """
    leg = _at_provider().filter(order_id=order_id, means=Payment.Means.PROVIDER).order_by("-created_at").first()
    if leg is None:
        settle(order_id=order_id, now=now)
        return ""
    if leg.checkout_url or leg.state not in OPEN_STATES:
        return leg.checkout_url
    try:
        return _create_at_provider(leg.order, leg, return_url=return_url(leg.order)).checkout_url
    except Rejected as refused:
        logger.error("payment refused by the provider", extra={"reason": refused.reason})
        abandon(order_id=order_id, reason="payment_refused", keep_places=True, now=now)
        raise CannotPayHere from refused


def _create_at_provider(order: Order, leg: Payment, *, return_url: str) -> ProviderPayment:
    assert leg.account is not None
    routing = leg.account.settings.get("routing", {})
    request = PaymentRequest(
        payment_id=leg.id,
        order_reference=order.reference,
        amount=leg.amount,
        description=f"{order.house.name} {order.reference}",
        language=order.language,
        return_url=return_url,
        webhook_url=f"{settings.SITE_URL}/webhooks/{leg.account.provider}/",
        idempotency_key=str(leg.idempotency_key),
        expires_at=leg.expires_at,
        method=leg.method,
        splits=tuple(
            Split(destination=routing[split.house.slug], amount=split.amount)
            for split in leg.splits.select_related("house").order_by("house_id")
            if split.house_id != order.house_id
        )
        if routing
        else (),
    )
    try:
        created = provider_of(leg).create(request)
    except Unavailable as down:
        raise ProviderUnavailable from down
    Payment.objects.filter(id=leg.id, state=Payment.State.CREATED).update(
        provider_id=created.provider_id, checkout_url=created.checkout_url, state=_STATES[created.state]
    )
    _wait_as_long(order, leg, created)
    return created


def _wait_as_long(order: Order, leg: Payment, created: ProviderPayment) -> None:
    """The places stay reserved for as long as the provider lets the buyer pay, however long we had in mind."""
    if created.expires_at and leg.expires_at and created.expires_at > leg.expires_at + GRACE / 2:
        Payment.objects.filter(id=leg.id).update(expires_at=created.expires_at)
        Order.objects.filter(id=order.id, state=Order.State.AWAITING_PAYMENT).update(
            expires_at=created.expires_at + GRACE
        )


ASKING = timedelta(seconds=3)


def is_being_asked(*, payment_id: UUID, now: datetime) -> bool:
    """Whether the provider was asked about a payment a moment ago: a webhook and its buyer arrive together."""
    return Payment.objects.filter(id=payment_id, polled_at__gt=now - ASKING).exists()


# The moment is noted before the call: a payment nobody answers for must not stay first in the queue.
_ASK = """
UPDATE ticketing_payment leg SET polled_at = %s
FROM ticketing_paymentaccount account
WHERE leg.id = %s AND leg.means = 'provider' AND leg.provider_id <> '' AND account.id = leg.account_id
RETURNING leg.provider_id, account.provider, account.settings::text
"""


def sync(*, payment_id: UUID, now: datetime) -> Payment.State:
    """Ask the provider how a payment stands and act on it. Raises Unavailable when it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute(_ASK, [now, payment_id])
        asked = cursor.fetchone()
    if asked is None:
        # Without an id the answer to `create` was lost, so nobody was ever sent to pay; the next press of the pay
        # button asks for the same payment again.
        return Payment.State(Payment.objects.values_list("state", flat=True).get(id=payment_id))
    provider_id, provider, account = asked
    found = payment_provider(provider, json.loads(account)).fetch(provider_id)
    _apply(payment_id, state=found, now=now)
    return _STATES[found.state]


def apply_provider_state(*, provider: str, provider_id: str, state: ProviderPayment, now: datetime) -> None:
    """Bring a payment to what the provider says; hearing the same twice changes nothing. Strangers are ignored."""
    known = Payment.objects.filter(account__provider=provider, provider_id=provider_id)
    payment_id = known.values_list("id", flat=True).first()
    if payment_id is not None:
        _apply(payment_id, state=state, now=now)


def _apply(payment_id: UUID, *, state: ProviderPayment, now: datetime) -> None:
    with transaction.atomic():
        # Both rows are locked, so that a message that had to wait sees what the one before it wrote. Not their keys:
        # whoever has the order locked may still add a refund to the payment.
        leg = (
            Payment.objects.select_for_update(of=("self", "order"), no_key=True)
            .select_related("order")
            .get(id=payment_id)
        )
        if leg.state in OPEN_STATES or (state.state == ProviderState.PAID and leg.state != Payment.State.PAID):
            _move(leg.order, leg, state=state, now=now)
        if state.chargebacks:
            book_chargebacks(leg.order, leg, state=state, now=now)


def _move(order: Order, leg: Payment, *, state: ProviderPayment, now: datetime) -> None:
    target = _STATES[state.state]
    if target == leg.state:
        return
    leg.state, leg.method = target, state.method or leg.method
    if target == Payment.State.PAID:
        leg.paid_at = state.paid_at or now
    leg.save(update_fields=["state", "method", "paid_at"])
    if target == Payment.State.PAID:
        _complete(order, leg, now=now)
    elif state.state.is_final and order.state in (Order.State.PREPARING, Order.State.AWAITING_PAYMENT):
        end_unpaid(
            order,
            reason=f"payment_{target.value}",
            keep_places=target in (Payment.State.FAILED, Payment.State.CANCELLED),
            now=now,
        )


def settle(*, order_id: UUID, now: datetime) -> None:
    """Make an order paid that has nothing left to pay at a provider."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(id=order_id)
        if order.state == Order.State.AWAITING_PAYMENT:
            _make_paid(order, legs=list(order.payments.select_related("gift_card")), now=now)


def _complete(order: Order, leg: Payment, *, now: datetime) -> None:
    """The money is there: give the places, or when they are gone give all of it back."""
    # Nothing else to read when this payment is the whole of it.
    legs = [leg] if leg.amount == order.total else list(order.payments.select_related("gift_card"))
    if order.state == Order.State.AWAITING_PAYMENT or (
        order.state == Order.State.ABANDONED and _take_back(order, legs=legs, now=now)
    ):
        _make_paid(order, legs=legs, now=now)
    else:
        ledger.write([ledger.unplaced_payment(order, leg), _routed(order, leg)], now=now)
        refund = request_refund(order, leg, amount=leg.amount, reason="places_gone", now=now)
        record(OrderRefundedInFull(order_id=order.id, amount=refund.amount), now=now)


def _take_back(order: Order, *, legs: list[Payment], now: datetime) -> bool:
    """Paid after it was given up: get the same places again, all of them, every code and every gift card, or none."""
    lines = list(order.lines.all())
    places = [line.place_id for line in lines if line.kind == OrderLine.Kind.PLACE]
    try:
        with transaction.atomic():
            check_codes(lines)
            with connection.cursor() as cursor:
                cursor.execute(
                    """
                    UPDATE ticketing_place SET state = 'reserved', held_until = NULL, holder = %(order)s
                    WHERE id = ANY(%(places)s) AND (state = 'available'
                        OR (state = 'held' AND (held_until <= %(now)s OR holder = %(basket)s)))
                    """,
                    {"order": order.id, "places": places, "now": now, "basket": order.basket_id},
                )
                if cursor.rowcount != len(places):
                    raise _Gone
            for leg in legs:
                if leg.means == Payment.Means.GIFT_CARD and leg.state == Payment.State.CANCELLED:
                    card = GiftCard.objects.select_for_update().get(payments=leg)
                    if gift_cards.balance(card, now=now) < leg.amount:
                        raise _Gone
                    gift_cards.debit(card, leg, now=now)
                    leg.state = Payment.State.PAID
                    leg.save(update_fields=["state"])
            terms = sale_terms_of(line.performance_id for line in lines if line.performance_id)
            take_slots(lines, terms=terms, customer_id=order.customer_id, now=now)
            Basket.objects.filter(orders=order).update(state=Basket.State.ORDERED)
    except (_Gone, NoSlotLeft, CodeUsedUp):
        return False
    return True


class _Gone(Exception):
    pass


# What tickets and ledger take from a line.
_SOLD = (
    "order_id", "kind", "house_id", "place_id", "price_type_id", "family", "gross", "components",
    "performance__production_id",
)  # fmt: skip


def _make_paid(order: Order, *, legs: list[Payment], now: datetime) -> None:
    """Everything that makes a sale a sale, in the caller's transaction and under the order's lock."""
    paid = [leg for leg in legs if leg.state == Payment.State.PAID]
    if sum((leg.amount for leg in paid), ZERO) != order.total:
        return  # another leg is still to come
    lines = list(order.lines.select_related("performance").only(*_SOLD))
    places = [line.place_id for line in lines if line.kind == OrderLine.Kind.PLACE]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ticketing_place SET state = 'sold' WHERE id = ANY(%s) AND state = 'reserved' AND holder = %s",
            [places, order.id],
        )
        if cursor.rowcount != len(places):
            raise RuntimeError(f"order {order.reference} lost a place it had reserved")
    tickets.issue(lines, now=now)
    for line in lines:
        if line.kind == OrderLine.Kind.GIFT_CARD:
            gift_cards.issue(house_id=line.house_id, value=line.gross, line=line, now=now)
    _allocate(paid, lines)
    # Nobody else's places, nobody else's money.
    is_shared = any(line.house_id != order.house_id for line in lines)
    shared = [_routed(order, leg) for leg in paid if is_shared and leg.means == Payment.Means.PROVIDER]
    ledger.write([ledger.sale(order, lines), ledger.payment(order, paid), *shared], now=now)
    order.state, order.paid_at = Order.State.PAID, now
    order.save(update_fields=["state", "paid_at"])
    record(OrderPaid(order_id=order.id, total=order.total), now=now)


def _routed(order: Order, leg: Payment) -> ledger.Booking:
    return ledger.routed(order, leg, leg.splits.exclude(house_id=order.house_id).order_by("house_id"))


def _allocate(legs: list[Payment], lines: list[OrderLine]) -> None:
    """How much of each payment paid for which line, to the cent both ways."""
    open_amounts = [line.gross for line in lines]
    rows = []
    for leg in legs:
        if not leg.amount:
            continue
        parts = spread(leg.amount, open_amounts)
        open_amounts = [left - part for left, part in zip(open_amounts, parts, strict=True)]
        rows += [
            PaymentAllocation(payment=leg, line=line, amount=part)
            for line, part in zip(lines, parts, strict=True)
            if part
        ]
    insert_rows(rows)
