"""What cannot be given back: tickets of somebody else's order, and those that let somebody in."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import pytest

from tests.ticketing.building import a_door_key, a_house
from tests.ticketing.paying import paid_order, sold_online
from tests.ticketing.untouched import nothing_stored
from ticketing.models import Chargeback, Performance, Ticket
from ticketing.operations import scans
from ticketing.operations.cancellations import AlreadyScanned, MoneyTakenBack, NothingToCancel, cancel_tickets

pytestmark = pytest.mark.django_db


@pytest.fixture
def show(now: datetime) -> Performance:
    return sold_online(now, a_house(now, cancel_until_hours=1))


@pytest.mark.parametrize("by_staff", [True, False])
def test_tickets_of_another_order_do_not_end_with_those_of_this(
    now: datetime, show: Performance, by_staff: bool
) -> None:
    mine, other = paid_order(show, now, "0", "1"), paid_order(show, now, "4", "5")
    both = list(Ticket.objects.values_list("id", flat=True))
    theirs = list(Ticket.objects.filter(line__order=other).values_list("id", flat=True))
    for wanted in (both, theirs):
        with nothing_stored(), pytest.raises(NothingToCancel):
            cancel_tickets(order_id=mine.id, ticket_ids=wanted, by_staff=by_staff, now=now)


@pytest.mark.parametrize("by_staff", [True, False])
def test_a_ticket_that_let_somebody_in_is_not_given_back(now: datetime, show: Performance, by_staff: bool) -> None:
    order = paid_order(show, now, "0")
    ticket = Ticket.objects.get()
    key = a_door_key(now, show.house).api_key
    scans.scan(payload_or_code=ticket.code, performance=show.code, api_key=key, nonce=uuid4(), now=now)
    with nothing_stored(), pytest.raises(AlreadyScanned):
        cancel_tickets(order_id=order.id, ticket_ids=[ticket.id], by_staff=by_staff, now=now)


def test_what_the_bank_took_back_is_not_given_back_once_more(now: datetime, show: Performance) -> None:
    order = paid_order(show, now, "0")
    leg = order.payments.get()
    Chargeback.objects.create(payment=leg, provider_id="chb_1", amount=leg.amount, charged_back_at=now)
    with nothing_stored(), pytest.raises(MoneyTakenBack):
        cancel_tickets(order_id=order.id, ticket_ids=[Ticket.objects.get().id], now=now)
