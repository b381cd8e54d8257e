"""Rows written in one statement are the rows that were meant: in order, whole, and refused where the table refuses."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.ticketing.building import on_sale
from tests.ticketing.paying import paid_order
from ticketing.models import LedgerGroup, OrderLine, Ticket
from ticketing.operations.rows import insert_rows


@pytest.fixture
def line(now: datetime, db: None) -> OrderLine:
    paid_order(on_sale(now), now, "0")
    return OrderLine.objects.get()


def cards(line: OrderLine, *amounts: str) -> list[OrderLine]:
    return [
        OrderLine(
            order_id=line.order_id,
            kind=OrderLine.Kind.GIFT_CARD,
            house_id=line.house_id,
            gross=Decimal(amount),
            components=[{"gross": amount, "words": 'É "quoted" \\ and {braces}, %s'}],
            created_at=line.created_at,
        )
        for amount in amounts
    ]


def test_what_is_written_is_read_back_and_knows_its_id(line: OrderLine) -> None:
    written = cards(line, *(f"{cents / 100:.2f}" for cents in range(1, 40)))
    with CaptureQueriesContext(connection) as asked:
        insert_rows(written)
    assert len(asked) == 1
    fields = [field.attname for field in OrderLine._meta.concrete_fields]
    read = OrderLine.objects.exclude(id=line.id)
    assert [{name: getattr(row, name) for name in fields} for row in read] == [
        {name: getattr(row, name) for name in fields} for row in written
    ]


def test_nothing_to_write_asks_nothing(db: None) -> None:
    with CaptureQueriesContext(connection) as asked:
        insert_rows([])
    assert len(asked) == 0


def test_the_table_refuses_what_it_always_refuses(line: OrderLine) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(cards(line, "-1.00"))
    ticket = Ticket.objects.get()
    ticket.pk, ticket.code = None, "A" * 13
    with pytest.raises(DataError), transaction.atomic():
        insert_rows([ticket])
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([LedgerGroup.objects.filter(order_id=line.order_id)[0]])
    assert OrderLine.objects.count() == 1
