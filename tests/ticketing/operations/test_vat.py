"""VAT is rounded once: what a document says per rate is what the lines, and the books, add up to."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from tests.ticketing.building import on_sale
from tests.ticketing.paying import paid_order
from tests.ticketing.selling import costs
from ticketing.models import Account, LedgerEntry, OrderLine, Ticket
from ticketing.money import CENT, ZERO, vat_within
from ticketing.operations import cancellations
from ticketing.operations.vat import share_vat

grosses = st.decimals(min_value="0.00", max_value="250.00", places=2)
parts = st.builds(
    lambda gross, rate: {"gross": str(gross), "vat_rate": rate}, grosses, st.sampled_from(["6.00", "21.00"])
)
orders = st.lists(st.tuples(st.integers(1, 2), st.lists(parts, max_size=3)), max_size=8)


@given(orders)
def test_shares_add_up_to_the_vat_of_a_document_and_are_never_far_from_their_own(
    sold: list[tuple[int, list[dict[str, str]]]],
) -> None:
    lines = [OrderLine(house_id=house, components=components) for house, components in sold]
    share_vat(lines)
    gross: defaultdict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    vat = gross.copy()
    for line in lines:
        for part in line.components:
            key = (line.house_id, part["vat_rate"])
            gross[key] += Decimal(part["gross"])
            vat[key] += Decimal(part["vat"])
            alone = vat_within(Decimal(part["gross"]), Decimal(part["vat_rate"]))
            assert abs(Decimal(part["vat"]) - alone) <= CENT
    assert dict(vat) == {key: vat_within(total, Decimal(key[1])) for key, total in gross.items()}


@pytest.mark.django_db
def test_three_places_owe_the_vat_of_their_sum_and_give_back_what_each_had(now: datetime) -> None:
    """Three times the VAT of 9.99 at 6 % is 1.71; the VAT of 29.97 is 1.70."""
    show = on_sale(now)
    costs(now, show, "9.99")
    order = paid_order(show, now, "0", "1", "2")
    assert vat_owed() == Decimal("1.70")
    tickets = list(Ticket.objects.filter(line__order=order).order_by("id").values_list("id", flat=True))
    for ticket, left in zip(tickets, ("1.13", "0.57", "0.00"), strict=True):
        cancellations.cancel_tickets(order_id=order.id, ticket_ids=[ticket], now=now, by_staff=True)
        assert vat_owed() == Decimal(left)


def vat_owed() -> Decimal:
    return -Decimal(LedgerEntry.objects.filter(account=Account.VAT).aggregate(total=Sum("amount"))["total"])
