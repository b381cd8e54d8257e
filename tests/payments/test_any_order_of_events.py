"""Buyers, webhooks, polling, bad days and the clock in any order: money and tickets never part.

Hypothesis plays the outside world. After every event each order is either paid with its tickets or unpaid without; in
the end, when the provider is well again and everybody has been asked, nothing is left hanging.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from outbox.errors import Unavailable
from outbox.testing import drain_outbox
from payments.inquiries import look_at
from payments.mollie.fake import FakeMollie
from payments.tasks import poll_payments, poll_refunds
from tests.payments.conftest import Clock
from tests.payments.selling import RETURN, assert_all_is_well, hold_places, leg_of
from tests.payments.stories import Event, story, undone
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import BUYER, a_payment_account
from ticketing.errors import TicketingError
from ticketing.models import Order, Payment, Performance, Ticket
from ticketing.operations import cancellations, orders, payments, tidying
from ticketing.ports import ProviderState, RefundState

CHOICES = [("0",), ("1",), ("0", "1"), ("1", "2")]


# What happens more often stands here more often.
EVENTS = (
    *["buy"] * 3,
    *["pay"] * 5,
    *["end_otherwise"] * 2,
    *["webhook"] * 3,
    *["buy_again"] * 2,
    *["cancel"] * 2,
    *["fall_ill"] * 2,
    *["duty"] * 5,
    *["wait"] * 2,
    *["lose_places"] * 2,
    "end_refund",
)
events = st.builds(
    Event, st.sampled_from(EVENTS), st.integers(min_value=0, max_value=3), st.integers(min_value=0, max_value=11)
)


class World:
    def __init__(self, performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
        self.performance = performance
        self.clock = clock
        self.mollie = mollie
        self.handed_out: list[str] = []  # payments a buyer was sent to; nobody can pay the others

    def let(self, event: Event) -> None:
        getattr(self, event.name)(event.which, event.how)

    # -- the buyer ------------------------------------------------------------------------------------------------

    def buy(self, which: int, how: int) -> None:
        with suppress(TicketingError):
            self._press_pay(hold_places(self.performance, self.clock(), *CHOICES[which]))

    def buy_again(self, which: int, how: int) -> None:
        """With the basket of an earlier order."""
        placed = Order.objects.order_by("placed_at", "id")
        basket_id = placed[which % len(placed)].basket_id if placed else None
        if basket_id:
            with suppress(TicketingError):
                if how % 2:
                    hold_places(self.performance, self.clock(), *CHOICES[how % len(CHOICES)], basket_id=basket_id)
                self._press_pay(basket_id)

    def pay(self, which: int, how: int) -> None:
        """The webhook comes twice, once, or never."""
        self._end(which, ProviderState.PAID, copies=how % 3)

    def end_otherwise(self, which: int, how: int) -> None:
        ending = (ProviderState.FAILED, ProviderState.CANCELLED, ProviderState.EXPIRED)[how % 3]
        self._end(which, ending, copies=how % 2)

    def cancel(self, which: int, how: int) -> None:
        ticket = Ticket.objects.filter(cancelled_at=None).select_related("line").order_by("id").first()
        if ticket:
            with suppress(TicketingError):
                cancellations.cancel_tickets(order_id=ticket.line.order_id, ticket_ids=[ticket.id], now=self.clock())

    # -- the provider ---------------------------------------------------------------------------------------------

    def webhook(self, which: int, how: int) -> None:
        if self.handed_out:
            self._hear(self._payment(which))

    def fall_ill(self, which: int, how: int) -> None:
        (self.mollie.lose_answers if how % 2 else self.mollie.break_down)(1)

    def end_refund(self, which: int, how: int) -> None:
        if self.mollie.refunds:
            refund_id = list(self.mollie.refunds)[which % len(self.mollie.refunds)]
            self.mollie.end_refund(refund_id, RefundState.REFUNDED)

    # -- the installation and the clock ---------------------------------------------------------------------------

    def duty(self, which: int, how: int) -> None:
        if how % 3 == 0:
            poll_payments()
            poll_refunds()
        elif how % 3 == 1:
            tidying.tidy(now=self.clock())
        else:
            drain_outbox(now=self.clock())

    def wait(self, which: int, how: int) -> None:
        self.clock.pass_by(minutes=(1, 16, 25)[how % 3])

    def lose_places(self, which: int, how: int) -> None:
        """What a buyer fears: the time is over, and somebody else is quick."""
        tidying.tidy(now=self.clock.pass_by(minutes=25))
        self.buy(which, how)

    def come_to_rest(self) -> None:
        """The provider is well, and everybody has been asked often enough."""
        self.mollie.break_down(0)
        self.mollie.lose_answers(0)
        for _ in range(3):
            self.clock.pass_by(minutes=61)
            poll_payments()
            tidying.tidy(now=self.clock())
            drain_outbox(now=self.clock())

    def assert_settled(self) -> None:
        assert set(Order.objects.values_list("state", flat=True)) <= {Order.State.PAID, Order.State.ABANDONED}
        for order in Order.objects.prefetch_related("lines"):
            leg = leg_of(order)
            there = self.mollie.payments.get(leg.provider_id)
            assert (there is not None and there.state is ProviderState.PAID) == (leg.state == Payment.State.PAID)
            if there and leg.state == Payment.State.PAID:
                kept = sum(line.gross for line in order.lines.all()) if order.state == Order.State.PAID else 0
                assert there.amount - there.amount_refunded == kept

    # -- inside ---------------------------------------------------------------------------------------------------

    def _press_pay(self, basket_id: UUID) -> None:
        order = orders.place_order(basket_id=basket_id, contact=BUYER, now=self.clock(), is_staff=True).order
        payments.start(order_id=order.id, return_url=lambda placed: RETURN, now=self.clock())
        self.handed_out.append(leg_of(order).provider_id)

    def _payment(self, which: int) -> str:
        return self.handed_out[which % len(self.handed_out)]

    def _end(self, which: int, state: ProviderState, *, copies: int) -> None:
        if self.handed_out:
            provider_id = self._payment(which)
            self.mollie.end(provider_id, state)
            for _ in range(copies):
                self._hear(provider_id)

    def _hear(self, provider_id: str) -> None:
        for payment_id in Payment.objects.filter(provider_id=provider_id).values_list("id", flat=True):
            with suppress(Unavailable):
                look_at(payment_id, now=self.clock())


@pytest.mark.django_db
def test_money_and_tickets_never_part(clock: Clock, mollie: FakeMollie) -> None:
    house = a_house(clock(), cancel_until_hours=1)
    a_payment_account(house)
    performance = on_sale(clock(), house, rows=1, seats=3)
    opening = clock()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), report_multiple_bugs=False)
    @example(story("pay 0 0")).via("the webhook got lost")
    @example(story("lose_places 0 0, pay 0 2")).via("paid late, one place gone")
    @example(story("wait 0 2, duty 0 1, pay 0 2")).via("paid late, places free")
    @example(story("pay 0 1, cancel 0 0, fall_ill 0 1, duty 0 2")).via("the answer to a refund got lost")
    @example(story("fall_ill 0 1, buy 0 0, buy_again 1 0, pay 1 1")).via("the answer to a payment got lost")
    @example(story("wait 0 2, duty 0 1, buy_again 0 1, pay 0 2, pay 1 2")).via("two orders of one basket, both paid")
    @given(st.lists(events, min_size=4, max_size=14))
    def play(happenings: list[Event]) -> None:
        clock.moment = opening
        mollie.start_anew()
        world = World(performance, clock, mollie)
        with undone():
            world.buy(2, 0)
            for event in happenings:
                world.let(event)
                assert_all_is_well()
            world.come_to_rest()
            assert_all_is_well()
            world.assert_settled()

    play()
