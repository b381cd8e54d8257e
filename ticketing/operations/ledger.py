"""Booking: which accounts a sale, a payment, a cancellation and a refund move. Nothing else writes the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from ticketing.identifiers import uuid7
from ticketing.models import Account, GiftCard, LedgerEntry, LedgerGroup, Order, OrderLine, Payment, PaymentSplit
from ticketing.money import ZERO
from ticketing.operations.rows import insert_rows

Kind = LedgerGroup.Kind


@dataclass(frozen=True)
class Booking:
    """One group still to be written; its entries sum to zero per house."""

    kind: LedgerGroup.Kind
    order: Order | None
    entries: Sequence[LedgerEntry]


def write(bookings: Iterable[Booking], *, now: datetime) -> None:
    """Two statements, however many groups. Groups without entries (nothing was owed) are left out."""
    groups, entries = [], []
    for booking in bookings:
        if not booking.entries:
            continue
        group = LedgerGroup(id=uuid7(), kind=booking.kind, order=booking.order, booked_at=now)
        groups.append(group)
        for entry in booking.entries:
            entry.group = group
            entry.booked_at = now
            entry.value_date = timezone.localdate(now)
            entries.append(entry)
    insert_rows(groups)
    insert_rows(entries)


def sale(order: Order, lines: Sequence[OrderLine]) -> Booking:
    """The customer owes the seller; each owner house earns its own lines, with the VAT inside them."""
    return Booking(Kind.SALE, order, [entry for line in lines for entry in _line_entries(order, line, sign=1)])


def cancellation(order: Order, lines: Sequence[OrderLine]) -> Booking:
    """The mirror of a sale: what was earned is given up, and owed back to the customer."""
    return Booking(Kind.CANCELLATION, order, [entry for line in lines for entry in _line_entries(order, line, sign=-1)])


def _line_entries(order: Order, line: OrderLine, *, sign: int) -> list[LedgerEntry]:
    production_id = line.performance.production_id if line.performance is not None else None

    def entry(house_id: int, account: Account, amount: Decimal, **more: object) -> LedgerEntry:
        return LedgerEntry(
            house_id=house_id,
            account=account,
            amount=sign * amount,
            performance_id=line.performance_id,
            production_id=production_id,
            price_type_id=line.price_type_id,
            family=line.family,
            channel_id=order.channel_id,
            line=line,
            **more,
        )

    owed = Account.RECEIVABLE if sign > 0 else Account.REFUNDS_DUE
    found = []
    if line.kind == OrderLine.Kind.GIFT_CARD:
        found.append(entry(line.house_id, Account.GIFT_CARDS, -line.gross))
    for part in line.components:
        gross, vat = Decimal(part["gross"]), Decimal(part["vat"])
        taxed = {"vat_rate": Decimal(part["vat_rate"]), "vat_rule_id": part["vat_rule"]}
        found.append(entry(line.house_id, _REVENUE[part["kind"]], vat - gross, **taxed))
        if vat:
            found.append(entry(line.house_id, Account.VAT, -vat, **taxed))
    if line.house_id != order.house_id:
        found.append(entry(line.house_id, Account.BETWEEN_HOUSES, line.gross, counterparty_id=order.house_id))
        found.append(entry(order.house_id, Account.BETWEEN_HOUSES, -line.gross, counterparty_id=line.house_id))
    found.append(entry(order.house_id, owed, line.gross))
    return [row for row in found if row.amount]


_REVENUE = {
    "ticket": Account.REVENUE_TICKETS,
    "fee": Account.REVENUE_FEES,
    "discount": Account.DISCOUNTS,
}


def payment(order: Order, payments: Sequence[Payment]) -> Booking:
    """Money has come in: what the customer owed is settled."""
    return Booking(
        Kind.PAYMENT,
        order,
        [entry for leg in payments for entry in _money_entries(order, leg, leg.amount, Account.RECEIVABLE)],
    )


def unplaced_payment(order: Order, leg: Payment) -> Booking:
    """Money for places that are gone: owed back at once, never earned."""
    return Booking(Kind.PAYMENT, order, _money_entries(order, leg, leg.amount, Account.REFUNDS_DUE))


def routed(order: Order, leg: Payment, splits: Iterable[PaymentSplit]) -> Booking:
    """The provider gave each owner house its part at once, so the seller owes it no more.

    A refund leaves the seller's account whole (the provider takes nothing back from others by itself): what the owner
    gives up with a cancellation is then owed to the seller, between the houses.
    """
    found = []
    for split in splits:
        for house_id, other_id, amount in (
            (split.house_id, order.house_id, split.amount),
            (order.house_id, split.house_id, -split.amount),
        ):
            common = {"house_id": house_id, "payment": leg, "channel_id": order.channel_id, "counterparty_id": other_id}
            found.append(LedgerEntry(account=Account.PROVIDER, amount=amount, **common))
            found.append(LedgerEntry(account=Account.BETWEEN_HOUSES, amount=-amount, **common))
    return Booking(Kind.PAYMENT, order, [row for row in found if row.amount])


def refund(order: Order, leg: Payment, amount: Decimal) -> Booking:
    """Money has gone back to where it came from."""
    return Booking(Kind.REFUND, order, _money_entries(order, leg, -amount, Account.REFUNDS_DUE))


def chargeback(order: Order, leg: Payment, amount: Decimal) -> Booking:
    return Booking(Kind.CHARGEBACK, order, _money_entries(order, leg, -amount, Account.CHARGEBACKS))


def chargeback_reversal(order: Order, leg: Payment, amount: Decimal) -> Booking:
    return Booking(Kind.CHARGEBACK_REVERSAL, order, _money_entries(order, leg, amount, Account.CHARGEBACKS))


def chargeback_settled(order: Order, leg: Payment, amount: Decimal) -> Booking:
    """What is owed back for cancelled places is what the bank took already; a negative amount undoes that."""
    if not amount:
        return Booking(Kind.CHARGEBACK, order, [])
    common = {"house_id": order.house_id, "payment": leg, "channel_id": order.channel_id}
    return Booking(
        Kind.CHARGEBACK,
        order,
        [
            LedgerEntry(account=Account.REFUNDS_DUE, amount=amount, **common),
            LedgerEntry(account=Account.CHARGEBACKS, amount=-amount, **common),
        ],
    )


def voucher_given(card: GiftCard) -> Booking:
    """Owed to whoever has the card, against what the house takes off its prices."""
    owed = LedgerEntry(house_id=card.house_id, account=Account.GIFT_CARDS, amount=-card.value)
    given = LedgerEntry(house_id=card.house_id, account=Account.DISCOUNTS, amount=card.value)
    return Booking(Kind.VOUCHER, None, [given, owed])


def voucher_taken_back(card: GiftCard, left: Decimal) -> Booking:
    """The mirror of a voucher given, for what is left of it."""
    given = LedgerEntry(house_id=card.house_id, account=Account.DISCOUNTS, amount=-left)
    owed = LedgerEntry(house_id=card.house_id, account=Account.GIFT_CARDS, amount=left)
    return Booking(Kind.VOUCHER, None, [given, owed])


def _money_entries(order: Order, leg: Payment, amount: Decimal, against: Account) -> list[LedgerEntry]:
    """`amount` in (positive) or out, through the means of this payment, against what was owed to or by the customer."""

    def entry(house_id: int, account: Account, value: Decimal, counterparty: int | None = None) -> LedgerEntry:
        return LedgerEntry(
            house_id=house_id,
            account=account,
            amount=value,
            payment=leg,
            channel_id=order.channel_id,
            counterparty_id=counterparty,
        )

    if amount == ZERO:
        return []
    if leg.means != Payment.Means.GIFT_CARD:
        return [entry(order.house_id, Account.PROVIDER, amount), entry(order.house_id, against, -amount)]
    assert leg.gift_card is not None
    issuer = leg.gift_card.house_id
    found = [entry(issuer, Account.GIFT_CARDS, amount), entry(order.house_id, against, -amount)]
    if issuer != order.house_id:
        found.append(entry(issuer, Account.BETWEEN_HOUSES, -amount, order.house_id))
        found.append(entry(order.house_id, Account.BETWEEN_HOUSES, amount, issuer))
    return found
