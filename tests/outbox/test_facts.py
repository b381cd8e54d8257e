from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from outbox.errors import UnknownFact
from outbox.facts import Fact, decode, encode, new_fact_id
from tests.outbox.facts import Channel, Colour, Everything, Line, OrderPaid

# PostgreSQL keeps neither NUL nor half a surrogate pair in jsonb, and neither belongs in a fact.
texts = some.text(some.characters(exclude_characters="\x00", exclude_categories=["Cs"]))
amounts = some.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9)
zones = some.sampled_from([UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-9, minutes=-30))])
moments = some.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=zones)  # noqa: DTZ001 - as Hypothesis asks for bounds
lines = some.builds(Line, texts, amounts, some.lists(some.tuples(texts, amounts), max_size=3).map(tuple))
facts = some.builds(
    Everything,
    order=some.uuids(),
    amount=amounts,
    paid_at=moments,
    performance_date=some.dates(),
    doors_at=some.times(),
    hold=some.timedeltas(),
    channel=some.sampled_from(Channel),
    colour=some.sampled_from(Colour),
    lines=some.lists(lines, max_size=3).map(tuple),
    pair=some.tuples(some.integers(), texts),
    note=texts,
    free=some.booleans(),
    main_line=lines,
    refunded_at=some.none() | moments,
    later=texts,
)


@given(facts)
def test_fact_survives_json(fact: Everything) -> None:
    assert decode(fact.fact_name, json.loads(json.dumps(encode(fact)))) == fact


class DatabaseTest(TestCase):
    @given(facts)
    @settings(max_examples=50)
    def test_fact_survives_the_database(self, fact: Everything) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::jsonb::text", [json.dumps(encode(fact))])
            assert decode(fact.fact_name, json.loads(cursor.fetchone()[0])) == fact


def test_amount_keeps_its_places() -> None:
    fact = _everything(amount=Decimal("1.10"))

    assert str(decode(fact.fact_name, encode(fact)).amount) == "1.10"  # type: ignore[attr-defined]  # it is Everything


def test_member_added_later_takes_its_default() -> None:
    payload = encode(_everything())
    del payload["later"]

    assert decode("tests.Everything", payload) == _everything()


def test_member_dropped_later_is_ignored() -> None:
    assert decode("tests.OrderPaid", {"order": "a", "number": 1, "colour": "red"}) == OrderPaid("a", 1)


def test_missing_member_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"OrderPaid\.number is missing"):
        decode("tests.OrderPaid", {"order": "a"})


@pytest.mark.parametrize(
    "changes",
    [
        {"paid_at": datetime(2026, 1, 1)},  # noqa: DTZ001 - the wrong value
        {"amount": Decimal("NaN")},
        {"pair": (1, "a", "b")},
        {"note": 5},
        {"pair": (True, "a")},
        {"channel": "post"},
    ],
)
def test_wrong_value_is_refused_when_recorded(changes: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode(_everything(**changes))


def test_float_is_refused() -> None:
    @dataclass(frozen=True)
    class Weighed(Fact):
        weight: float

        @property
        def stream(self) -> str:
            return "weight"

    with pytest.raises(TypeError, match="cannot carry"):
        encode(Weighed(1.5))


def test_unknown_name_is_an_error() -> None:
    with pytest.raises(UnknownFact):
        decode("tests.NeverHeardOf", {})


def test_two_facts_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match=r"two facts are called tests\.OrderPaid"):
        type("OrderPaid", (Fact,), {"__module__": "tests.elsewhere"})


def test_ids_sort_as_they_were_made() -> None:
    made = [new_fact_id() for _ in range(10_000)]

    assert made == sorted(set(made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def _everything(**changes: object) -> Everything:
    members: dict[str, object] = {
        "order": UUID(int=1),
        "amount": Decimal("12.50"),
        "paid_at": datetime(2026, 11, 21, 20, tzinfo=UTC),
        "performance_date": datetime(2026, 12, 1, tzinfo=UTC).date(),
        "doors_at": time(19, 30),
        "hold": timedelta(minutes=15),
        "channel": Channel.SHOP,
        "colour": Colour.RED,
        "lines": (Line("A-1", Decimal("12.50")),),
        "pair": (1, "a"),
        "note": "",
        "free": False,
        "main_line": Line("A-1", Decimal("12.50"), (("youth", Decimal("2.00")),)),
    }
    return Everything(**(members | changes))  # type: ignore[arg-type]  # the tests pass wrong values on purpose
