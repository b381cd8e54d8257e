"""How a customer is found by an address: whatever its case, and without reading all customers."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Model

from ticketing.models import Customer, Order
from ticketing.queries.customers import addressed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("model", "index"), [(Customer, "one_customer_per_email"), (Order, "order_by_email")])
def test_an_address_is_looked_up_by_its_index(model: type[Model], index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in model._default_manager.filter(addressed("Marie@Example.org")).explain()


def test_an_address_is_known_however_it_is_written(now: datetime) -> None:
    customer = Customer.objects.create(email="Marie.Élise@example.org", language="fr", created_at=now)
    found = [Customer.objects.filter(addressed(email)).first() for email in ("marie.ÉLISE@Example.org", "x@y.be")]
    assert found == [customer, None]
