"""Sales, cards, codes, invoices, cancellations, refunds and banks in any order: the books stay whole to the cent.

Two houses of a cluster sell together, at odd prices, with a fee at another rate. After every event each group is zero
in every house, no card is below zero, documents are numbered without a gap; in the end every euro at the provider is
in the books, and what is owed has a reason.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from outbox.errors import Unavailable
from outbox.testing import drain_outbox
from payments.mollie.fake import FakeMollie
from payments.tasks import poll_payments, poll_refunds
from tests.payments.conftest import Clock
from tests.payments.selling import RETURN
from tests.payments.stories import Event, story, undone
from tests.ticketing import selling
from tests.ticketing.books import assert_books_are_whole, booked
from tests.ticketing.paying import BUYER
from ticketing.errors import TicketingError
from ticketing.models import (
    Account,
    Chargeback,
    Document,
    GiftCard,
    LedgerEntry,
    Order,
    OrderLine,
    Payment,
    Performance,
    Refund,
    Ticket,
)
from ticketing.operations import baskets, cancellations, invoices, orders, payments, refunds, tidying, vouchers
from ticketing.operations.holds import hold
from ticketing.operations.invoices import Invoicee
from ticketing.operations.wishes import Wish
from ticketing.ports import ProviderState, RefundState

BUYER_OF_INVOICES = Invoicee("De Klas vzw", "Schoolstraat 1", "9000", "Gent")


EVENTS = (
    *["sell"] * 5,
    *["pay"] * 5,
    *["cancel"] * 4,
    *["invoice"] * 3,
    *["give_card"] * 2,
    "void_card",
    "withdraw_card",
    "credit",
    "charge_back",
    "reverse_chargeback",
    "fail_refund",
    "retry_refund",
    "run_out",
    "lose_an_answer",
    *["duty"] * 3,
)
events = st.builds(Event, st.sampled_from(EVENTS), st.integers(0, 5), st.integers(0, 11))


class World:
    def __init__(self, shows: list[Performance], clock: Clock, mollie: FakeMollie) -> None:
        self.shows, self.clock, self.mollie = shows, clock, mollie

    def let(self, event: Event) -> None:
        with suppress(TicketingError, Unavailable):
            getattr(self, event.name)(event.which, event.how)

    def sell(self, which: int, how: int) -> None:
        """One to three places, at one house or both, with a code, a card and a gift card now and then."""
        now = self.clock()
        basket_id = None
        for show in self.shows if how % 3 == 0 else [self.shows[which % 2]]:
            free = show.places.filter(state="available").order_by("index").values_list("code", flat=True)
            places = tuple(free[: 1 + which % 3])
            tariff = ("full", "youth")[how % 2]
            wish = Wish(places=places, price_type=tariff)
            basket_id = hold(performance=show.code, wish=wish, basket_id=basket_id, language="nl", now=now).basket_id
        assert basket_id is not None
        if how % 4 == 0:
            baskets.add_code(basket_id=basket_id, code=("MIN15", "MIN3", "GRATIS")[which % 3], now=now)
        card = GiftCard.objects.filter(blocked_at=None).order_by("-id").first()
        if card and how % 5 < 2:
            with suppress(TicketingError):
                baskets.add_code(basket_id=basket_id, code=card.code, now=now)
        if how % 6 == 5:
            house = self.shows[0].house.slug
            baskets.add_gift_card(house=house, amount=Decimal("20.00"), basket_id=basket_id, language="nl", now=now)
        order = orders.place_order(basket_id=basket_id, contact=BUYER, now=now, is_staff=True).order
        payments.start(order_id=order.id, return_url=lambda placed: RETURN, now=now)

    def pay(self, which: int, how: int) -> None:
        leg = self._leg(which, state=Payment.State.OPEN)
        ending = ProviderState.FAILED if how == 0 else ProviderState.PAID
        if leg:
            self.mollie.end(leg.provider_id, ending)
            payments.sync(payment_id=leg.id, now=self.clock())

    def run_out(self, which: int, how: int) -> None:
        """The time is over, and only then the bank says that it was paid; the places may be somebody else's."""
        leg = self._leg(which, state=Payment.State.OPEN)
        tidying.tidy(now=self.clock.pass_by(minutes=30))
        if how % 2:
            self.sell(which, how)
        if leg:
            self.mollie.end(leg.provider_id, ProviderState.PAID)
            payments.sync(payment_id=leg.id, now=self.clock())

    def cancel(self, which: int, how: int) -> None:
        tickets = list(Ticket.objects.filter(state="valid").select_related("line").order_by("id"))
        if tickets:
            order_id = tickets[which % len(tickets)].line.order_id
            chosen = [ticket.id for ticket in tickets if ticket.line.order_id == order_id][: 1 + how % 4]
            cancellations.cancel_tickets(order_id=order_id, ticket_ids=chosen, now=self.clock(), by_staff=True)

    def invoice(self, which: int, how: int) -> None:
        order = self._one(Order.objects.filter(state="paid").order_by("id"), which)
        if order:
            invoices.issue_invoices(order_id=order.id, invoicee=BUYER_OF_INVOICES, now=self.clock())

    def credit(self, which: int, how: int) -> None:
        invoice = self._one(Document.objects.filter(series__kind="invoice").order_by("id"), which)
        if invoice:
            invoices.credit_invoice(document_id=invoice.id, now=self.clock())

    def give_card(self, which: int, how: int) -> None:
        value = Decimal(("5.00", "33.33", "200.00")[how % 3])
        day = self.clock().date() + timedelta(days=1)
        vouchers.give_card(house=self.shows[which % 2].house, value=value, expires_on=day, now=self.clock())

    def void_card(self, which: int, how: int) -> None:
        card = self._one(GiftCard.objects.order_by("id"), which)
        if card:
            vouchers.void_card(card_id=card.pk, now=self.clock())

    def withdraw_card(self, which: int, how: int) -> None:
        card = self._one(GiftCard.objects.exclude(line=None).order_by("id"), which)
        if card:
            cancellations.cancel_gift_card(card_id=card.pk, now=self.clock())

    def charge_back(self, which: int, how: int) -> None:
        """A bank does not ask what has been given back already. Now and then nobody tells us for a while."""
        leg = self._leg(which, state=Payment.State.PAID)
        if leg and not self.mollie.payments[leg.provider_id].chargebacks:
            self.mollie.charge_back(leg.provider_id, amount=leg.amount if how % 2 else min(leg.amount, Decimal("7.77")))
            if how % 3:
                payments.sync(payment_id=leg.id, now=self.clock())

    def reverse_chargeback(self, which: int, how: int) -> None:
        taken = self._one(Chargeback.objects.filter(reversed_at=None).order_by("id"), which)
        if taken:
            self.mollie.reverse_chargeback(taken.payment.provider_id, taken.provider_id)
            payments.sync(payment_id=taken.payment_id, now=self.clock())

    def fail_refund(self, which: int, how: int) -> None:
        pending = [key for key, (_owner, refund) in self.mollie.refunds.items() if refund.state is RefundState.PENDING]
        if pending:
            self.mollie.end_refund(pending[which % len(pending)], RefundState.FAILED)

    def retry_refund(self, which: int, how: int) -> None:
        failed = self._one(Refund.objects.filter(state="failed").order_by("requested_at", "id"), which)
        if failed:
            refunds.retry_refund(refund_id=failed.id, now=self.clock())

    def lose_an_answer(self, which: int, how: int) -> None:
        """To whatever is asked next; perhaps so long that the provider forgets what it was asked."""
        self.mollie.lose_answers()
        if how % 2:
            self.duty(which, how)
            self.mollie.forget_keys()

    def duty(self, which: int, how: int) -> None:
        drain_outbox(now=self.clock())

    def come_to_rest(self) -> None:
        self.mollie.lose_answers(0)
        for _ in range(3):
            self.clock.pass_by(minutes=61)
            poll_payments()
            for leg in Payment.objects.filter(means=Payment.Means.PROVIDER, state=Payment.State.PAID):
                payments.sync(payment_id=leg.id, now=self.clock())
            tidying.tidy(now=self.clock())
            drain_outbox(now=self.clock())
            for key in list(self.mollie.refunds):
                self.mollie.end_refund(key, RefundState.REFUNDED)
            poll_refunds()
        while failed := self._retriable():
            refunds.retry_refund(refund_id=failed.id, now=self.clock())
            drain_outbox(now=self.clock())
            for key in list(self.mollie.refunds):
                self.mollie.end_refund(key, RefundState.REFUNDED)
            self.clock.pass_by(minutes=61)
            poll_refunds()

    def _retriable(self) -> Refund | None:
        for failed in Refund.objects.filter(state="failed"):
            block = transaction.atomic()
            with suppress(TicketingError), block:
                refunds.retry_refund(refund_id=failed.id, now=self.clock())
                transaction.set_rollback(True)
                return failed
        return None

    def assert_every_euro_is_explained(self) -> None:
        at_provider = sum(
            (there.amount - there.amount_refunded - there.amount_charged_back for there in self._paid()), Decimal(0)
        )
        assert booked(Account.PROVIDER) == at_provider
        kept = sum((line.gross for line in OrderLine.objects.filter(order__state=Order.State.PAID)), Decimal(0))
        given = LedgerEntry.objects.filter(group__kind="voucher", account=Account.DISCOUNTS)
        cards = given.aggregate(total=Sum("amount"))["total"] or Decimal(0)
        # What is kept of sales is at the provider, on cards used, taken by banks, or under way back to a customer.
        used = cards + booked(Account.GIFT_CARDS)
        sold = OrderLine.objects.filter(kind="gift_card", order__state=Order.State.PAID, replaced_by=None)
        sold_cards = sum((line.gross for line in sold), Decimal(0))
        assert at_provider + used + sold_cards + booked(Account.CHARGEBACKS) + booked(Account.REFUNDS_DUE) == kept
        assert booked(Account.REFUNDS_DUE) == 0
        # What a bank took is a loss or nothing: below it, a house keeps money of a customer.
        taken = LedgerEntry.objects.filter(account=Account.CHARGEBACKS).values("group__order")
        assert [row for row in taken.annotate(total=Sum("amount")) if row["total"] < 0] == []

    def _paid(self) -> list:
        return [there for there in self.mollie.payments.values() if there.state is ProviderState.PAID]

    def _leg(self, which: int, *, state: Payment.State) -> Payment | None:
        legs = Payment.objects.filter(means=Payment.Means.PROVIDER, state=state).exclude(provider_id="")
        return self._one(legs.order_by("created_at", "id"), which)

    @staticmethod
    def _one(rows, which: int):
        found = list(rows)
        return found[which % len(found)] if found else None


