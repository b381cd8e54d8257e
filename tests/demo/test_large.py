"""The large past keeps every promise the kernel's own operations keep."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum

from demo.large import SLUG, load_large
from ticketing.models import Customer, LedgerEntry, Order, OrderLine, Payment, PaymentAllocation, Place, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(now: datetime) -> list[str]:
    lines: list[str] = []
    load_large(tickets=1_500, customers=70, say=lines.append, now=now)
    return lines


def test_whole_nights_are_sold_until_there_are_enough(said):
    assert said == ["70 customers", "1,952 of 1,500 tickets"]
    assert Ticket.objects.filter(state=Ticket.State.VALID).count() == 1_952
    assert Customer.objects.count() == 70
    assert set(Place.objects.values_list("state", flat=True)) == {Place.State.SOLD}
    assert Order.objects.filter(state=Order.State.PAID).count() == 976


def test_a_second_run_adds_only_what_is_missing(said, now):
    load_large(tickets=2_000, customers=90, say=said.append, now=now)
    assert said[2:] == ["90 customers", "2,928 of 2,000 tickets"]
    assert Customer.objects.count() == 90
    assert Order.objects.values("house__slug").distinct().get() == {"house__slug": SLUG}


@pytest.mark.usefixtures("said")
def test_the_books_balance():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    turnover = 1_952 * Decimal("24.00")
    sums = dict(LedgerEntry.objects.values_list("account").annotate(Sum("amount")))
    assert sums["provider"] == turnover
    assert sums["receivable"] == 0
    assert sums["vat"] + sums["revenue_tickets"] == -turnover
    assert Order.objects.aggregate(total=Sum("total")) == {"total": turnover}
    assert Payment.objects.aggregate(total=Sum("amount")) == {"total": turnover}
    assert PaymentAllocation.objects.aggregate(total=Sum("amount")) == {"total": turnover}
    assert OrderLine.objects.count() == 1_952
