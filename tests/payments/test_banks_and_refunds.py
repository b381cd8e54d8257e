"""A bank takes money back around the moment its provider is asked to give the same money back, and workers die.

Every order of these few events is played. In the end the books say what the provider and the bank really did, nobody
has to look after a delivery, and the customer has had what was owed, once, as long as it could be helped.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import NamedTuple

import pytest
from django.db import transaction

import outbox.operations
from outbox import delivering
from outbox.errors import Unavailable
from outbox.models import Delivery
from payments.inquiries import look_at
from payments.mollie.fake import FakeMollie
from payments.tasks import poll_refunds
from tests.payments.conftest import Clock
from tests.payments.selling import go_to_pay, leg_of, place_order
from tests.ticketing.books import assert_books_are_whole, booked
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import a_payment_account, plug_in
from ticketing.models import Account, Order, Payment, Performance, Refund, Ticket
from ticketing.operations import cancellations, payments, refunds
from ticketing.operations.refunds import NothingToRetry
from ticketing.ports import ProviderRefund, ProviderState, RefundState

pytestmark = pytest.mark.django_db

ALL = Decimal("48.00")
ONE = Decimal("24.00")
SENDING = "ticketing.send_refund"


class Killed(BaseException):
    """Like `kill -9`: nothing more is said or written."""


@dataclass
class Bystander(FakeMollie):
    """Lets things happen while a refund is asked for: before the provider has done it, and after."""

    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None

    def refund(self, provider_id: str, *, amount: Decimal, description: str, idempotency_key: str) -> ProviderRefund:
        self._once("before")
        answer = super().refund(provider_id, amount=amount, description=description, idempotency_key=idempotency_key)
        self._once("after")
        return answer

    def _once(self, moment: str) -> None:
        happens = getattr(self, moment)
        setattr(self, moment, None)
        if happens:
            happens()


@pytest.fixture
def mollie(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Bystander:
    fake = Bystander(clock=clock)
    plug_in(fake, monkeypatch)
    return fake


@pytest.fixture
def performance(clock: Clock, mollie: Bystander) -> Performance:
    house = a_house(clock(), cancel_until_hours=24)
    a_payment_account(house)
    return on_sale(clock(), house)


class Story(NamedTuple):
    """`taken` of 48.00 is charged back, `cancelled` tickets of 24.00 were given up; `ends` is how a refund goes."""

    moment: str
    trouble: str
    is_booked_then: bool
    taken: Decimal
    cancelled: int
    ends: RefundState


MADE = "when it was made"
MOMENTS = ("before it is asked for", "while it is asked for", MADE, "when its answer was heard")
TROUBLES = (
    "none",
    "killed before the call",
    "killed after the call",
    "the answer is lost",
    "killed and keys forgotten",
)
ENDS = (RefundState.REFUNDED, RefundState.FAILED)
ENDINGS = {
    "killed after the call": Killed(),
    "killed and keys forgotten": Killed(),
    "the answer is lost": Unavailable("no answer"),
}


class Stage:
    def __init__(self, story: Story, order: Order, clock: Clock, mollie: Bystander) -> None:
        self.story, self.order, self.clock, self.mollie = story, order, clock, mollie
        self.leg = leg_of(order)

    def play(self) -> None:
        tickets = Ticket.objects.filter(line__order=self.order).order_by("id").values_list("id", flat=True)
        cancellations.cancel_tickets(
            order_id=self.order.id, ticket_ids=tickets[: self.story.cancelled], now=self.clock(), by_staff=True
        )
        self._ask_for_the_refund()
        self._come_to_rest()
        for key in list(self.mollie.refunds):
            self.mollie.end_refund(key, self.story.ends)
        self._come_to_rest()

    def retry_all(self) -> None:
        """Staff ask again for what the provider could not give back, until nothing is left to ask for."""
        for failed in Refund.objects.filter(payment=self.leg, state=Refund.State.FAILED):
            with suppress(NothingToRetry):
                refunds.retry_refund(refund_id=failed.id, now=self.clock())
        self._come_to_rest()
        for key in list(self.mollie.refunds):
            self.mollie.end_refund(key, RefundState.REFUNDED)
        self._come_to_rest()

    def assert_books_say_what_happened(self) -> None:
        there = self.mollie.payments[self.leg.provider_id]
        assert booked(Account.PROVIDER) == there.amount - there.amount_refunded - there.amount_charged_back
        assert booked(Account.CHARGEBACKS) >= 0
        assert_books_are_whole()
        assert set(Delivery.objects.filter(subscriber=SENDING).values_list("state", flat=True)) == {"done"}

    def _ask_for_the_refund(self) -> None:
        moment, trouble = MOMENTS.index(self.story.moment), self.story.trouble
        if moment == 0:
            self._take()
        self.mollie.before = lambda: self._at(moment == 1, Killed() if trouble == "killed before the call" else None)
        self.mollie.after = lambda: self._at(moment == 2, ENDINGS.get(trouble))
        with suppress(Killed):
            send_refunds(self.clock)
        if trouble == "killed and keys forgotten":
            self.mollie.forget_keys()
        if moment == 3:
            self._take()
        self.mollie.before = self.mollie.after = None

    def _at(self, is_taken: bool, trouble: BaseException | None) -> None:
        if is_taken:
            self._take()
        if trouble:
            raise trouble

    def _take(self) -> None:
        self.mollie.charge_back(self.leg.provider_id, amount=self.story.taken)
        if self.story.is_booked_then:
            payments.sync(payment_id=self.leg.id, now=self.clock())

    def _come_to_rest(self) -> None:
        self.clock.pass_by(minutes=61)
        send_refunds(self.clock)
        look_at(self.leg.id, now=self.clock())
        poll_refunds()
        self.clock.pass_by(minutes=61)
        send_refunds(self.clock)


@pytest.mark.parametrize(
    ("moment", "trouble"),
    [played for played in product(MOMENTS, TROUBLES) if played != (MADE, "killed before the call")],
)
def test_the_books_say_what_provider_and_bank_did(
    performance: Performance, clock: Clock, mollie: Bystander, moment: str, trouble: str
) -> None:
    order = sold(performance, clock, mollie)
    opening, there = clock(), mollie.payments.copy()
    for is_booked_then, (taken, cancelled), ends in product((True, False), ((Decimal("30.00"), 2), (ALL, 1)), ENDS):
        story = Story(moment, trouble, is_booked_then, taken, cancelled, ends)
        clock.moment = opening
        mollie.start_anew()
        mollie.payments.update(there)
        block = transaction.atomic()
        block._from_testcase = True
        with block:
            stage = Stage(story, order, clock, mollie)
            stage.play()
            stage.assert_books_say_what_happened()
            stage.retry_all()
            stage.assert_books_say_what_happened()
            assert booked(Account.REFUNDS_DUE) == 0
            assert had_by_customer(mollie, stage.leg) == expected(story), story
            transaction.set_rollback(True)


def cancelled(order: Order, clock: Clock) -> Refund:
    """One more ticket given up."""
    ticket = Ticket.objects.filter(line__order=order, state=Ticket.State.VALID).earliest("id")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=clock(), by_staff=True)
    return Refund.objects.latest("requested_at", "id")


def asked_for(leg: Payment) -> list[tuple[Decimal, str]]:
    return list(leg.refunds.order_by("requested_at", "id").values_list("amount", "state"))


def test_a_refund_the_provider_made_after_all_is_booked(
    performance: Performance, clock: Clock, mollie: Bystander
) -> None:
    """A worker is slow; another is refused, because the bank has it all; then the bank returns it."""
    order = sold(performance, clock, mollie)
    leg, refund = leg_of(order), cancelled(order, clock)

    def meanwhile() -> None:
        taken = mollie.charge_back(leg.provider_id)
        refunds.send_refund(refund_id=refund.id, now=clock())
        assert (asked_for(leg), booked(Account.REFUNDS_DUE)) == ([(ONE, "failed")], 0)
        mollie.reverse_chargeback(leg.provider_id, taken)

    mollie.before = meanwhile
    refunds.send_refund(refund_id=refund.id, now=clock())
    assert (asked_for(leg), booked(Account.REFUNDS_DUE)) == ([(ONE, "pending")], -ONE)
    look_at(leg.id, now=clock())
    mollie.end_refund(next(iter(mollie.refunds)), RefundState.REFUNDED)
    look_at(leg.id, now=clock())
    assert asked_for(leg) == [(ONE, "refunded")]
    assert (booked(Account.REFUNDS_DUE), booked(Account.CHARGEBACKS), booked(Account.PROVIDER)) == (0, 0, ONE)


def test_a_refund_refused_for_another_reason_waits_for_people_and_still_gives_way_to_a_bank(
    performance: Performance, clock: Clock, mollie: Bystander
) -> None:
    order = sold(performance, clock, mollie)
    leg, refund = leg_of(order), cancelled(order, clock)
    paid_back_by_hand(mollie, leg, ALL)
    send_refunds(clock)
    assert Delivery.objects.filter(subscriber=SENDING).values_list("state", "reason").get() == (
        "dead",
        "Mollie answered 422 (amount)",
    )
    assert (asked_for(leg), booked(Account.REFUNDS_DUE)) == ([(ONE, "requested")], -ONE)
    mollie.charge_back(leg.provider_id)
    look_at(leg.id, now=clock())
    assert (asked_for(leg), booked(Account.REFUNDS_DUE)) == ([(ONE, "failed")], 0)
    refunds.send_refund(refund_id=refund.id, now=clock())
    assert (asked_for(leg), mollie.refunds) == ([(ONE, "failed")], {})


def test_a_refusal_is_not_forgotten_when_the_next_refund_goes_through(
    performance: Performance, clock: Clock, mollie: Bystander
) -> None:
    order = sold(performance, clock, mollie)
    leg = leg_of(order)
    paid_back_by_hand(mollie, leg, ALL)
    cancelled(order, clock)
    send_refunds(clock)
    paid_back_by_hand(mollie, leg, Decimal("0.00"))
    cancelled(order, clock)
    send_refunds(clock)
    assert (asked_for(leg), sending()) == ([(ONE, "requested"), (ONE, "pending")], ["dead", "done"])
    refused = Delivery.objects.get(subscriber=SENDING, state="dead")
    outbox.operations.retry(delivery_id=refused.pk, who="An", reason="The account is full again", now=clock())
    send_refunds(clock)
    assert (asked_for(leg), sending()) == ([(ONE, "pending"), (ONE, "pending")], ["done", "done"])


def sending() -> list[str]:
    return list(Delivery.objects.filter(subscriber=SENDING).order_by("id").values_list("state", flat=True))


def paid_back_by_hand(mollie: Bystander, leg: Payment, amount: Decimal) -> None:
    """In the provider's own office, where nobody asks us."""
    there = mollie.payments[leg.provider_id]
    mollie.payments[leg.provider_id] = replace(there, amount_refunded=amount)


