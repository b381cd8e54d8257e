"""An invoice behind the link of its order: asked for once, made by a worker, sent by mail, and for nobody else."""

from __future__ import annotations

import io
from datetime import datetime

import pypdfium2
import pytest
from django.core import mail
from django.test import Client

from outbox.testing import drain_outbox
from tests.ticketing import building, paying
from ticketing.models import Document, Order, Performance, Ticket
from ticketing.operations import cancellations
from ticketing.order_links import link_token
from ticketing.webshop.order_view import order_url

pytestmark = pytest.mark.scope("PR5-05")

FORM = {
    "name": "De Klas vzw",
    "street": "Schoolstraat 1",
    "postcode": "9000",
    "city": "Gent",
    "country": "BE",
    "vat_number": "0403.200.393",
}


@pytest.fixture
def order(show: Performance, now: datetime) -> Order:
    order = paying.paid_order(show, now, "3", "4")
    drain_outbox(now=now)
    mail.outbox.clear()
    return order


def ask(order: Order, **more: str) -> str:
    answer = Client().post(order_url(order, "order_invoice"), FORM | more)
    assert answer.status_code in (303, 409, 422)
    return answer.content.decode()


def page(order: Order) -> str:
    answer = Client().get(order_url(order, "order_invoice"))
    assert (answer.status_code, answer["Referrer-Policy"]) == (200, "no-referrer")
    return answer.content.decode()


def words_of(content: bytes) -> str:
    pages = [found.get_textpage().get_text_range() for found in pypdfium2.PdfDocument(io.BytesIO(content))]
    return " ".join(" ".join(pages).replace("\xa0", " ").split())


def test_the_invoice_is_mailed_and_lies_behind_the_link(order: Order, now: datetime) -> None:
    assert order_url(order, "order_invoice") in Client().get(order_url(order)).content.decode()
    ask(order)
    (invoice,) = Document.objects.all()
    url = order_url(order, "order_document", str(invoice.id))
    assert Client().get(url).status_code == 202
    drain_outbox(now=now)
    answer = Client().get(url)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    said = words_of(answer.content)
    expected = [
        f"Factuur {now:%Y}-00001", "Zomerhof vzw", "De Klas vzw", "Schoolstraat 1", "9000 Gent", "BE0403200393",
        "De meeuw", "6 %", "€ 45,28", "€ 2,72", "€ 48,00", order.reference,
    ]  # fmt: skip
    assert [words for words in expected if words not in said] == []
    (letter,) = mail.outbox
    [attachment] = [tuple(found) for found in letter.attachments]
    assert (letter.to, attachment[0]) == (["an.peeters@example.org"], f"{now:%Y}-00001.pdf")
    assert f"/order/{link_token(order)}/invoice/" in str(letter.body)
    assert url.rsplit("/", 1)[1] in page(order)


def test_a_credit_note_follows_a_cancellation_by_itself(order: Order, now: datetime) -> None:
    ask(order)
    ticket = Ticket.objects.order_by("id").first()
    assert ticket is not None
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], now=now, by_staff=True)
    drain_outbox(now=now)
    note = Document.objects.get(series__kind="credit_note")
    answer = Client().get(order_url(order, "order_document", str(note.id)))
    said = words_of(answer.content)
    assert [w for w in (f"Creditnota {now:%Y}-00001", f"Factuur {now:%Y}-00001", "−24,00") if w not in said] == []
    assert sum("Creditnota" in letter.subject for letter in mail.outbox) == 1


def test_paper_the_storage_lost_is_made_again(order: Order, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "ticketing.operations.documents.current_app.send_task", lambda name, args, **more: asked.append(args[0])
    )
    ask(order)
    drain_outbox(now=now)
    invoice = Document.objects.get()
    invoice.file.storage.delete(invoice.file.name)
    for _time in range(3):
        assert Client().get(order_url(order, "order_document", str(invoice.id))).status_code == 202
    assert asked == [str(invoice.id)]


def test_asked_twice_there_is_one(order: Order) -> None:
    ask(order)
    assert "heeft al een factuur" in ask(order)
    assert Document.objects.count() == 1
    assert "<form" not in page(order).split("<main", 1)[1].split("</main", 1)[0]


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"vat_number": "BE0403200394"}, {"country": "XX"}, {"city": "x" * 101}]
)
def test_what_is_wrong_is_said_and_nothing_is_made(order: Order, wrong: dict[str, str]) -> None:
    said = ask(order, **wrong)
    assert ("errorlist" in said, Document.objects.count()) == (True, 0)


def test_script_in_a_name_is_text(order: Order) -> None:
    said = ask(order, name="<script>alert(1)</script>", city="")
    assert "<script>alert" not in said


def test_the_documents_of_another_order_are_not_found(order: Order, show: Performance, now: datetime) -> None:
    ask(order)
    other = paying.paid_order(show, now, "7")
    invoice = Document.objects.get()
    assert Client().get(order_url(other, "order_document", str(invoice.id))).status_code == 409


def test_an_order_not_paid_offers_none(show: Performance, now: datetime) -> None:
    free = building.a_ticket(now, show, "9").line.order
    Order.objects.filter(id=free.id).update(state=Order.State.AWAITING_PAYMENT)
    assert "valt niets te factureren" in page(free)
