"""Customers: accounts, the orders that are proved to be theirs, and what they consent to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import ConsentEntry, Customer, CustomerLabel, House, HouseRelation, Order
from ticketing.national_numbers import refuse_national_numbers
from ticketing.operations.fields import write_fields
from ticketing.queries.customers import addressed


class AddressInUse(TicketingError):
    code = "address_in_use"
    message = _("This e-mail address belongs to another account. Sign in with that one, or ask the box office.")
    status = 409


@transaction.atomic
def register(*, user: User, language: str, now: datetime) -> Customer:
    """The customer of an account that proved its address, made at the first sign-in. Idempotent."""
    living = Customer.objects.select_for_update().filter(addressed(user.email)).first()
    customer = Customer.objects.select_for_update().filter(user=user).first()
    if customer is not None:
        return _followed(customer, living, user.email, now=now)
    if living is None:
        return Customer.objects.create(
            user=user,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            language=language,
            created_at=now,
        )
    if living.user_id is not None:
        raise AddressInUse
    living.user = user
    living.save(update_fields=["user"])
    return living


def _followed(customer: Customer, living: Customer | None, email: str, *, now: datetime) -> Customer:
    """An account that proved another address takes its customer along, unless that address is somebody's."""
    if customer.email.casefold() != email.casefold() and living is None:
        customer.email, customer.email_proved_at = email, now
        customer.save(update_fields=["email", "email_proved_at"])
    return customer


@transaction.atomic
def prove_email(*, customer_id: int, now: datetime) -> int:
    """The address was confirmed: its guest orders are theirs from now on. Returns how many were linked."""
    customer = Customer.objects.select_for_update().get(id=customer_id)
    if customer.email_proved_at is None:
        customer.email_proved_at = now
        customer.save(update_fields=["email_proved_at"])
    orders = Order.objects.filter(addressed(customer.email), customer__isnull=True, state=Order.State.PAID)
    houses = set(orders.values_list("lines__house_id", flat=True)) - {None}
    linked = orders.update(customer=customer)
    for house_id in sorted(houses):
        HouseRelation.objects.get_or_create(customer=customer, house_id=house_id, defaults={"since": now})
    return linked


@transaction.atomic
def change_details(*, customer_id: int, now: datetime, **details: Any) -> Customer:
    """Name and address; the e-mail address changes through the account, with proof."""
    allowed = {"first_name", "last_name", "phone", "street", "postcode", "city", "country", "language"}
    unknown = set(details) - allowed
    if unknown:
        raise TypeError(f"not a detail of a customer: {sorted(unknown)}")
    refuse_national_numbers(details)
    customer = Customer.objects.select_for_update().get(id=customer_id)
    for name, value in details.items():
        setattr(customer, name, value)
    customer.save(update_fields=sorted(details))
    return customer


@transaction.atomic
def give_label(
    *, customer_id: int, house: House, code: str, source: str, now: datetime, valid_until: date | None = None
) -> CustomerLabel:
    """What one house calls somebody ("abonnee"), from today on; other houses do not see it."""
    relation, _made = HouseRelation.objects.get_or_create(customer_id=customer_id, house=house, defaults={"since": now})
    label = CustomerLabel(relation=relation)
    first_day = timezone.localdate(now)
    write_fields(label, {"code": code, "source": source, "valid_from": first_day, "valid_until": valid_until})
    return label


@transaction.atomic
def end_label(*, label_id: int, last_day: date) -> CustomerLabel:
    label = CustomerLabel.objects.select_for_update().get(pk=label_id)
    write_fields(label, {"valid_until": last_day})
    return label


@transaction.atomic
def write_note(*, relation_id: int, note: str) -> HouseRelation:
    """What a house wants to remember of a customer; the customer reads it in their export."""
    refuse_national_numbers({"note": note})
    relation = HouseRelation.objects.select_for_update().get(pk=relation_id)
    write_fields(relation, {"note": note})
    return relation


@transaction.atomic
def answer_consent(
    *, customer_id: int, house_id: int, purpose: str, granted: bool, text_version: str, source: str, now: datetime
) -> ConsentEntry:
    """One more line in the log; the last answer counts."""
    return ConsentEntry.objects.create(
        customer_id=customer_id,
        house_id=house_id,
        purpose=purpose,
        granted=granted,
        text_version=text_version,
        source=source,
        answered_at=now,
    )
