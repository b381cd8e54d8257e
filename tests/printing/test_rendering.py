"""Tickets are rendered once by a worker, shown while they are true, and never after a cancellation."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from django.core.management import CommandError, call_command
from django.db.models import Q
from pytest_django import Settings

from tests.conftest import CountQueries
from tests.printing.selling import a_night, a_paid_order, a_ticket, cancel
from tests.ticketing.racing import race
from ticketing.models import Order, Ticket, TicketDocument
from ticketing.models.printing import private_storage
from ticketing.operations import printing
from ticketing.operations.printing import ask_for_tickets, content_of, forget_old_paper, forget_rendered_tickets
from ticketing.printing import bell as waiting
from ticketing.printing.bell import tickets_soon
from ticketing.printing.rendering import render_tickets
from ticketing.queries.barcodes import read_barcode
from ticketing.queries.printing import Readiness, TicketsVoid, rendered_tickets

pytestmark = [pytest.mark.django_db, pytest.mark.scope("PR5-05")]


class Bell:
    """Stands where the worker's queue is and remembers who rang."""

    def __init__(self) -> None:
        self.rung: list[list[object]] = []

    def send_task(self, name: str, arguments: list[object], **_options: object) -> None:
        self.rung.append(arguments)


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> Bell:
    bell = Bell()
    monkeypatch.setattr(printing, "current_app", bell)
    return bell


@pytest.fixture
def order(now: datetime) -> Order:
    return a_paid_order(now, a_night(now))


def texts(content: bytes) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]


def squares(content: bytes) -> list[str]:
    pictures = [page.render(scale=2, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(content)]
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture)]


def test_an_order_has_a_page_for_each_ticket_with_its_own_genuine_square(now: datetime, order: Order) -> None:
    content = render_tickets(order_id=order.id, now=now)
    assert content is not None
    tickets = Ticket.objects.order_by("id")
    assert [read_barcode(text).serial for text in squares(content)] == [ticket.serial for ticket in tickets]


def test_a_ticket_says_what_was_bought_in_the_words_of_the_order(now: datetime, order: Order) -> None:
    content = render_tickets(order_id=order.id, now=now, ticket_id=Ticket.objects.order_by("id")[0].pk)
    assert content is not None
    [page] = texts(content)
    expected = [
        "de Kantelaar",
        "Nachtvlucht",
        "Compagnie Zilvervos, theater",
        "Vrijdag",
        "22 januari",
        "20:00",
        "Parterre",
        "Rij",
        "Stoel",
        "F 11",
        "Normaal",
        "€ 24,00",
        "Definitieve prijs",
        order.reference,
        "Zaal open om 19:30.",
        "vr 22 januari 2027, 20:00",
        "Hofstraat 1, 9000 Gent",
    ]
    assert [words for words in expected if words not in page.replace("\xa0", " ")] == []


def test_tickets_are_rendered_once_whoever_polls(now: datetime, order: Order, bell: Bell) -> None:
    asked = [ask_for_tickets(order_id=order.id, now=now + timedelta(seconds=second)) for second in range(5)]
    assert [answer.readiness for answer in asked] == [Readiness.ASKED] * 5
    assert bell.rung == [[str(order.id), None]]


def test_rendered_tickets_are_given_without_asking_again(now: datetime, order: Order, bell: Bell) -> None:
    ask_for_tickets(order_id=order.id, now=now)
    content = render_tickets(order_id=order.id, now=now)
    answer = ask_for_tickets(order_id=order.id, now=now)
    assert (answer.readiness, content_of(answer), len(bell.rung)) == (Readiness.READY, content, 1)


def test_a_lost_bell_is_rung_again_once(now: datetime, order: Order, bell: Bell) -> None:
    for moment in (now, now + timedelta(seconds=21), now + timedelta(seconds=22)):
        ask_for_tickets(order_id=order.id, now=moment)
    assert len(bell.rung) == 2


def test_one_ticket_is_rendered_apart_from_its_order(now: datetime, order: Order, bell: Bell) -> None:
    ticket = Ticket.objects.order_by("id")[0]
    ask_for_tickets(order_id=order.id, now=now, ticket_code=ticket.code)
    ask_for_tickets(order_id=order.id, now=now)
    assert bell.rung == [[str(order.id), ticket.pk], [str(order.id), None]]


def test_a_cancelled_ticket_is_void_at_once(now: datetime, order: Order, bell: Bell) -> None:
    ticket = Ticket.objects.order_by("id")[0]
    render_tickets(order_id=order.id, now=now, ticket_id=ticket.pk)
    cancel(ticket, now)
    with pytest.raises(TicketsVoid):
        ask_for_tickets(order_id=order.id, now=now, ticket_code=ticket.code)


def test_after_a_cancellation_the_order_is_rendered_without_that_ticket(
    now: datetime, order: Order, bell: Bell
) -> None:
    render_tickets(order_id=order.id, now=now)
    gone, kept = Ticket.objects.order_by("id")
    cancel(gone, now)
    assert ask_for_tickets(order_id=order.id, now=now).readiness is Readiness.ASKED
    content = render_tickets(order_id=order.id, now=now + timedelta(seconds=1))
    answer = ask_for_tickets(order_id=order.id, now=now + timedelta(seconds=2))
    assert content is not None
    assert ([read_barcode(text).serial for text in squares(content)], answer.is_ready) == ([kept.serial], True)


