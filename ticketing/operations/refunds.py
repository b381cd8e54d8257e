"""Money that goes back, once: a bank may take the same money at any moment, also while the provider is being asked.

What the provider did is what gets booked. So a refund is noted as asked for before the provider hears of it; from then
on only the provider's answer says what became of it, however often the question has to be repeated. A refund nobody has
asked for yet gives way to a bank at once.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from outbox.errors import Rejected
from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import PaymentChargedBack, RefundFinished, RefundRequested
from ticketing.models import Chargeback, Order, Payment, Refund
from ticketing.money import ZERO
from ticketing.operations import gift_cards, ledger
from ticketing.ports import PaymentProvider, ProviderPayment, ProviderRefund, RefundState, payment_provider
from ticketing.queries.refunds import standing_of


class NothingToRetry(TicketingError):
    code = "nothing_to_retry"
    message = _("This refund has not failed, or its amount has gone back in another way.")
    status = 409


State = Refund.State
_STATES = {
    RefundState.PENDING: State.PENDING,
    RefundState.REFUNDED: State.REFUNDED,
    RefundState.FAILED: State.FAILED,
}
_ENDED = (State.REFUNDED, State.FAILED)


def provider_of(leg: Payment) -> PaymentProvider:
    assert leg.account is not None
    return payment_provider(leg.account.provider, leg.account.settings)


def request_refund(order: Order, leg: Payment, *, amount: Decimal, reason: str, now: datetime) -> Refund:
    """Give back part of a payment, for a caller that has the order locked. Gift cards get it at once."""
    refund = Refund.objects.create(payment=leg, amount=amount, reason=reason, requested_at=now)
    if leg.means == Payment.Means.GIFT_CARD:
        gift_cards.return_to_card(leg, amount=amount, refund=refund, now=now)
        _end(order, refund, State.REFUNDED, now=now)
    else:
        record(RefundRequested(order_id=order.id, refund_id=refund.id), now=now)
    return refund


def retry_refund(*, refund_id: UUID, now: datetime) -> Refund:
    """Ask once more for money the provider could not give back; the failed attempt stays as it is."""
    with transaction.atomic():
        failed = Refund.objects.select_related("payment").get(id=refund_id)
        order = Order.objects.select_for_update().get(id=failed.payment.order_id)
        failed.refresh_from_db()
        amount = min(failed.amount, standing_of(failed.payment).owed)
        if failed.state != State.FAILED or amount <= 0:
            raise NothingToRetry
        return request_refund(order, failed.payment, amount=amount, reason=failed.reason, now=now)


def send_refund(*, refund_id: UUID, now: datetime) -> None:
    """Ask the provider to give the money back, or how far it is. Raises Unavailable to be called again."""
    refund = Refund.objects.select_related("payment__account", "payment__order").get(id=refund_id)
    if refund.state in _ENDED:
        return
    leg = refund.payment
    if refund.provider_id:
        answer: ProviderRefund | None = provider_of(leg).fetch_refund(leg.provider_id, refund.provider_id)
    else:
        answer = _ask(refund, now=now)
    if answer is not None:
        _hear(refund, answer, now=now)


def _ask(refund: Refund, *, now: datetime) -> ProviderRefund | None:
    """None when a bank was quicker."""
    leg, key = refund.payment, str(refund.idempotency_key)
    provider = provider_of(leg)
    if refund.state == State.ASKED:
        # Asked before, and nobody heard the answer. A provider forgets keys, so it is not asked blindly again.
        made = provider.find_refund(leg.provider_id, idempotency_key=key)
        if made is not None:
            return made
    elif not _note_asked(refund):
        return None
    try:
        return provider.refund(
            leg.provider_id, amount=refund.amount, description=leg.order.reference, idempotency_key=key
        )
    except Rejected:
        # An answer we cannot read is a refusal too; only the provider's list says that there is no such refund.
        made = provider.find_refund(leg.provider_id, idempotency_key=key)
        if made is None and not _give_way(refund, provider.fetch(leg.provider_id), now=now):
            raise
        return made


def _note_asked(refund: Refund) -> bool:
    with transaction.atomic():
        Order.objects.select_for_update().get(id=refund.payment.order_id)
        waiting = Refund.objects.filter(id=refund.id, state=State.REQUESTED)
        return bool(waiting.update(state=State.ASKED))


def _give_way(refund: Refund, state: ProviderPayment, *, now: datetime) -> bool:
    """The provider has made no such refund. When that is the bank's doing, only what the bank left goes back."""
    with transaction.atomic():
        order = Order.objects.select_for_update().get(id=refund.payment.order_id)
        leg = refund.payment
        book_chargebacks(order, leg, state=state, now=now)
        refund = Refund.objects.get(id=refund.id)
        if refund.state != State.ASKED:
            return True
        if not standing_of(leg).is_short:
            refund.state = State.REQUESTED  # nobody has it, so a bank that comes later may still be quicker
            refund.save(update_fields=["state"])
            return False
        _end(order, refund, State.FAILED, now=now)
        settle_up(order, leg, now=now)
        _request_what_is_left(order, refund, at_most=standing_of(leg).owed, now=now)
    return True


