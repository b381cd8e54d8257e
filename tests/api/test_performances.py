from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tests.api.conftest import ApiClient
from tests.conftest import CountQueries
from tests.ticketing.building import a_price_type, a_rank, on_sale, text
from tests.ticketing.selling import a_tariff, set_prices
from ticketing.models import House, Performance, Place
from ticketing.operations import prices, programme
from ticketing.operations.inventory import create_contingent
from ticketing.operations.prices import Cell

pytestmark = pytest.mark.django_db


def codes(answer: Any) -> list[str]:
    return [row["code"] for row in answer.json()["items"]]


@pytest.mark.scope("PR5-01")
def test_a_performance_tells_what_a_website_shows(now: datetime, performance: Performance, reader: ApiClient) -> None:
    (row,) = reader.get("performances").json()["items"]
    assert {name: row[name] for name in ("code", "genre", "venue", "city", "state", "is_on_sale", "free")} == {
        "code": performance.code,
        "genre": "theatre",
        "venue": "Zomerhof",
        "city": "Gent",
        "state": "on_sale",
        "is_on_sale": True,
        "free": 20,
    }
    assert (row["title"]["fr"], row["price_from"]) == ("De meeuw (fr)", "24.00")


def test_one_performance_tells_what_each_rank_costs(performance: Performance, reader: ApiClient) -> None:
    detail = reader.get(f"performances/{performance.code}").json()
    (rank,) = detail["ranks"]
    (price,) = rank["prices"]
    assert (rank["code"], price["code"], price["gross"], price["reason"]) == ("rank-1", "full", "24.00", "public")
    assert (detail["max_places"], detail["description"]) == (20, {})


def test_drafts_and_unpublished_productions_stay_inside(
    now: datetime, performance: Performance, reader: ApiClient
) -> None:
    programme.take_off_sale(performance_id=performance.pk, now=now)
    assert codes(reader.get("performances")) == []
    programme.put_on_sale(performance_id=performance.pk, now=now)
    programme.unpublish_production(production_id=performance.production_id, now=now)
    assert codes(reader.get("performances")) == []
    assert reader.get(f"performances/{performance.code}").status_code == 404


def test_the_list_is_narrowed_by_date_genre_production_and_sale(
    now: datetime, performance: Performance, reader: ApiClient
) -> None:
    later = on_sale(now, performance.house)
    programme.move_performance(performance_id=later.pk, starts_at=now + timedelta(days=30), now=now)
    programme.cancel_performance(performance_id=later.pk, now=now)
    day = (now + timedelta(days=20)).isoformat().replace("+", "%2B")
    assert codes(reader.get("performances")) == [performance.code, later.code]
    assert codes(reader.get(f"performances?since={day}")) == [later.code]
    assert codes(reader.get(f"performances?until={day}")) == [performance.code]
    assert codes(reader.get("performances?on_sale=true")) == [performance.code]
    assert codes(reader.get("performances?on_sale=false")) == [later.code]
    assert codes(reader.get("performances?genre=dance")) == []
    assert codes(reader.get(f"performances?production={later.production.slug}")) == [later.code]


