"""What happened to an order becomes one mail each, in its language, with what the buyer needs."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal

import pypdfium2
import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from outbox.recording import record
from outbox.testing import drain_outbox
from tests.printing.selling import a_night, a_paid_order, cancel
from ticketing.facts import OrderAbandoned, OrderPaid, OrderRefundedInFull, TicketsCancelled
from ticketing.models import GiftCard, Order, OrderLine, Payment, Performance, SentMail, Ticket
from ticketing.operations.mails import recipient_hash
from ticketing.order_links import link_token
from ticketing.queries.printing import rendered_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(now: datetime) -> Performance:
    return a_night(now)


@pytest.fixture
def order(now: datetime, night: Performance) -> Order:
    order = a_paid_order(now, night)
    Payment.objects.create(
        order=order,
        means=Payment.Means.PROVIDER,
        method="bancontact",
        amount=order.total,
        state=Payment.State.PAID,
        created_at=now,
        paid_at=now,
    )
    return order


def tell(fact: OrderPaid | OrderAbandoned | OrderRefundedInFull | TicketsCancelled, now: datetime) -> None:
    with transaction.atomic():
        record(fact, now=now)
    drain_outbox(now=now)


def sent() -> list[EmailMultiAlternatives]:
    return list(mail.outbox)  # type: ignore[arg-type]  # all of ours have alternatives


def test_a_paid_order_is_confirmed_with_its_tickets(now: datetime, order: Order) -> None:
    tell(OrderPaid(order_id=order.id, total=order.total), now)
    [letter] = sent()
    [(name, content, kind)] = [tuple(attachment) for attachment in letter.attachments]
    assert (
        letter.subject,
        letter.to,
        name,
        kind,
        len(pypdfium2.PdfDocument(io.BytesIO(content))),
    ) == ("Je tickets voor Nachtvlucht", ["marie@example.org"], f"tickets-{order.reference}.pdf", "application/pdf", 2)
    expected = [
        "Tot 22 januari, Marie",
        "Je tickets voor Nachtvlucht zitten klaar.",
        "Vrijdag 22 januari, 20:00",
        "Parterre, rij F, stoel 11 en 12",
        "2 × Normaal: € 48,00",
        "Betaald met Bancontact: € 48,00",
        f"/nl/kantelaar/order/{link_token(order)}/",
    ]
    assert [words for words in expected if words not in letter.body.replace("\xa0", " ")] == []


def test_the_tickets_of_the_mail_are_ready_on_the_order_page(now: datetime, order: Order) -> None:
    tell(OrderPaid(order_id=order.id, total=order.total), now)
    known = rendered_tickets(order_id=order.id)
    assert known is not None
    assert known.is_ready


def test_a_letter_is_sent_once_however_often_the_fact_is_told(now: datetime, order: Order) -> None:
    for _time in range(3):
        tell(OrderPaid(order_id=order.id, total=order.total), now)
    [row] = SentMail.objects.all()
    assert (len(sent()), row.key, row.template, row.language, row.recipient_hash, row.is_historical) == (
        1,
        f"order_paid:{order.id}",
        "order_paid",
        "nl",
        recipient_hash("Marie@example.org"),
        False,
    )


def test_tickets_cancelled_before_the_mail_left_are_not_announced(now: datetime, order: Order) -> None:
    for ticket in Ticket.objects.all():
        cancel(ticket, now)
    tell(OrderPaid(order_id=order.id, total=order.total), now)
    assert (sent(), SentMail.objects.count()) == ([], 0)


def test_a_letter_that_could_not_leave_is_tried_again(
    now: datetime, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse)
        tell(OrderPaid(order_id=order.id, total=order.total), now)
    assert (len(sent()), SentMail.objects.count()) == (0, 0)
    drain_outbox(now=now + timedelta(hours=1))
    assert (len(sent()), SentMail.objects.count()) == (1, 1)


def refuse(self: EmailMultiAlternatives, **_options: object) -> int:
    raise ConnectionRefusedError


def test_the_mails_of_a_loaded_past_are_registered_and_never_sent(now: datetime, night: Performance) -> None:
    order = a_paid_order(now, night, is_historical=True)
    tell(OrderPaid(order_id=order.id, total=order.total), now)
    assert (len(sent()), SentMail.objects.get().is_historical, rendered_tickets(order_id=order.id)) == (0, True, None)


def test_a_french_order_is_answered_in_french(now: datetime, night: Performance) -> None:
    order = a_paid_order(now, night, language="fr", seats=1)
    tell(OrderPaid(order_id=order.id, total=order.total), now)
    [letter] = sent()
    assert (letter.subject, "Votre billet pour Nachtvlucht (fr) est prêt." in letter.body) == (
        "Vos billets pour Nachtvlucht (fr)",
        True,
    )


def test_a_bought_gift_card_arrives_in_a_letter_of_its_own(now: datetime, night: Performance) -> None:
    order = a_paid_order(now, night, seats=0, total=Decimal("50.00"))
    line = OrderLine.objects.create(
        order=order, kind=OrderLine.Kind.GIFT_CARD, house=order.house, gross=Decimal("50.00"), created_at=now
    )
    GiftCard.objects.create(
        house=order.house,
        code="7KQ2M9XD4HTC22AB",
        line=line,
        value=Decimal("50.00"),
        issued_at=now,
        expires_on=now.date().replace(year=2031),
    )
    tell(OrderPaid(order_id=order.id, total=order.total), now)
    [letter] = sent()
    text = letter.body.replace("\xa0", " ")
    assert (letter.subject, "7KQ2-M9XD-4HTC-22AB" in text, "€ 50,00, geldig tot 12 januari 2031" in text) == (
        "Je cadeaubon van de Kantelaar",
        True,
        True,
    )


def test_whoever_paid_too_late_hears_that_all_of_it_goes_back(now: datetime, order: Order) -> None:
    tell(OrderRefundedInFull(order_id=order.id, amount=Decimal("48.00")), now)
    [letter] = sent()
    assert (letter.subject, "€ 48,00 gaat vanzelf terug" in letter.body.replace("\xa0", " ")) == (
        "Je betaling komt terug",
        True,
    )


def test_a_cancellation_names_what_was_cancelled_and_what_goes_back(now: datetime, order: Order) -> None:
    gone, _kept = Ticket.objects.order_by("id")
    cancel(gone, now)
    tell(TicketsCancelled(order_id=order.id, ticket_ids=(gone.pk,), amount=Decimal("24.00")), now)
    [letter] = sent()
    text = letter.body.replace("\xa0", " ")
    assert (letter.subject, "rij F, stoel 11\n" in text, "€ 24,00 gaat terug" in text) == (
        "Geannuleerd: Nachtvlucht",
        True,
        True,
    )


@pytest.mark.parametrize(
    ("reason", "letters"), [("payment_expired", 1), ("payment_failed", 1), ("payment_cancelled", 0), ("left", 0)]
)
def test_only_who_may_not_know_hears_that_an_order_was_not_paid(
    now: datetime, order: Order, reason: str, letters: int
) -> None:
    Order.objects.filter(pk=order.pk).update(state=Order.State.ABANDONED)
    tell(OrderAbandoned(order_id=order.id, reason=reason), now)
    assert len(sent()) == letters


def test_an_order_paid_in_the_meantime_is_not_called_unpaid(now: datetime, order: Order) -> None:
    tell(OrderAbandoned(order_id=order.id, reason="payment_expired"), now)
    assert sent() == []


def test_nobody_can_fill_a_mail_box_with_orders_that_are_not_paid(now: datetime, night: Performance) -> None:
    for _order in range(5):
        unpaid = a_paid_order(now, night, seats=0)
        Order.objects.filter(pk=unpaid.pk).update(state=Order.State.ABANDONED)
        tell(OrderAbandoned(order_id=unpaid.id, reason="expired"), now)
    assert len(sent()) == 3
