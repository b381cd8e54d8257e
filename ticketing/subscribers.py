"""What the kernel itself does after a fact, out of the buyer's sight: write to people, give money back, make offers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from outbox.subscribing import subscriber
from ticketing.facts import (
    ChangeConfirmationAsked,
    DocumentIssued,
    GiftCardCancelled,
    OrderAbandoned,
    OrderPaid,
    OrderRefundedInFull,
    PerformanceChanged,
    PlacesFreed,
    RefundRequested,
    TicketsCancelled,
    WaitingListAsked,
    WaitingListJoined,
    WaitingListOffered,
)
from ticketing.mails import document_letters, order_letters, waiting_letters
from ticketing.operations import refunds, waiting_list
from ticketing.operations.printing import forget_rendered_tickets

# What a printed ticket says and would no longer be true.
CHANGES_ON_PAPER = ("changed", "moved")


@subscriber(RefundRequested, pushes_present=False)
def send_refund(fact: RefundRequested, *, now: datetime) -> None:
    refunds.send_refund(refund_id=fact.refund_id, now=now)


@subscriber(PlacesFreed)
def offer_to_waiting_list(fact: PlacesFreed, *, now: datetime) -> None:
    waiting_list.offer_next(performance_id=fact.performance_id, now=now)


@subscriber(OrderPaid)
def mail_tickets(fact: OrderPaid, *, now: datetime) -> None:
    order_letters.send_tickets(fact.order_id, now=now)


@subscriber(OrderRefundedInFull)
def mail_refund(fact: OrderRefundedInFull, *, now: datetime) -> None:
    order_letters.send_refunded(fact.order_id, amount=fact.amount, now=now)


@subscriber(TicketsCancelled, pushes_present=False)
def mail_cancellation(fact: TicketsCancelled, *, now: datetime) -> None:
    order_letters.send_cancelled(fact.order_id, ticket_ids=fact.ticket_ids, amount=fact.amount, now=now)


@subscriber(GiftCardCancelled, pushes_present=False)
def mail_gift_card_cancellation(fact: GiftCardCancelled, *, now: datetime) -> None:
    order_letters.send_gift_card_cancelled(fact.order_id, card_id=fact.card_id, amount=fact.amount, now=now)


@subscriber(OrderAbandoned)
def mail_not_paid(fact: OrderAbandoned, *, now: datetime) -> None:
    order_letters.send_not_paid(fact.order_id, reason=fact.reason, now=now)


@subscriber(ChangeConfirmationAsked)
def mail_question(fact: ChangeConfirmationAsked, *, now: datetime) -> None:
    order_letters.send_confirmation(fact.change_id, now=now)


@subscriber(DocumentIssued, pushes_present=False)
def mail_document(fact: DocumentIssued, *, now: datetime) -> None:
    document_letters.send_document(fact.document_id, now=now)


@subscriber(WaitingListAsked)
def mail_waiting_question(fact: WaitingListAsked, *, now: datetime) -> None:
    waiting_letters.send_question(fact.entry_id, now=now)


@subscriber(WaitingListJoined)
def mail_waiting(fact: WaitingListJoined, *, now: datetime) -> None:
    waiting_letters.send_joined(fact.entry_id, now=now)


@subscriber(WaitingListOffered)
def mail_offer(fact: WaitingListOffered, *, now: datetime) -> None:
    waiting_letters.send_offered(fact.entry_id, now=now)


@subscriber(PerformanceChanged)
def forget_printed_night(fact: PerformanceChanged, *, now: datetime) -> None:
    """A new hour or another hall: tickets are rendered anew for whoever asks next."""
    if fact.change in CHANGES_ON_PAPER:
        forget_rendered_tickets(documents=Q(order__lines__performance=fact.performance_id))