def test_pages_follow_each_other_whatever_is_added_in_between(
    now: datetime, performance: Performance, reader: ApiClient
) -> None:
    shows = [performance, *(on_sale(now, performance.house) for _more in range(3))]
    wanted = sorted(show.code for show in shows)  # all at the same moment
    first = reader.get("performances?limit=3").json()
    assert [row["code"] for row in first["items"]] == wanted[:3]
    earlier = on_sale(now, performance.house)
    programme.move_performance(performance_id=earlier.pk, starts_at=now + timedelta(days=1), now=now)
    second = reader.get(f"performances?limit=3&cursor={first['next']}").json()
    assert ([row["code"] for row in second["items"]], second["next"]) == (wanted[3:], None)


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=x", "cursor=xyz", "cursor=WyJhIl0", "cursor=" + "W1tb" * 900,
        "since=yesterday", "genre=a b", "on_sale=2",
    ],
)  # fmt: skip
def test_a_query_that_makes_no_sense_names_its_field(reader: ApiClient, query: str) -> None:
    answer = reader.get(f"performances?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [row["field"] for row in answer.json()["fields"]] == [query.split("=")[0]]


def test_the_list_costs_the_same_for_one_and_for_thirty(
    now: datetime, house: House, reader: ApiClient, count_queries: CountQueries
) -> None:
    with count_queries(4):  # key, list, free places, prices
        assert len(codes(reader.get("performances"))) == 1
    for _more in range(29):
        on_sale(now, house, rows=1, seats=2)
    with count_queries(4):
        assert len(codes(reader.get("performances"))) == 30


def test_places_and_their_states(now: datetime, house: House, reader: ApiClient, count_queries: CountQueries) -> None:
    performance = on_sale(now, house, rows=1, seats=2, standing=5)
    told = reader.get(f"performances/{performance.code}/places").json()
    assert [(row["code"], row["row"], row["number"], row["rank"], row["kind"]) for row in told["places"]] == [
        ("0", "A", "1", "rank-1", "seat"),
        ("1", "A", "2", "rank-1", "seat"),
    ]
    assert [(area["code"], area["standing"]) for area in told["areas"]] == [("P", 0), ("S", 5)]
    first = reader.get(f"performances/{performance.code}/states").json()
    assert first["states"] == {"0": "f", "1": "f"}
    Place.objects.filter(performance=performance, code="1").update(state="blocked_hard")
    with count_queries(3):
        changed = reader.get(f"performances/{performance.code}/states?since={first['since']}").json()
    assert changed["states"]["1"] == "t"


@pytest.mark.parametrize(("channel", "letter", "free"), [("api", "f", 2), ("web", "t", 1), ("desk", "t", 1)])
def test_a_website_sees_what_is_set_aside_for_it_and_not_what_is_for_others(
    now: datetime, house: House, reader: ApiClient, channel: str, letter: str, free: int
) -> None:
    performance = on_sale(now, house, rows=1, seats=2)
    create_contingent(
        performance_id=performance.pk, name=text("Partner"), channels=[channel], rule={"places": ["1"]}, now=now
    )
    assert reader.get(f"performances/{performance.code}/states").json()["states"] == {"0": "f", "1": letter}
    assert reader.get(f"performances/{performance.code}").json()["free"] == free


def test_the_lowest_price_is_that_of_the_channel(now: datetime, house: House, reader: ApiClient) -> None:
    performance = on_sale(now, house, rows=1, seats=2)
    for channel, price in (("web", "12.00"), ("api", "15.00")):
        prices.override_price(
            performance=performance, rank=a_rank(house), price_type=a_price_type(house), channel_kind=channel,
            price=Decimal(price), valid_from=now - timedelta(hours=1), now=now,
        )  # fmt: skip
    assert reader.get(f"performances/{performance.code}").json()["price_from"] == "15.00"


@pytest.mark.scope("PR5-09")
def test_prices_say_why_and_what_members_have_for_less(
    now: datetime, performance: Performance, reader: ApiClient
) -> None:
    house = performance.house
    kinds = {
        "24.00": a_price_type(house),
        "5.00": a_tariff(now, performance, "cubo", "C", "5.00", conditions={"label": {"code": "cubo"}}),
        "1.00": a_tariff(now, performance, "guests", "G", "1.00", conditions={"code": {}}),
    }
    set_prices(now, performance, *(Cell(a_rank(house), kind, Decimal(price)) for price, kind in kinds.items()))
    (rank,) = reader.get(f"performances/{performance.code}").json()["ranks"]
    assert [(price["code"], price["reason"], price["reason_text"]) for price in rank["prices"]] == [
        ("full", "public", {})
    ]
    assert [(price["code"], price["reason"], price["reason_text"]["nl"]) for price in rank["lower_with"]] == [
        ("cubo", "label", "Jouw tarief bij dit huis.")
    ]
