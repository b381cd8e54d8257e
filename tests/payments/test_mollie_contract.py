"""One suite for the fake in memory and for the real client over real HTTP: what holds for one holds for the other."""

from __future__ import annotations

from decimal import Decimal

import pytest

from outbox.errors import Rejected, Unavailable
from tests.payments.conftest import Desk
from tests.payments.requests import payment_request
from ticketing.ports import ProviderPayment, ProviderState, RefundState, Split

ENDINGS = [ProviderState.PAID, ProviderState.FAILED, ProviderState.CANCELLED, ProviderState.EXPIRED]


def paid(desk: Desk, amount: str = "33.60") -> ProviderPayment:
    payment = desk.provider.create(payment_request(amount=Decimal(amount)))
    desk.hand.end(payment.provider_id, ProviderState.PAID)
    return desk.provider.fetch(payment.provider_id)


def test_new_payment_is_open_with_a_checkout_and_a_deadline(desk: Desk) -> None:
    payment = desk.provider.create(payment_request())

    assert payment.state is ProviderState.OPEN
    assert (payment.amount, payment.amount_refunded, payment.amount_charged_back) == (Decimal("33.60"), 0, 0)
    assert payment.provider_id.startswith("tr_")
    assert payment.checkout_url.startswith("http")
    assert payment.expires_at is not None
    assert payment.expires_at.tzinfo is not None
    assert payment.paid_at is None
    assert desk.provider.fetch(payment.provider_id) == payment


def test_same_key_makes_one_payment(desk: Desk) -> None:
    request = payment_request()

    assert desk.provider.create(request) == desk.provider.create(request)
    assert desk.provider.create(payment_request()) != desk.provider.create(request)


def test_lost_answer_is_asked_again_with_the_same_key(desk: Desk) -> None:
    request = payment_request()
    desk.hand.lose_answers()

    with pytest.raises(Unavailable):
        desk.provider.create(request)
    payment = desk.provider.create(request)

    assert desk.provider.create(request) == payment


@pytest.mark.parametrize("state", ENDINGS)
def test_ending_is_fetched(desk: Desk, state: ProviderState) -> None:
    payment = desk.provider.create(payment_request())

    desk.hand.end(payment.provider_id, state, method="belfius")
    ended = desk.provider.fetch(payment.provider_id)

    assert (ended.state, ended.method, ended.checkout_url) == (state, "belfius", "")
    assert (ended.paid_at is not None) is (state is ProviderState.PAID)


def test_payment_for_one_method(desk: Desk) -> None:
    payment = desk.provider.create(payment_request(method="card"))

    assert payment.method == "card"


@pytest.mark.parametrize("language", ["nl", "fr", "en", "xx"])
def test_every_language_is_accepted(desk: Desk, language: str) -> None:
    assert desk.provider.create(payment_request(language=language)).state is ProviderState.OPEN


def test_split_payment_is_accepted(desk: Desk) -> None:
    splits = (Split("org_12345678", Decimal("10.00")), Split("org_87654321", Decimal("5.50")))

    assert desk.provider.create(payment_request(splits=splits)).state is ProviderState.OPEN


def test_refund_is_under_way_and_then_done(desk: Desk) -> None:
    payment = paid(desk)

    refund = desk.provider.refund(
        payment.provider_id, amount=Decimal("10.00"), description="Performance cancelled", idempotency_key="refund"
    )

    assert (refund.state, refund.amount) == (RefundState.PENDING, Decimal("10.00"))
    assert desk.provider.fetch(payment.provider_id).amount_refunded == Decimal("10.00")
    desk.hand.end_refund(refund.provider_id, RefundState.REFUNDED)
    assert desk.provider.fetch_refund(payment.provider_id, refund.provider_id).state is RefundState.REFUNDED


def test_failed_refund_gives_the_amount_free_again(desk: Desk) -> None:
    payment = paid(desk)
    refund = desk.provider.refund(
        payment.provider_id, amount=Decimal("10.00"), description="x", idempotency_key="failing"
    )

    desk.hand.end_refund(refund.provider_id, RefundState.FAILED)

    assert desk.provider.fetch_refund(payment.provider_id, refund.provider_id).state is RefundState.FAILED
    assert desk.provider.fetch(payment.provider_id).amount_refunded == Decimal("0.00")


def test_same_key_refunds_once_even_when_the_answer_got_lost(desk: Desk) -> None:
    payment = paid(desk)
    desk.hand.lose_answers()

    with pytest.raises(Unavailable):
        desk.provider.refund(payment.provider_id, amount=Decimal("20.00"), description="x", idempotency_key="r1")
    again = desk.provider.refund(payment.provider_id, amount=Decimal("20.00"), description="x", idempotency_key="r1")

    assert again.amount == Decimal("20.00")
    assert desk.provider.fetch(payment.provider_id).amount_refunded == Decimal("20.00")