def _hear(refund: Refund, answer: ProviderRefund, *, now: datetime) -> None:
    with transaction.atomic():
        order = Order.objects.select_for_update().get(id=refund.payment.order_id)
        refund = Refund.objects.select_related("payment").get(id=refund.id)
        # One that failed without the provider had given way to a bank; if it was made all the same, that is the truth.
        if refund.state == State.REFUNDED or (refund.state == State.FAILED and refund.provider_id):
            return
        refund.provider_id = answer.provider_id
        if answer.state == RefundState.PENDING:
            refund.state, refund.finished_at = State.PENDING, None
            refund.save(update_fields=["state", "provider_id", "finished_at"])
        else:
            _end(order, refund, _STATES[answer.state], now=now)
        settle_up(order, refund.payment, now=now)


def _end(order: Order, refund: Refund, state: Refund.State, *, now: datetime) -> None:
    refund.state, refund.finished_at = state, now
    refund.save(update_fields=["state", "provider_id", "finished_at"])
    succeeded = state == State.REFUNDED
    if succeeded:
        ledger.write([ledger.refund(order, refund.payment, refund.amount)], now=now)
    record(RefundFinished(order_id=order.id, refund_id=refund.id, succeeded=succeeded), now=now)


# -- banks -----------------------------------------------------------------------------------------------------------


def book_chargebacks(order: Order, leg: Payment, *, state: ProviderPayment, now: datetime) -> None:
    """What a bank took, and gave back, since the last time; for a caller that has the order locked."""
    known = {row.provider_id: row for row in leg.chargebacks.all()}
    for found in state.chargebacks:
        row = known.get(found.provider_id)
        if row is None:
            row = Chargeback.objects.create(
                payment=leg,
                provider_id=found.provider_id,
                amount=found.amount,
                reason=found.reason,
                charged_back_at=found.created_at,
            )
            ledger.write([ledger.chargeback(order, leg, found.amount)], now=now)
            record(PaymentChargedBack(order_id=order.id, payment_id=leg.id, amount=found.amount), now=now)
            settle_up(order, leg, now=now)
        if found.reversed_at and row.reversed_at is None:
            row.reversed_at = found.reversed_at
            row.save(update_fields=["reversed_at"])
            ledger.write([ledger.chargeback_reversal(order, leg, found.amount)], now=now)
            settle_up(order, leg, now=now)


def settle_up(order: Order, leg: Payment, *, now: datetime) -> Decimal:
    """What a bank took is not owed a second time, and what it returns is owed after all. Again it changes nothing.

    Returns how much more of what is owed the bank has settled, for a caller that has the order locked.
    """
    if not leg.chargebacks.exists():
        return ZERO
    standing = standing_of(leg)
    change = standing.for_the_bank - standing.settled
    ledger.write([ledger.chargeback_settled(order, leg, change)], now=now)
    _cut_waiting(order, leg, standing.sent + standing.waiting - standing.going_back, now=now)
    returned = min(-change, standing.owed - change)
    if returned > 0:
        request_refund(order, leg, amount=returned, reason="chargeback_reversed", now=now)
    return change


def _cut_waiting(order: Order, leg: Payment, excess: Decimal, *, now: datetime) -> None:
    """The bank was quicker than a refund nobody has asked the provider for yet: only what it left goes back."""
    for waiting in leg.refunds.filter(state=State.REQUESTED).order_by("requested_at", "id"):
        cut = min(excess, waiting.amount)
        if cut <= 0:
            return
        _end(order, waiting, State.FAILED, now=now)
        _request_what_is_left(order, waiting, at_most=waiting.amount - cut, now=now)
        excess -= cut


def _request_what_is_left(order: Order, refund: Refund, *, at_most: Decimal, now: datetime) -> None:
    """As a refund of its own, for the provider may know the first amount under its key already."""
    amount = min(refund.amount, at_most)
    if amount > 0:
        request_refund(order, refund.payment, amount=amount, reason=refund.reason, now=now)
