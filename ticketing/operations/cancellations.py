"""Cancelling sold places: the tickets end, the places come back, the money goes back where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import GiftCardCancelled, PlacesFreed, TicketsCancelled
from ticketing.models import (
    Chargeback,
    Document,
    DocumentSeries,
    GiftCard,
    Order,
    OrderLine,
    Payment,
    PaymentAllocation,
    Scan,
    Ticket,
)
from ticketing.money import ZERO
from ticketing.operations import documents, gift_cards, invoices, ledger
from ticketing.operations.entitlements import give_back_slots
from ticketing.operations.refunds import request_refund, settle_up
from ticketing.queries.cancelling import cancel_deadline


class NothingToCancel(TicketingError):
    code = "nothing_to_cancel"
    message = _("These tickets have been cancelled already.")
    status = 409


class TooLateToCancel(TicketingError):
    code = "too_late_to_cancel"
    message = _("Cancelling was possible until %(hours)s hours before the start. Ask the box office.")
    status = 409


class NotCancellable(TicketingError):
    code = "not_cancellable"
    message = _("This house does not take tickets back. Ask the box office.")
    status = 409


class MoneyTakenBack(TicketingError):
    """The bank gave it back once; cancelling would give it back twice."""

    code = "charged_back"
    message = _("The payment for this order was taken back through the bank. Ask the box office.")
    status = 409


class CardInUse(TicketingError):
    code = "card_in_use"
    message = _("Only a gift card that was sold and not used at all can be given back.")
    status = 409


class AlreadyScanned(TicketingError):
    code = "already_scanned"
    message = _("These tickets have been used at the door.")
    status = 409


def cancel_tickets(
    *, order_id: UUID, ticket_ids: Iterable[int], now: datetime, by_staff: bool = False, reason: str = "customer"
) -> Decimal:
    """Cancel some or all tickets of a paid order; returns what goes back to the customer.

    Raises NothingToCancel, TooLateToCancel, NotCancellable, MoneyTakenBack, AlreadyScanned. Staff are bound
    by the last only.
    """
    wanted = set(ticket_ids)
    with transaction.atomic():
        order = Order.objects.select_for_update(of=("self",)).select_related("house").get(id=order_id)
        found = list(
            Ticket.objects.select_related("line__performance", "line__house")
            .filter(line__order=order, id__in=wanted, state=Ticket.State.VALID)
            .order_by("id")
        )
        if not found or len(found) != len(wanted):
            raise NothingToCancel
        if not by_staff:
            check_term(found, now=now)
            if Chargeback.objects.filter(payment__order=order, reversed_at=None).exists():
                raise MoneyTakenBack
        if Scan.objects.filter(ticket__in=found, result=Scan.Result.ACCEPTED).exists():
            raise AlreadyScanned
        ended = _append_cancellations(found, now=now)
        _free_places(order, found, now=now)
        give_back_slots(line_ids=[ticket.line_id for ticket in found])
        ledger.write([ledger.cancellation(order, [ticket.line for ticket in found])], now=now)
        amount = _refund(order, [ticket.line for ticket in found], reason=reason, now=now)
        record(
            TicketsCancelled(order_id=order.id, ticket_ids=tuple(ticket.id for ticket in found), amount=amount),
            now=now,
        )
        for performance_id in sorted({ticket.performance_id for ticket in found}):
            freed = sum(ticket.performance_id == performance_id for ticket in found)
            record(PlacesFreed(performance_id=performance_id, count=freed), now=now)
        credited = invoices.record_credits(order, ended, now=now)
        _write_coupons(order, found, lines=ended, now=now)
        invoices.number_all(credited, kind=DocumentSeries.Kind.CREDIT_NOTE, now=now)
    return amount


def cancel_gift_card(*, card_id: int, now: datetime, reason: str = "withdrawn") -> Decimal:
    """A gift card is for no date, so its buyer may change their mind; returns what goes back to them."""
    with transaction.atomic():
        line = OrderLine.objects.filter(gift_card=card_id).first()
        if line is None:
            raise CardInUse
        order = Order.objects.select_for_update(of=("self",)).get(id=line.order_id)
        card = GiftCard.objects.select_for_update().get(id=card_id)
        if gift_cards.take_back(card, now=now) != card.value:
            raise CardInUse
        GiftCard.objects.filter(id=card_id).update(blocked_at=now)
        ended = OrderLine.objects.bulk_create([_ending(line, now=now)])
        ledger.write([ledger.cancellation(order, [line])], now=now)
        amount = _refund(order, [line], reason=reason, now=now)
        record(GiftCardCancelled(order_id=order.id, card_id=card_id, amount=amount), now=now)
        credited = invoices.record_credits(order, ended, now=now)
        invoices.number_all(credited, kind=DocumentSeries.Kind.CREDIT_NOTE, now=now)
    return amount


def check_term(found: Sequence[Ticket], *, now: datetime) -> None:
    """Whether a customer may still give these back; they come with their line, its performance and its house."""
    for ticket in found:
        performance, hours = ticket.line.performance, ticket.line.house.cancel_until_hours
        assert performance is not None
        deadline = cancel_deadline(state=performance.state, starts_at=performance.starts_at, until_hours=hours)
        if deadline is None:
            raise NotCancellable
        if now > deadline:
            raise TooLateToCancel(hours=hours)


def _append_cancellations(found: Sequence[Ticket], *, now: datetime) -> list[OrderLine]:
    Ticket.objects.filter(id__in=[ticket.id for ticket in found]).update(state=Ticket.State.CANCELLED, cancelled_at=now)
    return OrderLine.objects.bulk_create([_ending(ticket.line, now=now) for ticket in found])


def _ending(line: OrderLine, *, now: datetime) -> OrderLine:
    """The line that takes back all of another."""
    return OrderLine(
        order_id=line.order_id,
        kind=OrderLine.Kind.CANCELLATION,
        house_id=line.house_id,
        performance_id=line.performance_id,
        price_type_id=line.price_type_id,
        family=line.family,
        gross=-line.gross,
        components=[
            component | {name: str(-Decimal(component[name])) for name in ("gross", "vat")}
            for component in line.components
        ],
        description=line.description,
        replaces=line,
        created_at=now,
    )


def _free_places(order: Order, found: Sequence[Ticket], *, now: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE ticketing_place SET state = 'available', holder = NULL
            WHERE id = ANY(%s) AND state = 'sold' AND holder = %s
            """,
            [[ticket.place_id for ticket in found], order.id],
        )


