"""One inventory of what is about a person: complete, exported whole, erased whole."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from tests.api.conftest import ApiClient
from tests.ticketing.building import on_sale
from tests.ticketing.paying import paid_order
from tests.ticketing.selling import held
from ticketing.models import Customer, House, IdempotencyRecord, Order, Performance
from ticketing.operations import abandonments, api_keys, customers, orders, privacy
from ticketing.operations.contacts import Contact
from ticketing.privacy import NOT_PERSONAL, PERSONAL, TABLES_WITHOUT_PERSONS

CANARY = "Quetzalcoatlus"


def test_every_field_is_declared_personal_or_not() -> None:
    undeclared = []
    for model in apps.get_app_config("ticketing").get_models():
        table = model.__name__
        if table in TABLES_WITHOUT_PERSONS or model._meta.auto_created:
            continue
        declared = set(PERSONAL.get(table, ())) | NOT_PERSONAL.get(table, set())
        undeclared += [f"{table}.{field.name}" for field in model._meta.fields if field.name not in declared]
    assert undeclared == []


def test_nothing_is_declared_that_does_not_exist() -> None:
    known = {model.__name__: model for model in apps.get_app_config("ticketing").get_models()}
    stale = [table for table in TABLES_WITHOUT_PERSONS if table not in known]
    for table in PERSONAL.keys() | NOT_PERSONAL.keys():
        names = {field.name for field in known[table]._meta.fields}
        stale += [f"{table}.{name}" for name in (*PERSONAL.get(table, ()), *NOT_PERSONAL[table]) if name not in names]
    assert stale == []


def _a_canary(now: datetime) -> Customer:
    performance = on_sale(now)
    address = f"{CANARY}@example.org".lower()
    paid_order(performance, now, "0", contact=Contact(address, CANARY, CANARY))
    user = User.objects.create_user(username=CANARY, email=address, first_name=CANARY, last_name=CANARY)
    customer = customers.register(user=user, language="nl", now=now)
    customers.prove_email(customer_id=customer.id, now=now)
    customers.change_details(customer_id=customer.id, street=CANARY, city=CANARY, phone=CANARY, now=now)
    return customer


def _tables_that_name_the_canary() -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{CANARY}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.mark.django_db(transaction=True)
def test_an_erased_person_is_in_no_table(now: datetime) -> None:
    customer = _a_canary(now)
    assert "ticketing_order" in _tables_that_name_the_canary()
    privacy.erase_customer(customer_id=customer.id, now=now)
    assert _tables_that_name_the_canary() == []
    assert Order.objects.get().state == Order.State.PAID


@pytest.mark.django_db
def test_an_export_holds_the_person_and_their_orders(now: datetime) -> None:
    exported: dict[str, Any] = privacy.export_customer(customer_id=_a_canary(now).id)
    assert exported["Customer"][0]["street"] == CANARY
    assert [row["last_name"] for row in exported["Order"]] == [CANARY]


@pytest.mark.django_db(transaction=True)
def test_what_they_ordered_without_signing_in_goes_as_well(now: datetime) -> None:
    """Paid or not; and the basket of an order that was given up once, which remembers who it was for."""
    customer = _a_canary(now)
    performance = Performance.objects.get()
    contact = Contact(customer.email, CANARY, CANARY)
    first, second = (held(performance, now, place).basket_id for place in ("1", "2"))
    for basket_id in (first, second):
        order = orders.place_order(basket_id=basket_id, contact=contact, now=now).order
        abandonments.abandon(order_id=order.id, reason="reopened", keep_places=True, now=now)
    orders.place_order(basket_id=second, contact=contact, now=now)
    privacy.erase_customer(customer_id=customer.id, now=now)
    assert _tables_that_name_the_canary() == []


@pytest.mark.django_db(transaction=True)
def test_what_the_api_told_of_their_orders_goes_and_what_it_told_of_others_stays(
    now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    customer, performance = _a_canary(now), Performance.objects.get()
    key = api_keys.issue_api_key(house=performance.house, name="site", scopes=["read", "sell"], now=now)
    seller = ApiClient(key.secret)
    for place, name, email in (("1", CANARY, customer.email.upper()), ("2", "Noor", "noor@example.org")):
        asked = {"performance": performance.code, "places": [place]}
        basket = seller.post("baskets", asked, idempotency_key=f"hold-{place}").json()["id"]
        order = {"basket": basket, "contact": {"email": email, "first_name": name, "last_name": name}}
        assert seller.post("orders", order, idempotency_key=f"order-{place}").status_code == 201
    assert "ticketing_idempotencyrecord" in _tables_that_name_the_canary()
    privacy.erase_customer(customer_id=customer.id, now=now)
    kept = sorted(IdempotencyRecord.objects.values_list("key", flat=True))
    assert (_tables_that_name_the_canary(), kept) == ([], ["hold-2", "order-2"])


@pytest.mark.django_db
def test_an_export_holds_what_a_guest_of_that_address_ordered_and_answered(now: datetime) -> None:
    customer = _a_canary(now)
    basket_id = held(Performance.objects.get(), now, "1").basket_id
    answer = orders.ConsentAnswer(House.objects.get().pk, "newsletter", True, "v1")
    contact = Contact(customer.email.upper(), CANARY, CANARY)
    orders.place_order(basket_id=basket_id, contact=contact, consents=[answer], now=now)
    exported: dict[str, Any] = privacy.export_customer(customer_id=customer.id)
    assert (len(exported["Order"]), [row["granted"] for row in exported["ConsentEntry"]]) == (2, ["True"])


@pytest.mark.django_db
def test_an_address_nobody_proved_claims_nothing(now: datetime) -> None:
    customer = _a_canary(now)
    Customer.objects.update(email_proved_at=None)
    basket_id = held(Performance.objects.get(), now, "1").basket_id
    orders.place_order(basket_id=basket_id, contact=Contact(customer.email, CANARY, CANARY), now=now)
    exported: dict[str, Any] = privacy.export_customer(customer_id=customer.id)
    assert len(exported["Order"]) == 1
