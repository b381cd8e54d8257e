"""Plan versions: checked, compiled and numbered when they are stored."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.ticketing.building import a_hall, a_house, a_plan_document
from ticketing.operations import seating
from ticketing.seating.faults import PlanRefused

pytestmark = pytest.mark.django_db


def test_a_version_is_numbered_and_ready_for_sale(now: datetime) -> None:
    plan = seating.create_plan(hall=a_hall(now, a_house(now)), name="Zaal")
    first = seating.store_plan_version(plan=plan, document=a_plan_document(rows=2, seats=10), now=now)
    second = seating.store_plan_version(plan=plan, document=a_plan_document(rows=2, seats=9), now=now)
    assert [(version.number, version.place_count) for version in (first, second)] == [(1, 20), (2, 18)]


def test_the_same_plan_is_stored_once(now: datetime) -> None:
    plan = seating.create_plan(hall=a_hall(now, a_house(now)), name="Zaal")
    first = seating.store_plan_version(plan=plan, document=a_plan_document(rows=2, seats=10), now=now)
    assert seating.store_plan_version(plan=plan, document=a_plan_document(rows=2, seats=10), now=now) == first


def test_a_plan_with_faults_is_not_stored(now: datetime) -> None:
    plan = seating.create_plan(hall=a_hall(now, a_house(now)), name="Zaal")
    document = a_plan_document(rows=1, seats=2)
    document["areas"][0]["rows"][0]["seats"][1]["id"] = document["areas"][0]["rows"][0]["seats"][0]["id"]
    with pytest.raises(PlanRefused):
        seating.store_plan_version(plan=plan, document=document, now=now)
    assert not plan.versions.exists()


def test_a_file_in_our_format_and_a_pretix_layout_are_both_imported(now: datetime) -> None:
    plan = seating.create_plan(hall=a_hall(now, a_house(now)), name="Zaal")
    seat = {"seat_guid": "s1", "seat_number": "1", "category": "A", "position": {"x": 0, "y": 0}}
    rows = [{"row_number": "1", "position": {"x": 0, "y": 0}, "seats": [seat]}]
    zones = [{"name": "Zaal", "position": {"x": 0, "y": 0}, "rows": rows}]
    layout = {"name": "Zaal", "categories": [{"name": "A"}], "zones": zones}

    ours = seating.import_plan_file(plan=plan, data=json.dumps(a_plan_document()).encode(), now=now)
    theirs = seating.import_plan_file(plan=plan, data=json.dumps(layout).encode(), now=now)

    assert (ours.document, theirs.document["format"]) == (a_plan_document(), "parterre.seatingplan")
    assert [version.place_count for version in (ours, theirs)] == [20, 1]


@pytest.mark.parametrize(
    "data", [b"[" * 5_000_001, b"[" * 100, b"{}", b"<html>", b'{"format": "parterre.seatingplan"}']
)
def test_a_hostile_file_stores_nothing(now: datetime, data: bytes) -> None:
    plan = seating.create_plan(hall=a_hall(now, a_house(now)), name="Zaal")

    with pytest.raises(PlanRefused):
        seating.import_plan_file(plan=plan, data=data, now=now)

    assert not plan.versions.exists()