def test_a_refund_is_found_by_its_key_for_as_long_as_it_exists(desk: Desk) -> None:
    one, other = paid(desk), paid(desk)
    desk.hand.lose_answers()
    with pytest.raises(Unavailable):
        desk.provider.refund(one.provider_id, amount=Decimal("20.00"), description="x", idempotency_key="lost")

    found = desk.provider.find_refund(one.provider_id, idempotency_key="lost")

    assert found is not None
    assert (found.amount, found) == (Decimal("20.00"), desk.provider.fetch_refund(one.provider_id, found.provider_id))
    assert desk.provider.find_refund(one.provider_id, idempotency_key="another") is None
    assert desk.provider.find_refund(other.provider_id, idempotency_key="lost") is None


@pytest.mark.parametrize("amount", ["33.61", "0.00", "-1.00"])
def test_impossible_refund_is_rejected(desk: Desk, amount: str) -> None:
    payment = paid(desk)

    with pytest.raises(Rejected):
        desk.provider.refund(payment.provider_id, amount=Decimal(amount), description="x", idempotency_key=amount)


def test_unpaid_payment_is_not_refunded(desk: Desk) -> None:
    payment = desk.provider.create(payment_request())

    with pytest.raises(Rejected):
        desk.provider.refund(payment.provider_id, amount=Decimal("1.00"), description="x", idempotency_key="early")


def test_chargeback_comes_with_its_payment(desk: Desk) -> None:
    payment = paid(desk)

    chargeback_id = desk.hand.charge_back(payment.provider_id, amount=Decimal("12.50"), reason="Not mine")
    charged_back = desk.provider.fetch(payment.provider_id)

    assert charged_back.amount_charged_back == Decimal("12.50")
    (chargeback,) = charged_back.chargebacks
    assert (chargeback.provider_id, chargeback.amount) == (chargeback_id, Decimal("12.50"))
    assert (chargeback.reason, chargeback.reversed_at) == ("Not mine", None)


def test_what_a_bank_took_is_not_refunded_again_until_it_comes_back(desk: Desk) -> None:
    payment = paid(desk)
    taken = desk.hand.charge_back(payment.provider_id, amount=Decimal("12.50"))

    with pytest.raises(Rejected):
        desk.provider.refund(payment.provider_id, amount=Decimal("33.60"), description="x", idempotency_key="all")
    assert desk.provider.find_refund(payment.provider_id, idempotency_key="all") is None

    desk.hand.reverse_chargeback(payment.provider_id, taken)
    again = desk.provider.refund(payment.provider_id, amount=Decimal("33.60"), description="x", idempotency_key="again")
    assert again.amount == Decimal("33.60")


def test_reversed_chargeback_stays_known(desk: Desk) -> None:
    payment = paid(desk)
    chargeback_id = desk.hand.charge_back(payment.provider_id)

    desk.hand.reverse_chargeback(payment.provider_id, chargeback_id)
    now = desk.provider.fetch(payment.provider_id)

    assert now.amount_charged_back == Decimal("0.00")
    assert [item.reversed_at is not None for item in now.chargebacks] == [True]


@pytest.mark.parametrize("provider_id", ["tr_stranger", "tr_"])
def test_unknown_payment_is_rejected(desk: Desk, provider_id: str) -> None:
    with pytest.raises(Rejected):
        desk.provider.fetch(provider_id)


def test_refund_of_another_payment_is_rejected(desk: Desk) -> None:
    one, other = paid(desk), paid(desk)
    refund = desk.provider.refund(one.provider_id, amount=Decimal("1.00"), description="x", idempotency_key="one")

    with pytest.raises(Rejected):
        desk.provider.fetch_refund(other.provider_id, refund.provider_id)


def test_nothing_to_pay_is_rejected(desk: Desk) -> None:
    with pytest.raises(Rejected):
        desk.provider.create(payment_request(amount=Decimal("0.00")))


def test_broken_provider_is_unavailable_and_then_well_again(desk: Desk) -> None:
    desk.hand.break_down(2)

    with pytest.raises(Unavailable):
        desk.provider.create(payment_request())
    with pytest.raises(Unavailable):
        desk.provider.methods()

    assert desk.provider.create(payment_request()).state is ProviderState.OPEN


def test_methods_are_in_our_words(desk: Desk) -> None:
    assert desk.provider.methods() == ("bancontact", "ideal", "card", "kbc", "belfius")
