"""Numbers without gaps or doubles, whatever rolls back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from tests.ticketing.building import a_house
from tests.ticketing.racing import race
from ticketing.models import Document, DocumentSeries
from ticketing.operations import documents


@pytest.mark.django_db(transaction=True)
def test_a_thousand_at_once_with_rollbacks_leave_no_gap(now: datetime) -> None:
    house = a_house(now)

    def contender(number: int) -> str:
        try:
            with transaction.atomic():
                documents.number([Document()], house_id=house.id, kind=DocumentSeries.Kind.INVOICE, now=now)
                if number % 10 == 3:
                    raise InterruptedError
        except InterruptedError:
            return "rolled back"
        return "numbered"

    assert race(contender, contenders=1000, threads=8) == {"numbered": 900, "rolled back": 100}
    assert sorted(Document.objects.values_list("number", flat=True)) == list(range(1, 901))


@pytest.mark.django_db
def test_every_house_and_kind_counts_for_itself(now: datetime) -> None:
    first, second = a_house(now), a_house(now, "winterhof")
    for house, kind in (
        (first, DocumentSeries.Kind.INVOICE),
        (first, DocumentSeries.Kind.CREDIT_NOTE),
        (second, DocumentSeries.Kind.INVOICE),
        (first, DocumentSeries.Kind.INVOICE),
    ):
        documents.number([Document()], house_id=house.id, kind=kind, now=now)
    numbered = Document.objects.order_by("series_id", "number").values_list("series__house__slug", "number")
    assert sorted(numbered) == [("winterhof", 1), ("zomerhof", 1), ("zomerhof", 1), ("zomerhof", 2)]


@pytest.mark.django_db
def test_numbers_begin_again_with_the_year_where_the_house_stands(now: datetime) -> None:
    house = a_house(now)
    midnight = datetime(2027, 12, 31, 23, 0, tzinfo=UTC)  # in Brussels
    for moment in (now, midnight - timedelta(seconds=1), midnight):
        documents.number([Document()], house_id=house.id, kind=DocumentSeries.Kind.INVOICE, now=moment)
    numbered = Document.objects.order_by("series__prefix", "number").values_list("series__prefix", "number")
    assert list(numbered) == [("2027-", 1), ("2027-", 2), ("2028-", 1)]