def two_houses(now: datetime) -> list[Performance]:
    shows = selling.two_houses(now, rows=1, seats=8)
    selling.at_odd_prices(now, *shows)
    codes = (("MIN15", "percent", "15"), ("MIN3", "amount", "3"), ("GRATIS", "percent", "100"))
    for show in shows:
        for code, effect, value in codes:
            vouchers.create_price_voucher(
                house=show.house, code=code, name=code, effect=effect, value=Decimal(value), now=now
            )
    return list(Performance.objects.select_related("house").order_by("id"))


@pytest.mark.django_db
@pytest.mark.scope("PR4-11")
def test_the_books_stay_whole_whatever_happens(clock: Clock, mollie: FakeMollie) -> None:
    shows = two_houses(clock())
    opening = clock()

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
    @example(story("sell 2 3, pay 0 1, invoice 0 0, cancel 0 0, cancel 0 3")).via(
        "both houses, invoiced, cancelled in two steps"
    )
    @example(story("give_card 0 1, sell 2 6, pay 0 1, cancel 0 1, void_card 0 0")).via(
        "a card and the provider together, cancelled, the card taken back"
    )
    @example(
        story("sell 1 1, pay 0 1, charge_back 0 1, cancel 0 3, reverse_chargeback 0 0, duty 0 0, fail_refund 0 0")
    ).via("taken back by the bank, cancelled, returned, and the refund fails")
    @example(story("sell 1 11, pay 0 1, invoice 0 0, withdraw_card 0 0")).via(
        "a gift card bought, invoiced and given back"
    )
    @example(story("sell 1 1, pay 0 1, charge_back 0 1, cancel 0 3")).via("taken back by the bank, then cancelled")
    @example(story("sell 0 0, sell 0 0, run_out 0 1, charge_back 0 0")).via(
        "paid too late, and the bank takes a part before the refund is asked for"
    )
    @example(story("sell 0 0, sell 0 0, run_out 0 1, charge_back 0 0, duty 0 0, reverse_chargeback 0 0")).via(
        "paid too late, and the bank takes a part and gives it back"
    )
    @example(story("sell 2 1, pay 0 1, cancel 0 0, lose_an_answer 0 1, charge_back 0 1, duty 0 0")).via(
        "the answer to a refund got lost and forgotten, and the bank takes it all as well"
    )
    @given(st.lists(events, min_size=4, max_size=16))
    def play(happenings: list[Event]) -> None:
        clock.moment = opening
        mollie.start_anew()
        world = World(shows, clock, mollie)
        with undone():
            for event in happenings:
                world.let(event)
                assert_books_are_whole()
            world.come_to_rest()
            assert_books_are_whole()
            world.assert_every_euro_is_explained()

    play()