def _refund(order: Order, lines: Sequence[OrderLine], *, reason: str, now: datetime) -> Decimal:
    """One leg per payment, for exactly what that payment had paid for these lines."""
    shares = (
        PaymentAllocation.objects.filter(line__in=lines)
        .values("payment_id")
        .annotate(amount=Sum("amount"))
        .order_by("payment_id")
    )
    total = ZERO
    for share in shares:
        leg = Payment.objects.select_related("gift_card", "account").get(id=share["payment_id"])
        # Only a bank can leave less than the share: then the money is with the customer already.
        amount = share["amount"] - max(ZERO, settle_up(order, leg, now=now))
        if amount > 0:
            request_refund(order, leg, amount=amount, reason=reason, now=now)
            total += amount
    return total


def _write_coupons(order: Order, found: Sequence[Ticket], *, lines: Sequence[OrderLine], now: datetime) -> None:
    """Every cancelled ticket has a numbered coupon that names it: issued minus cancelled can always be counted."""
    by_house: dict[int, list[Document]] = {}
    for ticket, line in zip(found, lines, strict=True):
        by_house.setdefault(line.house_id, []).append(
            Document(order=order, ticket=ticket, content={"ticket": ticket.code, "amount": str(line.gross)})
        )
    for house_id, coupons in sorted(by_house.items()):
        documents.number(coupons, house_id=house_id, kind=DocumentSeries.Kind.CANCELLATION_COUPON, now=now)
