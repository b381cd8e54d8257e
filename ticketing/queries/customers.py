"""How a customer is found, and what they bring along: labels and memberships that open a price."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from ticketing.models import CustomerLabel, Entitlement
from ticketing.queries.pricing import Entitled, Period


def addressed(email: str) -> Exact:
    """However the address is written. In these words, because Django's `iexact` passes by the index on it."""
    return Exact(Lower("email"), Lower(Value(email)))


def entitled(customer_id: int) -> Entitled:
    labels: defaultdict[tuple[int, str], list[Period]] = defaultdict(list)
    for house_id, code, first, last in CustomerLabel.objects.filter(relation__customer_id=customer_id).values_list(
        "relation__house_id", "code", "valid_from", "valid_until"
    ):
        labels[house_id, code].append(Period(first, last))
    price_types: defaultdict[int, list[Period]] = defaultdict(list)
    for price_type_id, first, last, slots in Entitlement.objects.filter(customer_id=customer_id).values_list(
        "price_type_id", "valid_from", "valid_until", "slots"
    ):
        price_types[price_type_id].append(Period(first, last, slots))
    return Entitled(
        labels={key: tuple(periods) for key, periods in labels.items()},
        price_types={key: tuple(periods) for key, periods in price_types.items()},
    )