def test_what_failed_is_settled_by_a_bank_and_owed_again_when_it_returns_it(
    performance: Performance, clock: Clock, mollie: Bystander
) -> None:
    order = sold(performance, clock, mollie)
    leg, refund = leg_of(order), failed(cancelled(order, clock), clock, mollie)
    taken = mollie.charge_back(leg.provider_id)
    look_at(leg.id, now=clock())
    assert (booked(Account.REFUNDS_DUE), booked(Account.CHARGEBACKS)) == (0, ONE)
    with pytest.raises(NothingToRetry):
        refunds.retry_refund(refund_id=refund.id, now=clock())
    mollie.reverse_chargeback(leg.provider_id, taken)
    look_at(leg.id, now=clock())
    assert (booked(Account.REFUNDS_DUE), booked(Account.CHARGEBACKS)) == (-ONE, 0)
    assert asked_for(leg) == [(ONE, "failed"), (ONE, "requested")]


def test_a_bank_that_leaves_enough_changes_nothing_of_what_is_owed(
    performance: Performance, clock: Clock, mollie: Bystander
) -> None:
    order = sold(performance, clock, mollie)
    leg, refund = leg_of(order), failed(cancelled(order, clock), clock, mollie)
    taken = mollie.charge_back(leg.provider_id, amount=Decimal("10.00"))
    look_at(leg.id, now=clock())
    mollie.reverse_chargeback(leg.provider_id, taken)
    look_at(leg.id, now=clock())
    assert (asked_for(leg), booked(Account.REFUNDS_DUE)) == ([(ONE, "failed")], -ONE)
    again = refunds.retry_refund(refund_id=refund.id, now=clock())
    with pytest.raises(NothingToRetry):
        refunds.retry_refund(refund_id=refund.id, now=clock())
    refunds.send_refund(refund_id=again.id, now=clock())
    mollie.end_refund(list(mollie.refunds)[-1], RefundState.REFUNDED)
    look_at(leg.id, now=clock())
    with pytest.raises(NothingToRetry):
        refunds.retry_refund(refund_id=refund.id, now=clock())
    assert (booked(Account.REFUNDS_DUE), booked(Account.PROVIDER)) == (0, ONE)


