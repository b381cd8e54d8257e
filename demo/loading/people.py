"""Customers and logins: two thousand people who buy, one who can sign in, and the staff of the houses."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.db import transaction

from demo.houses import HOUSES
from demo.loading.foundation import opened_at
from demo.loading.steps import Loading, Progress
from demo.people import Person, people
from demo.pricing import SUBSCRIBER_LABEL
from ticketing.models import ConsentEntry, Customer, CustomerLabel, House, HouseRelation, Membership
from ticketing.operations import customers, houses

PASSWORD = "demo-parterre"  # noqa: S105 printed on the first page of the demo
ADMIN = "admin@vierhuizen.example"
VISITOR = "noor@vierhuizen.example"
CONSENT_TEXT = "demo-1"
STAFF = (
    ("balie", Membership.Role.BOX_OFFICE),
    ("programma", Membership.Role.PROGRAMME),
    ("directie", Membership.Role.MANAGER),
)


def load_logins(loading: Loading, progress: Progress) -> None:
    password = make_password(PASSWORD)  # once for all: a good hash is slow on purpose
    with transaction.atomic():
        _user(ADMIN, password, "Ada", "Beheer", is_staff=True, is_superuser=True)
        for house in House.objects.order_by("pk"):
            for name, role in STAFF:
                address = f"{name}@{house.email.rpartition('@')[2]}"
                user = _user(address, password, name.title(), house.name, is_staff=True)
                houses.add_member(user=user, house=house, role=role)
        user = _user(VISITOR, password, "Noor", "Vandeput")
        EmailAddress.objects.create(user=user, email=VISITOR, verified=True, primary=True)
        now = opened_at(loading)
        customer = customers.register(user=user, language="nl", now=now)
        customers.prove_email(customer_id=customer.pk, now=now)
        customers.change_details(
            customer_id=customer.pk, now=now, phone="+32 470 00 00 00", street="Bleekstraat 12", postcode="9870",
            city="Havermonde", country="BE",
        )  # fmt: skip


def _user(address: str, password: str, first_name: str, last_name: str, **rights: bool) -> User:
    return User.objects.create(
        username=address, email=address, password=password, first_name=first_name, last_name=last_name, **rights
    )


def load_customers(loading: Loading, progress: Progress) -> None:
    """In bulk: a customer here is a row somebody once made, not a thing anybody does."""
    now, random = opened_at(loading), Random(4)
    everybody = list(people(loading.customers))
    by_city = {house.city.nl: [other.slug for other in HOUSES if other.city == house.city] for house in HOUSES}
    house_ids = dict(House.objects.values_list("slug", "pk"))
    with transaction.atomic():
        rows = Customer.objects.bulk_create([_customer(person, loading, random) for person in everybody])
        relations, consents = [], []
        for customer, person in zip(rows, everybody, strict=True):
            near = by_city.get(person.city) or random.choice(list(by_city.values()))
            relations.append(HouseRelation(customer=customer, house_id=house_ids[random.choice(near)], since=now))
            if person.wants_newsletter:
                consents.append(_newsletter(customer, relations[-1].house_id, loading))
        HouseRelation.objects.bulk_create(relations)
        ConsentEntry.objects.bulk_create(consents)
        CustomerLabel.objects.bulk_create(
            CustomerLabel(
                relation=relation, code=SUBSCRIBER_LABEL, source="abonnement",
                valid_from=now.date(), valid_until=now.date() + timedelta(days=500),
            )
            for relation, person in zip(relations, everybody, strict=True)
            if person.is_subscriber
        )  # fmt: skip


def _customer(person: Person, loading: Loading, random: Random) -> Customer:
    return Customer(
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        street=person.street,
        postcode=person.postcode,
        city=person.city,
        country="BE",
        language=person.language,
        created_at=opened_at(loading) - timedelta(days=random.randint(0, 900)),
    )


def _newsletter(customer: Customer, house_id: int, loading: Loading) -> ConsentEntry:
    return ConsentEntry(
        customer=customer, house_id=house_id, purpose=ConsentEntry.Purpose.NEWSLETTER, granted=True,
        text_version=CONSENT_TEXT, source="demo", answered_at=opened_at(loading),
    )  # fmt: skip
