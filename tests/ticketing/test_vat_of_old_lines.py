"""Orders sold by an earlier version are paid back with the VAT they were booked with."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from tests.ticketing.building import on_sale
from tests.ticketing.paying import paid_order
from ticketing.models import OrderLine

FILL = import_module("ticketing.migrations.0006_vat_of_old_lines").FILL
TRIGGER = "pgtrigger_lines_stay_f3888"


@pytest.mark.django_db
def test_lines_without_vat_get_what_the_ledger_booked_and_stay_as_they_are(now: datetime) -> None:
    paid_order(on_sale(now), now, "0", "1")
    before = list(OrderLine.objects.order_by("id").values_list("components", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE ticketing_orderline DISABLE TRIGGER {TRIGGER}")
        cursor.execute("UPDATE ticketing_orderline SET components = components #- '{0,vat}'")
        cursor.execute(f"ALTER TABLE ticketing_orderline ENABLE TRIGGER {TRIGGER}")
        assert "vat" not in OrderLine.objects.earliest("id").components[0]
        cursor.execute(FILL)
        cursor.execute(FILL)
    assert list(OrderLine.objects.order_by("id").values_list("components", flat=True)) == before
    assert before[0][0]["vat"] == "1.36"
    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        OrderLine.objects.update(gross=0)
