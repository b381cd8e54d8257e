"""A person's own data: everything we keep of them handed over, or taken away while the books stay whole."""

from __future__ import annotations

from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q

from ticketing.models import Customer, IdempotencyRecord, Order, TicketDocument, WaitingListEntry
from ticketing.privacy import PATHS_TO_CUSTOMER, PERSONAL, Erasure
from ticketing.queries.customers import addressed


@transaction.atomic
def export_customer(*, customer_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every personal field of every row about a customer, by table; values as JSON can hold them."""
    customer = Customer.objects.select_for_update().get(id=customer_id)
    _claim_guest_orders(customer)
    found = {}
    for table, fields in PERSONAL.items():
        rows = _rows(table, customer).order_by("pk").values(*_columns(table, fields))
        found[table] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return found


@transaction.atomic
def erase_customer(*, customer_id: int, now: datetime) -> None:
    """Forget the person: names and addresses go, orders and ledger stay under a pseudonym, the account is closed."""
    customer = Customer.objects.select_for_update().get(id=customer_id)
    user_id = customer.user_id
    _claim_guest_orders(customer)
    _forget_files(customer)
    # Children before parents: the paths run through the rows that go.
    for table in reversed(PERSONAL):
        fields = PERSONAL[table]
        rows = _rows(table, customer)
        if any(personal.erasure == Erasure.DELETE_ROW for personal in fields.values()):
            rows.delete()
            continue
        changes = {
            name: _erased(table, name, customer, personal.erasure)
            for name, personal in fields.items()
            if personal.erasure != Erasure.KEEP
        }
        if changes:
            rows.update(**changes)
    if user_id is not None:
        User.objects.filter(id=user_id).delete()


def _claim_guest_orders(customer: Customer) -> None:
    """What was ordered with an address that is proved to be theirs is about them, paid or not, signed in or not."""
    if customer.email_proved_at is not None:
        Order.objects.filter(addressed(customer.email), customer=None).update(customer=customer)


def _model(table: str) -> type[models.Model]:
    return apps.get_model("ticketing", table)


def _rows(table: str, customer: Customer) -> models.QuerySet[Any]:
    """What belongs to this customer; waiting lists know only an address, answers of the API only what they tell of."""
    model = _model(table)
    if model is WaitingListEntry:
        return WaitingListEntry.objects.filter(addressed(customer.email))
    if model is IdempotencyRecord:
        told = [str(id_) for of in ("Basket", "Order") for id_ in _rows(of, customer).values_list("pk", flat=True)]
        return IdempotencyRecord.objects.filter(body__id__in=told)
    theirs = reduce(or_, (Q(**{path: customer.id}) for path in PATHS_TO_CUSTOMER[table]))
    return model._default_manager.filter(pk__in=model._default_manager.filter(theirs).values("pk"))


def _columns(table: str, fields: dict[str, Any]) -> list[str]:
    return sorted(name for name in fields if not (table == "Customer" and name == "user"))


def _erased(table: str, name: str, customer: Customer, erasure: Erasure) -> Any:
    if erasure == Erasure.PLACEHOLDER:
        return f"erased-{customer.public_id}@invalid.example"
    return None if _model(table)._meta.get_field(name).null else ""


def _forget_files(customer: Customer) -> None:
    for document in TicketDocument.objects.filter(order__customer=customer).exclude(file=""):
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value if value is None else str(value)
