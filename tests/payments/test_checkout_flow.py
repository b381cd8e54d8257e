"""From the pay button to the ticket, and every way it can go otherwise. The provider is a fake; the rest is real."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from outbox.testing import drain_outbox, recorded_facts
from payments.mollie.fake import FakeMollie
from payments.tasks import poll_paid, poll_payments, poll_refunds
from tests.payments.conftest import Clock
from tests.payments.selling import (
    assert_all_is_well,
    go_to_pay,
    hold_places,
    leg_of,
    live_tickets,
    place_order,
    places_of,
    state_of,
)
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import BUYER, a_payment_account
from ticketing.facts import OrderPaid, OrderRefundedInFull, PaymentChargedBack, RefundFinished
from ticketing.models import Chargeback, LedgerGroup, Order, Payment, Performance, Place, Refund, SentMail, Ticket
from ticketing.operations import (
    abandonments,
    baskets,
    cancellations,
    gift_cards,
    orders,
    payment_legs,
    payments,
    tidying,
)
from ticketing.ports import ProviderState, RefundState

pytestmark = pytest.mark.django_db

TWO_SEATS = Decimal("48.00")


@pytest.fixture
def performance(clock: Clock, mollie: FakeMollie) -> Performance:
    house = a_house(clock(), cancel_until_hours=24)
    a_payment_account(house)
    return on_sale(clock(), house)


def hear(provider_id: str) -> None:
    assert Client().post("/webhooks/mollie/", {"id": provider_id}).status_code == 200


def sold(performance: Performance, clock: Clock, mollie: FakeMollie) -> Order:
    order = place_order(performance, clock(), "0", "1")
    provider_id = go_to_pay(order, clock())
    mollie.end(provider_id, ProviderState.PAID)
    hear(provider_id)
    return order


# -- the ways a payment ends ----------------------------------------------------------------------------------------


@pytest.mark.scope("PR5-02")
def test_paid_order_has_its_tickets_places_and_fact(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = sold(performance, clock, mollie)

    assert state_of(order) == Order.State.PAID
    assert live_tickets(order) == 2
    assert places_of(order) == [Place.State.SOLD] * 2
    assert leg_of(order).method == "bancontact"
    assert recorded_facts(OrderPaid) == [OrderPaid(order_id=order.id, total=TWO_SEATS)]
    assert_all_is_well()


@pytest.mark.parametrize("state", [ProviderState.FAILED, ProviderState.CANCELLED])
def test_buyer_who_did_not_pay_keeps_the_places_and_pays_again(
    performance: Performance, clock: Clock, mollie: FakeMollie, state: ProviderState
) -> None:
    first = place_order(performance, clock(), "0", "1")
    provider_id = go_to_pay(first, clock())
    mollie.end(provider_id, state)
    hear(provider_id)
    assert (state_of(first), places_of(first)) == (Order.State.ABANDONED, [Place.State.HELD] * 2)

    assert first.basket_id is not None
    second = orders.place_order(basket_id=first.basket_id, contact=BUYER, now=clock()).order
    second_id = go_to_pay(second, clock())
    mollie.end(second_id, ProviderState.PAID)
    hear(second_id)

    assert second_id != provider_id
    assert (state_of(second), live_tickets(second)) == (Order.State.PAID, 2)
    assert_all_is_well()


def test_what_is_still_to_be_paid_is_not_settled(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = place_order(performance, clock(), "0", "1")
    go_to_pay(order, clock())
    payments.settle(order_id=order.id, now=clock())
    assert (state_of(order), live_tickets(order)) == (Order.State.AWAITING_PAYMENT, 0)
    assert_all_is_well()


def test_expired_payment_frees_the_places(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = place_order(performance, clock(), "0", "1")
    provider_id = go_to_pay(order, clock())

    mollie.end(provider_id, ProviderState.EXPIRED)
    hear(provider_id)

    assert (state_of(order), places_of(order)) == (Order.State.ABANDONED, [Place.State.AVAILABLE] * 2)
    assert_all_is_well()


# -- the pay button -------------------------------------------------------------------------------------------------


def test_second_press_leads_to_the_same_payment(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = place_order(performance, clock(), "0")

    assert go_to_pay(order, clock()) == go_to_pay(order, clock())
    assert len(mollie.payments) == 1


def test_lost_answer_makes_no_second_payment(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = place_order(performance, clock(), "0")
    mollie.lose_answers()

    with pytest.raises(payments.ProviderUnavailable):
        go_to_pay(order, clock())
    provider_id = go_to_pay(order, clock())

    assert list(mollie.payments) == [provider_id]


def test_refusal_of_the_provider_gives_the_basket_back(
    performance: Performance, clock: Clock, mollie: FakeMollie, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = place_order(performance, clock(), "0")
    # The provider's limit lies below the price.
    Payment.objects.filter(order=order).update(amount=0)

    with pytest.raises(payment_legs.CannotPayHere):
        go_to_pay(order, clock())

    assert (state_of(order), places_of(order)) == (Order.State.ABANDONED, [Place.State.HELD])


def test_places_wait_as_long_as_the_provider_does(
    performance: Performance, clock: Clock, mollie: FakeMollie, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("payments.mollie.fake.EXPIRY", timedelta(hours=3))
    order = place_order(performance, clock(), "0")

    go_to_pay(order, clock())

    order.refresh_from_db()
    assert order.expires_at == clock() + timedelta(hours=3) + payment_legs.GRACE
    assert leg_of(order).expires_at == clock() + timedelta(hours=3)


# -- nobody tells us ------------------------------------------------------------------------------------------------


def test_lost_webhook_is_made_good_by_polling(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = place_order(performance, clock(), "0", "1")
    mollie.end(go_to_pay(order, clock()), ProviderState.PAID)

    poll_payments()
    assert state_of(order) == Order.State.AWAITING_PAYMENT  # still young: the webhook may be on its way
    clock.pass_by(seconds=30)
    poll_payments()

    assert (state_of(order), live_tickets(order)) == (Order.State.PAID, 2)
    assert_all_is_well()


def test_polling_asks_rarely_after_old_payments(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    go_to_pay(place_order(performance, clock(), "0"), clock())
    mollie.calls.clear()

    for _ in range(20):
        clock.pass_by(minutes=10)
        poll_payments()
        poll_payments()

    assert mollie.calls == ["fetch"] * 20


def test_payment_without_answer_does_not_hide_the_others(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    deaf, other = place_order(performance, clock(), "0"), place_order(performance, clock(), "1")
    go_to_pay(deaf, clock())
    mollie.end(go_to_pay(other, clock()), ProviderState.PAID)
    clock.pass_by(seconds=30)
    mollie.break_down(1)

    poll_payments()

    assert state_of(other) == Order.State.PAID


def test_finished_payments_are_left_alone(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    sold(performance, clock, mollie)
    mollie.calls.clear()
    clock.pass_by(hours=1)

    poll_payments()

    assert mollie.calls == []


def test_last_word_is_asked_before_an_order_is_given_up(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    order = place_order(performance, clock(), "0", "1")
    mollie.end(go_to_pay(order, clock()), ProviderState.PAID)

    assert tidying.expire_orders(now=clock.pass_by(minutes=21)) == 0

    assert (state_of(order), live_tickets(order)) == (Order.State.PAID, 2)


def test_order_waits_while_the_provider_does_not_answer(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    order = place_order(performance, clock(), "0")
    go_to_pay(order, clock())
    mollie.break_down()

    assert tidying.expire_orders(now=clock.pass_by(minutes=21)) == 0
    assert state_of(order) == Order.State.AWAITING_PAYMENT
    assert tidying.expire_orders(now=clock()) == 1
    assert (state_of(order), places_of(order)) == (Order.State.ABANDONED, [Place.State.AVAILABLE])


# -- too late -------------------------------------------------------------------------------------------------------


def given_up(performance: Performance, clock: Clock) -> tuple[Order, str]:
    order = place_order(performance, clock(), "0", "1")
    provider_id = go_to_pay(order, clock())
    tidying.expire_orders(now=clock.pass_by(minutes=21))
    assert state_of(order) == Order.State.ABANDONED
    return order, provider_id


def test_late_money_gets_the_places_back_while_they_are_free(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    order, provider_id = given_up(performance, clock)

    mollie.end(provider_id, ProviderState.PAID)
    hear(provider_id)

    assert (state_of(order), live_tickets(order)) == (Order.State.PAID, 2)
    assert mollie.refunds == {}
    assert_all_is_well()


def test_late_money_finds_the_places_its_buyer_had_taken_up_again(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    """Back from the provider to choose on, and then paid in the other window after all."""
    order = place_order(performance, clock(), "0", "1")
    provider_id = go_to_pay(order, clock())
    abandonments.abandon(order_id=order.id, reason="reopened", keep_places=True, now=clock())
    assert places_of(order) == [Place.State.HELD] * 2

    mollie.end(provider_id, ProviderState.PAID)
    hear(provider_id)

    assert (state_of(order), live_tickets(order), mollie.refunds) == (Order.State.PAID, 2, {})
    assert_all_is_well()


def test_late_money_gets_a_place_back_whose_next_buyer_let_the_time_pass(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    order, provider_id = given_up(performance, clock)
    hold_places(performance, clock(), "1")
    clock.pass_by(minutes=16)

    mollie.end(provider_id, ProviderState.PAID)
    hear(provider_id)

    assert (state_of(order), live_tickets(order), mollie.refunds) == (Order.State.PAID, 2, {})
    assert_all_is_well()


def test_late_money_goes_back_when_the_gift_card_beside_it_was_spent_elsewhere(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    card = gift_cards.issue(house_id=performance.house_id, value=Decimal("10.00"), now=clock())
    late, spent = hold_places(performance, clock(), "0", "1"), hold_places(performance, clock(), "5")
    baskets.add_code(basket_id=late, code=card.code, now=clock())
    order = orders.place_order(basket_id=late, contact=BUYER, now=clock()).order
    provider_id = go_to_pay(order, clock())
    tidying.expire_orders(now=clock.pass_by(minutes=21))
    baskets.retry_places(basket_id=spent, now=clock())
    baskets.add_code(basket_id=spent, code=card.code, now=clock())
    orders.place_order(basket_id=spent, contact=BUYER, now=clock())

    mollie.end(provider_id, ProviderState.PAID)
    hear(provider_id)
    drain_outbox(now=clock())

    assert (state_of(order), live_tickets(order)) == (Order.State.ABANDONED, 0)
    assert [refund.amount for _, refund in mollie.refunds.values()] == [Decimal("38.00")]
    assert gift_cards.balance(card, now=clock()) == 0


@pytest.mark.parametrize("taken", ["held", "sold"])
def test_late_money_goes_back_whole_when_one_place_is_gone(
    performance: Performance, clock: Clock, mollie: FakeMollie, taken: str
) -> None:
    order, provider_id = given_up(performance, clock)
    if taken == "held":
        hold_places(performance, clock(), "1")
    else:
        other = place_order(performance, clock(), "0")
        mollie.end(go_to_pay(other, clock()), ProviderState.PAID)
        hear(leg_of(other).provider_id)

    mollie.end(provider_id, ProviderState.PAID)
    for _ in range(3):
        hear(provider_id)
    drain_outbox(now=clock())

    assert (state_of(order), live_tickets(order)) == (Order.State.ABANDONED, 0)
    assert recorded_facts(OrderRefundedInFull) == [OrderRefundedInFull(order_id=order.id, amount=TWO_SEATS)]
    assert [refund.amount for _, refund in mollie.refunds.values()] == [TWO_SEATS]
    assert SentMail.objects.filter(order=order, template="order_refunded").count() == 1
    assert_all_is_well()


# -- money that goes back -------------------------------------------------------------------------------------------


def cancel_all(order: Order, clock: Clock) -> Refund:
    tickets = list(Ticket.objects.filter(line__order=order).values_list("id", flat=True))
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=tickets, now=clock())
    return Refund.objects.get(payment__order=order)


def test_refund_is_sent_followed_and_finished(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    order = sold(performance, clock, mollie)
    refund = cancel_all(order, clock)

    drain_outbox(now=clock())
    refund.refresh_from_db()
    assert refund.state == Refund.State.PENDING
    mollie.end_refund(refund.provider_id, RefundState.REFUNDED)
    hear(leg_of(order).provider_id)

    refund.refresh_from_db()
    assert refund.state == Refund.State.REFUNDED
    assert recorded_facts(RefundFinished) == [RefundFinished(order_id=order.id, refund_id=refund.id, succeeded=True)]


def test_refund_nobody_tells_of_is_polled(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    refund = cancel_all(sold(performance, clock, mollie), clock)
    drain_outbox(now=clock())
    refund.refresh_from_db()
    mollie.end_refund(refund.provider_id, RefundState.FAILED)

    clock.pass_by(minutes=11)
    poll_refunds()

    refund.refresh_from_db()
    assert refund.state == Refund.State.FAILED
    assert [fact.succeeded for fact in recorded_facts(RefundFinished)] == [False]


def test_lost_answer_refunds_once(performance: Performance, clock: Clock, mollie: FakeMollie) -> None:
    refund = cancel_all(sold(performance, clock, mollie), clock)
    mollie.lose_answers()

    drain_outbox(now=clock())
    drain_outbox(now=clock.pass_by(hours=1))

    refund.refresh_from_db()
    assert (refund.state, len(mollie.refunds)) == (Refund.State.PENDING, 1)
    assert mollie.calls[-2:] == ["refund", "find_refund"]


# -- money a bank takes back ----------------------------------------------------------------------------------------


def test_chargeback_is_booked_once_and_reversed_once(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    order = sold(performance, clock, mollie)
    leg = leg_of(order)
    chargeback_id = mollie.charge_back(leg.provider_id, reason="Not mine")
    hear(leg.provider_id)
    hear(leg.provider_id)

    assert recorded_facts(PaymentChargedBack) == [
        PaymentChargedBack(order_id=order.id, payment_id=leg.id, amount=TWO_SEATS)
    ]
    mollie.reverse_chargeback(leg.provider_id, chargeback_id)
    hear(leg.provider_id)
    hear(leg.provider_id)

    chargeback = Chargeback.objects.get()
    assert (chargeback.amount, chargeback.reason, chargeback.reversed_at) == (TWO_SEATS, "Not mine", clock())
    booked = LedgerGroup.objects.filter(kind__startswith="chargeback").order_by("id")
    assert list(booked.values_list("kind", flat=True)) == ["chargeback", "chargeback_reversal"]
    assert_all_is_well()


def test_a_chargeback_nobody_told_of_is_found_by_asking_again(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    leg = leg_of(sold(performance, clock, mollie))
    mollie.charge_back(leg.provider_id, reason="Not mine")
    mollie.calls.clear()
    poll_payments()
    poll_paid()
    assert (mollie.calls, Chargeback.objects.count()) == ([], 0)

    clock.pass_by(days=8)
    poll_paid()
    poll_paid()
    assert (mollie.calls, Chargeback.objects.get().amount) == (["fetch"], TWO_SEATS)
    assert len(recorded_facts(PaymentChargedBack)) == 1
    assert_all_is_well()


def test_a_paid_payment_is_asked_about_a_few_times_and_then_never(
    performance: Performance, clock: Clock, mollie: FakeMollie
) -> None:
    sold(performance, clock, mollie)
    mollie.calls.clear()
    for _day in range(300):
        clock.pass_by(days=1)
        poll_paid()
    assert len(mollie.calls) == 5
