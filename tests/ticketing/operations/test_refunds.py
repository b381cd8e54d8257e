"""Money that goes back: to where it came from, once, and again when the provider could not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.core import mail
from django.db.models import Sum

from outbox.testing import drain_outbox, recorded_facts
from payments.mollie.fake import FakeMollie
from tests.ticketing.books import assert_books_are_whole
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import a_payment_account, plug_in
from tests.ticketing.selling import held, placed
from tests.ticketing.untouched import nothing_stored
from ticketing.facts import RefundFinished
from ticketing.models import (
    Account,
    Document,
    GiftCard,
    LedgerEntry,
    Order,
    Payment,
    Performance,
    Refund,
    Ticket,
)
from ticketing.operations import baskets, cancellations, invoices, payments, refunds, vouchers
from ticketing.operations.cancellations import CardInUse
from ticketing.operations.refunds import NothingToRetry
from ticketing.ports import ProviderRefund, ProviderState, RefundState

pytestmark = pytest.mark.django_db


class SlowMollie(FakeMollie):
    """`meanwhile` happens while somebody waits for the answer about a refund."""

    meanwhile: Callable[[], None] | None = None

    def fetch_refund(self, provider_id: str, refund_id: str) -> ProviderRefund:
        answer = super().fetch_refund(provider_id, refund_id)
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        return answer


@pytest.fixture
def mollie(now: datetime, monkeypatch: pytest.MonkeyPatch) -> SlowMollie:
    fake = SlowMollie(clock=lambda: now)
    plug_in(fake, monkeypatch)
    return fake


@pytest.fixture
def paid(now: datetime, mollie: FakeMollie) -> Order:
    """Two tickets, paid."""
    show = on_sale(now, a_house(now, cancel_until_hours=1))
    a_payment_account(show.house)
    order = placed(held(show, now, "0", "1").basket_id, now)
    payments.start(order_id=order.id, return_url=lambda _order: "https://shop.example/", now=now)
    leg = Payment.objects.get()
    mollie.end(leg.provider_id, ProviderState.PAID)
    payments.sync(payment_id=leg.id, now=now)
    return order


@pytest.fixture
def refund(now: datetime, mollie: FakeMollie, paid: Order) -> Refund:
    """One of two tickets given back; the provider is asked and says no."""
    ticket = Ticket.objects.earliest("id")
    cancellations.cancel_tickets(order_id=paid.id, ticket_ids=[ticket.id], now=now)
    found = Refund.objects.get()
    refunds.send_refund(refund_id=found.id, now=now)
    mollie.end_refund(next(iter(mollie.refunds)), RefundState.FAILED)
    refunds.send_refund(refund_id=found.id, now=now)
    found.refresh_from_db()
    return found


def due() -> Decimal:
    return LedgerEntry.objects.filter(account=Account.REFUNDS_DUE).aggregate(total=Sum("amount"))["total"]


def test_a_refund_that_failed_stays_owed(refund: Refund) -> None:
    assert (refund.state, due()) == (Refund.State.FAILED, Decimal("-24.00"))


def test_a_refund_that_failed_is_asked_again_as_another_one(now: datetime, refund: Refund, mollie: FakeMollie) -> None:
    again = refunds.retry_refund(refund_id=refund.id, now=now)
    assert again.idempotency_key != refund.idempotency_key
    refunds.send_refund(refund_id=again.id, now=now)
    mollie.end_refund(list(mollie.refunds)[-1], RefundState.REFUNDED)
    refunds.send_refund(refund_id=again.id, now=now)
    again.refresh_from_db()
    assert (again.state, due()) == (Refund.State.REFUNDED, 0)


def test_a_refund_two_are_asking_about_ends_once(now: datetime, refund: Refund, mollie: SlowMollie) -> None:
    again = refunds.retry_refund(refund_id=refund.id, now=now)
    refunds.send_refund(refund_id=again.id, now=now)
    mollie.end_refund(list(mollie.refunds)[-1], RefundState.REFUNDED)
    mollie.meanwhile = lambda: refunds.send_refund(refund_id=again.id, now=now)
    refunds.send_refund(refund_id=again.id, now=now)
    assert due() == 0
    ended = [fact for fact in recorded_facts(RefundFinished) if fact.refund_id == again.id]
    assert ended == [RefundFinished(order_id=again.payment.order_id, refund_id=again.id, succeeded=True)]


def test_the_same_money_is_not_asked_for_twice(now: datetime, refund: Refund) -> None:
    order = Order.objects.get()
    refunds.retry_refund(refund_id=refund.id, now=now)
    ticket = Ticket.objects.get(state="valid")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now)
    with pytest.raises(NothingToRetry):
        refunds.retry_refund(refund_id=refund.id, now=now)
    living = Refund.objects.exclude(state=Refund.State.FAILED).aggregate(total=Sum("amount"))["total"]
    assert living == order.total


def test_a_refund_under_way_is_not_asked_again(now: datetime, refund: Refund) -> None:
    again = refunds.retry_refund(refund_id=refund.id, now=now)
    with pytest.raises(NothingToRetry):
        refunds.retry_refund(refund_id=again.id, now=now)


# Banks that take money back


def cancel_by_staff(order: Order, now: datetime, *tickets: int) -> Decimal:
    return cancellations.cancel_tickets(order_id=order.id, ticket_ids=tickets, now=now, by_staff=True)


def booked() -> dict[str, Decimal]:
    sums = LedgerEntry.objects.values_list("account").annotate(total=Sum("amount"))
    return {account: total for account, total in sums if total}


def test_what_a_bank_took_settles_what_is_cancelled_after_it(now: datetime, paid: Order, mollie: FakeMollie) -> None:
    leg = Payment.objects.get()
    mollie.charge_back(leg.provider_id)
    payments.sync(payment_id=leg.id, now=now)
    assert cancel_by_staff(paid, now, *Ticket.objects.values_list("id", flat=True)) == 0
    assert (booked(), Refund.objects.count()) == ({}, 0)


def test_a_bank_that_took_a_part_leaves_the_rest_to_give_back(now: datetime, paid: Order, mollie: FakeMollie) -> None:
    leg = Payment.objects.get()
    mollie.charge_back(leg.provider_id, amount=Decimal("30.00"))
    payments.sync(payment_id=leg.id, now=now)
    assert cancel_by_staff(paid, now, *Ticket.objects.values_list("id", flat=True)) == Decimal("18.00")
    assert (due(), booked().get(Account.CHARGEBACKS)) == (Decimal("-18.00"), None)


def test_money_a_bank_returns_for_cancelled_places_goes_to_the_customer(
    now: datetime, paid: Order, mollie: FakeMollie
) -> None:
    leg = Payment.objects.get()
    chargeback = mollie.charge_back(leg.provider_id)
    payments.sync(payment_id=leg.id, now=now)
    first = Ticket.objects.earliest("id")
    cancel_by_staff(paid, now, first.id)
    mollie.reverse_chargeback(leg.provider_id, chargeback)
    for _twice in range(2):
        payments.sync(payment_id=leg.id, now=now)
    assert [(refund.amount, refund.reason) for refund in Refund.objects.all()] == [
        (Decimal("24.00"), "chargeback_reversed")
    ]
    assert (due(), booked().get(Account.CHARGEBACKS), booked()[Account.PROVIDER]) == (
        Decimal("-24.00"),
        None,
        Decimal("48.00"),
    )


# Gift cards given back


@pytest.fixture
def card(now: datetime, mollie: FakeMollie) -> GiftCard:
    """Sold for 25 euro beside one ticket."""
    show = on_sale(now)
    a_payment_account(show.house)
    basket_id = held(show, now, "0").basket_id
    baskets.add_gift_card(house=show.house.slug, amount=Decimal("25.00"), basket_id=basket_id, language="nl", now=now)
    order = placed(basket_id, now)
    payments.start(order_id=order.id, return_url=lambda _order: "https://shop.example/", now=now)
    leg = Payment.objects.get()
    mollie.end(leg.provider_id, ProviderState.PAID)
    payments.sync(payment_id=leg.id, now=now)
    return GiftCard.objects.get()


def test_a_card_nobody_used_is_given_back_and_its_invoice_credited(now: datetime, card: GiftCard) -> None:
    order = Order.objects.get()
    invoicee = invoices.Invoicee("An Peeters", "Schoolstraat 1", "9000", "Gent")
    invoices.issue_invoices(order_id=order.id, invoicee=invoicee, now=now)
    assert cancellations.cancel_gift_card(card_id=card.pk, now=now) == Decimal("25.00")
    card.refresh_from_db()
    assert (card.blocked_at, booked().get(Account.GIFT_CARDS), due()) == (now, None, Decimal("-25.00"))
    assert [note.content["total"] for note in Document.objects.filter(series__kind="credit_note")] == ["-25.00"]
    assert Ticket.objects.get().state == Ticket.State.VALID
    assert_books_are_whole()
    with nothing_stored(), pytest.raises(CardInUse):
        cancellations.cancel_gift_card(card_id=card.pk, now=now)
    drain_outbox(now=now)
    assert "is niet meer geldig" in mail.outbox[-1].subject


def test_a_card_used_or_given_is_not_given_back(now: datetime, card: GiftCard) -> None:
    show = Performance.objects.get()
    basket_id = held(show, now, "5").basket_id
    baskets.add_code(basket_id=basket_id, code=card.code, now=now)
    placed(basket_id, now)
    gift = vouchers.give_card(house=show.house, value=Decimal(10), expires_on=now.date(), now=now)
    for found in (card, gift):
        with nothing_stored(), pytest.raises(CardInUse):
            cancellations.cancel_gift_card(card_id=found.pk, now=now)