def test_an_order_without_a_valid_ticket_has_nothing_to_print(now: datetime, order: Order, bell: Bell) -> None:
    for ticket in Ticket.objects.all():
        cancel(ticket, now)
    with pytest.raises(TicketsVoid):
        ask_for_tickets(order_id=order.id, now=now)
    assert (render_tickets(order_id=order.id, now=now), bell.rung) == (None, [])


def test_a_ticket_of_another_order_cannot_be_had(now: datetime, order: Order, bell: Bell) -> None:
    other = a_paid_order(now, Ticket.objects.order_by("id")[0].performance, seats=0)
    with pytest.raises(TicketsVoid):
        ask_for_tickets(order_id=other.id, now=now, ticket_code=Ticket.objects.order_by("id")[0].code)


def test_forgotten_documents_leave_nothing_behind(now: datetime, order: Order) -> None:
    render_tickets(order_id=order.id, now=now)
    file = TicketDocument.objects.get().file
    assert forget_rendered_tickets(documents=Q(order=order.id)) == 1
    assert (file.storage.exists(file.name), rendered_tickets(order_id=order.id)) == (False, None)


def test_a_file_the_storage_lost_is_made_again(now: datetime, order: Order, bell: Bell) -> None:
    render_tickets(order_id=order.id, now=now)
    found = ask_for_tickets(order_id=order.id, now=now)
    private_storage().delete(found.file)
    lost, again = content_of(found), ask_for_tickets(order_id=order.id, now=now)
    assert (lost, again.readiness, len(bell.rung)) == (None, Readiness.ASKED, 1)


def test_paper_nobody_asks_for_any_more_is_tidied_away(now: datetime, order: Order) -> None:
    render_tickets(order_id=order.id, now=now)
    kept, gone = forget_old_paper(now=now + timedelta(days=29)), forget_old_paper(now=now + timedelta(days=30))
    assert (kept, gone, rendered_tickets(order_id=order.id)) == (0, 1, None)


@pytest.mark.parametrize("seats", [1, 3])
def test_the_whole_rendering_takes_few_statements_however_many_tickets(
    now: datetime, count_queries: CountQueries, bell: Bell, seats: int
) -> None:
    performance = a_night(now)
    render_tickets(order_id=a_paid_order(now, performance, seats=1).id, now=now)  # the worker is warm
    order = a_paid_order(now, performance, seats=0)
    for number in range(31, 31 + seats):
        a_ticket(now, order, performance, number)
    with count_queries(2):
        ask_for_tickets(order_id=order.id, now=now)
    with count_queries(2):
        render_tickets(order_id=order.id, now=now)
    with count_queries(1):
        ask_for_tickets(order_id=order.id, now=now)


def test_a_broker_that_is_away_costs_no_ticket(now: datetime, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def send_task(self, *_arguments: object, **_options: object) -> None:
            raise ConnectionRefusedError

    monkeypatch.setattr(printing, "current_app", Broken())
    assert ask_for_tickets(order_id=order.id, now=now).readiness is Readiness.ASKED


def test_who_waits_a_moment_gets_the_tickets_at_once(
    now: datetime, order: Order, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    class Worker:
        """Renders on the spot, as a real one does within the patience of the request."""

        def send_task(self, _name: str, arguments: list[str], **_options: object) -> None:
            render_tickets(order_id=UUID(arguments[0]), now=now)

    settings.PATIENCE_FOR_TICKETS = 0.5
    monkeypatch.setattr(printing, "current_app", Worker())
    assert tickets_soon(order_id=order.id, now=now).is_ready


def test_who_waits_in_vain_is_told_to_come_back(now: datetime, order: Order, bell: Bell, settings: Settings) -> None:
    settings.PATIENCE_FOR_TICKETS = 0.05
    assert tickets_soon(order_id=order.id, now=now).readiness is Readiness.ASKED


def test_a_crowd_asking_for_paper_does_not_take_every_thread(
    now: datetime, order: Order, bell: Bell, settings: Settings
) -> None:
    settings.PATIENCE_FOR_TICKETS = 60
    chairs = [waiting._chairs.acquire(blocking=False) for _chair in range(waiting.MOST_WAITING)]
    try:
        assert tickets_soon(order_id=order.id, now=now).readiness is Readiness.ASKED
    finally:
        for _chair in chairs:
            waiting._chairs.release()


@pytest.mark.django_db(transaction=True)
def test_of_a_crowd_asking_at_once_one_rings(now: datetime, bell: Bell) -> None:
    order = a_paid_order(now, a_night(now))
    answers = race(lambda _n: ask_for_tickets(order_id=order.id, now=now).readiness.value, contenders=32, threads=8)
    assert (dict(answers), bell.rung) == ({"asked": 32}, [[str(order.id), None]])


def test_a_house_prints_the_valid_tickets_of_an_order_on_slips(order: Order, now: datetime, tmp_path: Path) -> None:
    first, second = Ticket.objects.order_by("id")
    cancel(first, now)
    file = tmp_path / "slips.pdf"
    call_command("print_slips", order.reference.lower(), str(file))
    [page] = pypdfium2.PdfDocument(file.read_bytes())
    assert round(page.get_width() / 72 * 25.4) == 80
    assert [read_barcode(text).serial for text in squares(file.read_bytes())] == [second.serial]
    assert not TicketDocument.objects.exists()


def test_there_are_no_slips_of_what_is_no_longer_valid(order: Order, now: datetime, tmp_path: Path) -> None:
    for ticket in Ticket.objects.all():
        cancel(ticket, now)
    for reference in (order.reference, "NIEMAND"):
        with pytest.raises(CommandError):
            call_command("print_slips", reference, str(tmp_path / "slips.pdf"))
    assert list(tmp_path.iterdir()) == []
