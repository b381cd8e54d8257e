from __future__ import annotations

import base64
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from tests.api.conftest import ApiClient
from tests.conftest import CountQueries
from tests.ticketing.building import a_ticket, square_of
from ticketing.models import Performance
from ticketing.operations.programme import move_performance
from ticketing.queries.barcodes import key_ring

pytestmark = pytest.mark.django_db


def test_a_ticket_is_accepted_once_and_refused_the_second_time(
    now: datetime, performance: Performance, door: ApiClient
) -> None:
    square = square_of(now, a_ticket(now, performance))
    asked = {"performance": performance.code, "payload": square, "gate": "Noord"}
    first = door.post("scans", asked | {"nonce": str(uuid4())}).json()
    second = door.post("scans", asked | {"nonce": str(uuid4())}).json()
    assert (first["result"], first["seat"]["seat"]["en"], first["first_used_at"]) == ("accepted", "seat 1", None)
    assert (second["result"], second["first_gate"]) == ("already_used", "Noord")
    assert datetime.fromisoformat(second["first_used_at"]) == now


def test_an_accepted_scan_is_five_statements_in_all(
    now: datetime, performance: Performance, door: ApiClient, count_queries: CountQueries
) -> None:
    squares = [square_of(now, a_ticket(now, performance, place)) for place in "01"]
    key_ring()
    asked = {"performance": performance.code, "payload": squares[0], "nonce": str(uuid4())}
    with count_queries(5):  # key, BEGIN, look, write, COMMIT
        assert door.post("scans", asked).json()["result"] == "accepted"


def test_the_list_travels_only_when_it_changed(now: datetime, performance: Performance, door: ApiClient) -> None:
    a_ticket(now, performance)
    first = door.get(f"doors/{performance.code}")
    (ticket,) = first.json()["tickets"]
    assert (ticket["state"], ticket["seat"]["row"]["nl"]) == ("valid", "rij A")
    assert [len(base64.b64decode(key["point"])) for key in first.json()["keys"]] in ([], [65])
    again = door.get(f"doors/{performance.code}", if_none_match=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert (first["Cache-Control"], again["Cache-Control"]) == ("private, no-cache",) * 2
    a_ticket(now, performance, "1")
    assert door.get(f"doors/{performance.code}", if_none_match=first["ETag"]).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_twenty_tickets(
    now: datetime, performance: Performance, door: ApiClient, count_queries: CountQueries
) -> None:
    codes = [place.code for place in performance.places.order_by("index")]
    a_ticket(now, performance, codes[0])
    door.get(f"doors/{performance.code}")
    with count_queries(7):
        door.get(f"doors/{performance.code}")
    for code in codes[1:]:
        a_ticket(now, performance, code)
    with count_queries(7):
        assert len(door.get(f"doors/{performance.code}").json()["tickets"]) == 20


def test_a_queue_of_a_door_without_network_is_uploaded(
    now: datetime, performance: Performance, door: ApiClient
) -> None:
    square = square_of(now, a_ticket(now, performance))
    reading = {"payload": square, "scanned_at": now.isoformat(), "shown": "accepted"}
    readings = [reading | {"nonce": str(uuid4()), "gate": gate} for gate in ("Noord", "Zuid")]
    answer = door.post("scans/offline", {"performance": performance.code, "readings": readings})
    assert [(row["result"], row["is_conflict"]) for row in answer.json()["items"]] == [
        ("accepted", False),
        ("already_used", True),
    ]
    (conflict,) = door.get(f"doors/{performance.code}/conflicts").json()["items"]
    assert (conflict["gate"], conflict["first_gate"]) == ("Zuid", "Noord")
    counts = door.get(f"doors/{performance.code}/counts").json()
    assert counts == {"valid": 1, "inside": 1, "refused": 0, "conflicts": 1}


def test_a_door_lists_tonight(now: datetime, performance: Performance, door: ApiClient) -> None:
    move_performance(performance_id=performance.pk, starts_at=now + timedelta(hours=1), now=now)
    body = door.get("doors").json()
    assert (body["house"], [(row["code"], row["title"]["nl"]) for row in body["items"]]) == (
        "Zomerhof",
        [(performance.code, "De meeuw")],
    )


def test_conflicts_cost_the_same_for_one_and_for_ten(
    now: datetime, performance: Performance, door: ApiClient, count_queries: CountQueries
) -> None:
    codes = [place.code for place in performance.places.order_by("index")[:10]]
    for count, code in enumerate(codes, start=1):
        reading = {"payload": a_ticket(now, performance, code).code, "scanned_at": now.isoformat(), "shown": "accepted"}
        readings = [reading | {"nonce": str(uuid4())} for _door in range(2)]
        door.post("scans/offline", {"performance": performance.code, "readings": readings})
        if count in (1, 10):
            with count_queries(3):
                assert len(door.get(f"doors/{performance.code}/conflicts").json()["items"]) == count