def failed(refund: Refund, clock: Clock, mollie: Bystander) -> Refund:
    """The provider took it on and could not do it."""
    refunds.send_refund(refund_id=refund.id, now=clock())
    mollie.end_refund(next(iter(mollie.refunds)), RefundState.FAILED)
    refunds.send_refund(refund_id=refund.id, now=clock())
    return refund


def sold(performance: Performance, clock: Clock, mollie: FakeMollie) -> Order:
    """Two tickets of 24.00, paid."""
    order = place_order(performance, clock(), "0", "1")
    provider_id = go_to_pay(order, clock())
    mollie.end(provider_id, ProviderState.PAID)
    look_at(leg_of(order).id, now=clock())
    return order


def send_refunds(clock: Clock) -> None:
    """What the outbox does, for these deliveries only: nobody reads the mails."""
    while due := Delivery.objects.filter(subscriber=SENDING, state="pending", due_at__lte=clock()):
        if not delivering.deliver([delivery.pk for delivery in due], clock=clock, reraise=True):
            return


def had_by_customer(mollie: FakeMollie, leg: Payment) -> Decimal:
    there = mollie.payments[leg.provider_id]
    return there.amount_refunded + there.amount_charged_back


def expected(story: Story) -> Decimal:
    """What a bank takes before the provider gives back is not given twice; after it, nobody can help it."""
    owed = ONE * story.cancelled
    if _is_made_before_the_bank(story) and story.ends is RefundState.REFUNDED:
        return owed + story.taken
    return max(story.taken, min(owed + story.taken, ALL))


def _is_made_before_the_bank(story: Story) -> bool:
    if story.trouble == "killed before the call":
        return False
    return MOMENTS.index(story.moment) >= 2
