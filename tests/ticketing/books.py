"""What must be true of the books at any moment, whatever was sold, paid, given back or taken back before."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from django.db.models import Max, Sum

from ticketing.models import (
    Account,
    Document,
    DocumentSeries,
    GiftCardEntry,
    LedgerEntry,
    Order,
    OrderLine,
    Payment,
)
from ticketing.money import vat_within
from ticketing.queries.orders import OPEN_ORDERS

NOTHING = Decimal("0.00")


def assert_books_are_whole() -> None:
    assert_every_group_is_zero_in_every_house()
    assert_cards_hold_what_is_owed_on_them()
    assert_the_vat_of_an_order_is_that_of_its_lines()
    assert_documents_are_numbered_without_a_gap()


def assert_every_group_is_zero_in_every_house() -> None:
    sums = LedgerEntry.objects.values("group_id", "house_id").annotate(total=Sum("amount"))
    assert list(sums.exclude(total=NOTHING)) == []
    assert booked(Account.RECEIVABLE) == NOTHING
    assert booked(Account.BETWEEN_HOUSES) == NOTHING


def assert_cards_hold_what_is_owed_on_them() -> None:
    """An order that waits for its payment has its cards debited before anything is booked."""
    entries = GiftCardEntry.objects.exclude(payment__order__state__in=OPEN_ORDERS, payment__state=Payment.State.PAID)
    on_cards: defaultdict[int, Decimal] = defaultdict(lambda: NOTHING)
    for house_id, total in entries.values_list("card__house_id").annotate(total=Sum("amount")):
        on_cards[house_id] += total
    owed = LedgerEntry.objects.filter(account=Account.GIFT_CARDS).values_list("house_id").annotate(total=Sum("amount"))
    assert {house: left for house, left in on_cards.items() if left} == {house: -due for house, due in owed if due}
    balances = GiftCardEntry.objects.values_list("card_id").annotate(left=Sum("amount"))
    assert [card for card, left in balances if left < 0] == []


def assert_the_vat_of_an_order_is_that_of_its_lines() -> None:
    for order in Order.objects.prefetch_related("lines"):
        sold = [line for line in order.lines.all() if line.kind != OrderLine.Kind.CANCELLATION]
        gross: defaultdict[tuple[int, str], Decimal] = defaultdict(lambda: NOTHING)
        vat = gross.copy()
        for line in sold:
            for part in line.components:
                gross[line.house_id, part["vat_rate"]] += Decimal(part["gross"])
                vat[line.house_id, part["vat_rate"]] += Decimal(part["vat"])
        assert dict(vat) == {key: vat_within(total, Decimal(key[1])) for key, total in gross.items()}
        of_lines = LedgerEntry.objects.filter(line__order=order, account=Account.VAT)
        kept = sum((Decimal(part["vat"]) for line in order.lines.all() for part in line.components), NOTHING)
        assert -(of_lines.aggregate(total=Sum("amount"))["total"] or NOTHING) == (
            kept if order.state == Order.State.PAID else NOTHING
        )


def assert_documents_are_numbered_without_a_gap() -> None:
    numbered = dict(Document.objects.values_list("series_id").annotate(last=Max("number")))
    for series in DocumentSeries.objects.all():
        numbers = Document.objects.filter(series=series).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, series.last_number + 1))
        assert numbered[series.pk] == series.last_number


def booked(account: Account) -> Decimal:
    return Decimal(LedgerEntry.objects.filter(account=account).aggregate(total=Sum("amount"))["total"] or NOTHING)
