from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests.conftest import CountQueries
from tests.ticketing.building import a_door_key, a_house, a_ticket, on_sale, square_of
from ticketing.models import ApiKey, Performance, Scan, Ticket
from ticketing.operations import api_keys, scans
from ticketing.operations.scans import OfflineReading, ScanOutcome
from ticketing.queries.scans import code_hash, door_conflicts, door_counts, door_list, doors_tonight, list_version
from ticketing.queries.terms import PerformanceNotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def performance(now: datetime) -> Performance:
    return on_sale(now)


@pytest.fixture
def key(now: datetime, performance: Performance) -> ApiKey:
    return a_door_key(now, performance.house).api_key


@pytest.fixture
def ticket(now: datetime, performance: Performance) -> Ticket:
    return a_ticket(now, performance)


Scanning = Callable[..., ScanOutcome]


@pytest.fixture
def scanning(now: datetime, performance: Performance, key: ApiKey) -> Scanning:
    def scan(text: str, **changes: Any) -> ScanOutcome:
        values: dict[str, Any] = {"performance": performance.code, "api_key": key, "nonce": uuid4(), "now": now}
        return scans.scan(payload_or_code=text, **(values | changes))

    return scan


def results() -> list[tuple[str, bool]]:
    return list(Scan.objects.order_by("scanned_at", "id").values_list("result", "is_conflict"))


def test_a_ticket_lets_in_once_and_says_when_and_where_it_did(
    now: datetime, ticket: Ticket, scanning: Scanning
) -> None:
    first = scanning(square_of(now, ticket), gate="Noord")
    later = now + timedelta(minutes=5)
    second = scanning(square_of(now, ticket), gate="Zuid", now=later)
    assert (first.result, first.ticket and first.ticket.seat.in_words("en")) == (
        "accepted",
        "Parterre (en), row A, seat 1",
    )
    assert (second.result, second.first_used_at, second.first_gate) == ("already_used", now, "Noord")
    assert results() == [("accepted", False), ("already_used", False)]


def test_the_typed_code_works_with_dashes_and_small_letters(ticket: Ticket, scanning: Scanning) -> None:
    typed = "-".join(ticket.code[i : i + 4] for i in range(0, 12, 4)).lower()
    assert scanning(typed).result == "accepted"


def test_a_ticket_of_another_night_is_told_which(now: datetime, performance: Performance, scanning: Scanning) -> None:
    other = on_sale(now, performance.house)
    outcome = scanning(square_of(now, a_ticket(now, other)))
    assert outcome.result == "wrong_performance"
    assert outcome.ticket is not None
    assert (outcome.ticket.title.localize("nl"), outcome.ticket.starts_at) == ("De meeuw", other.starts_at)


def test_a_ticket_of_a_stranger_is_unknown_though_its_square_is_genuine(now: datetime, scanning: Scanning) -> None:
    stranger = on_sale(now, a_house(now, "vreemd"))
    outcome = scanning(square_of(now, a_ticket(now, stranger)))
    assert (outcome.result, outcome.ticket) == ("unknown", None)


@pytest.mark.scope("S4-33")
def test_a_refunded_ticket_is_refused(now: datetime, ticket: Ticket, scanning: Scanning) -> None:
    Ticket.objects.update(state=Ticket.State.CANCELLED, cancelled_at=now)
    assert scanning(square_of(now, ticket)).result == "refunded"


def test_a_forged_square_is_refused(now: datetime, ticket: Ticket, scanning: Scanning) -> None:
    square = square_of(now, ticket)
    forged = square[:-1] + ("1" if square[-1] != "1" else "2")
    assert scanning(forged).result == "forged"
    assert results() == [("forged", False)]


@pytest.mark.parametrize("text", ["", "https://example.org/ticket", "\0", "é" * 12, "9" * 10_000, "'; DROP TABLE x"])
def test_anything_else_is_unknown(text: str, scanning: Scanning) -> None:
    assert scanning(text).result == "unknown"


def test_the_same_reading_sent_twice_gets_the_same_answer(now: datetime, ticket: Ticket, scanning: Scanning) -> None:
    nonce = uuid4()
    first = scanning(square_of(now, ticket), nonce=nonce)
    again = scanning(square_of(now, ticket), nonce=nonce, now=now + timedelta(minutes=1))
    assert again == first
    assert results() == [("accepted", False)]


def test_the_nonce_of_another_reading_is_refused(
    now: datetime, performance: Performance, ticket: Ticket, scanning: Scanning
) -> None:
    nonce = uuid4()
    scanning(square_of(now, ticket), nonce=nonce)
    with pytest.raises(scans.NonceReused):
        scanning(square_of(now, a_ticket(now, performance, "1")), nonce=nonce)
    other_key = a_door_key(now, performance.house).api_key
    with pytest.raises(scans.NonceReused):
        scanning(square_of(now, ticket), nonce=nonce, api_key=other_key)


def test_a_key_opens_doors_of_its_own_house_and_performance_only(
    now: datetime, performance: Performance, scanning: Scanning
) -> None:
    stranger = a_door_key(now, a_house(now, "vreemd")).api_key
    elsewhere = a_door_key(now, performance.house, on_sale(now, performance.house)).api_key
    for wrong in (stranger, elsewhere):
        with pytest.raises(PerformanceNotFound):
            scanning("ABCD", api_key=wrong)
    reader = api_keys.issue_api_key(house=performance.house, name="Site", scopes=["read", "sell"], now=now).api_key
    with pytest.raises(scans.KeyMayNotScan):
        scanning("ABCD", api_key=reader)
    assert not Scan.objects.exists()


def test_an_accepted_scan_is_four_statements(
    now: datetime, ticket: Ticket, scanning: Scanning, count_queries: CountQueries
) -> None:
    square = square_of(now, ticket)
    scanning("warm up the keys")
    scanning(square[:-1] + str((int(square[-1]) + 1) % 10))
    with count_queries(4):  # the savepoint of the test stands for BEGIN and COMMIT
        assert scanning(square).result == "accepted"


# Without network


def reading(
    square: str, moment: datetime, *, shown: str = "accepted", gate: str = "", nonce: UUID | None = None
) -> OfflineReading:
    return OfflineReading(square, nonce or uuid4(), moment, shown, gate)


def upload(key: ApiKey, performance: Performance, now: datetime, *readings: OfflineReading) -> list[ScanOutcome]:
    return scans.upload_scans(readings=readings, performance=performance.code, api_key=key, now=now)


def test_of_two_doors_without_network_the_earlier_moment_counts(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket
) -> None:
    square, back = square_of(now, ticket), now + timedelta(hours=1)
    (south,) = upload(key, performance, back, reading(square, now + timedelta(minutes=2), gate="Zuid"))
    (north,) = upload(key, performance, back, reading(square, now, gate="Noord"))
    assert (south.result, north.result) == ("accepted", "accepted")
    assert list(Scan.objects.order_by("gate").values_list("gate", "result", "is_conflict")) == [
        ("Noord", "accepted", False),
        ("Zuid", "already_used", True),
    ]
    (conflict,) = door_conflicts(performance=performance.code, api_key=key)
    assert (conflict.gate, conflict.first_gate, conflict.first_used_at) == ("Zuid", "Noord", now)
    other = on_sale(now, performance.house)
    assert door_conflicts(performance=other.code, api_key=key) == []


def test_the_later_of_two_is_the_conflict_whichever_is_told_first(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket
) -> None:
    square, back = square_of(now, ticket), now + timedelta(hours=1)
    outcomes = upload(
        key, performance, back, reading(square, now + timedelta(minutes=2), gate="Zuid"), reading(square, now)
    )
    assert [(o.result, o.is_conflict) for o in outcomes] == [("accepted", False), ("already_used", True)]


def test_a_refunded_ticket_let_in_without_network_is_a_conflict(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket
) -> None:
    square = square_of(now, ticket)
    Ticket.objects.update(state=Ticket.State.CANCELLED, cancelled_at=now)
    (outcome,) = upload(key, performance, now, reading(square, now))
    assert (outcome.result, outcome.is_conflict) == ("refunded", True)


def test_whom_the_door_turned_away_has_not_used_the_ticket(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket, scanning: Scanning
) -> None:
    (outcome,) = upload(key, performance, now, reading(ticket.code, now, shown="unknown"))
    assert (outcome.result, outcome.is_conflict) == ("unknown", False)
    assert scanning(square_of(now, ticket)).result == "accepted"


def test_a_queue_uploaded_twice_counts_once(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket
) -> None:
    queue = [reading(square_of(now, ticket), now)]
    assert upload(key, performance, now, *queue) == upload(key, performance, now + timedelta(minutes=1), *queue)
    assert results() == [("accepted", False)]


@pytest.mark.parametrize("days", [1, -8, -365 * 1800])
def test_a_clock_that_is_far_off_counts_as_now(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket, days: int
) -> None:
    upload(key, performance, now, reading(square_of(now, ticket), now + timedelta(days=days)))
    assert Scan.objects.get().scanned_at == now


# The list and the counters


def test_the_list_has_no_person_and_no_code_that_works(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket, scanning: Scanning
) -> None:
    square = square_of(now, ticket)
    scanning(square, gate="Zuid")
    made = door_list(performance=performance.code, api_key=key, now=now)
    (listed,) = made.tickets
    assert (listed.serial, listed.state, listed.used_at, listed.used_gate) == (ticket.serial, "valid", now, "Zuid")
    assert listed.code_hash == code_hash(performance=performance.code, code=ticket.code)
    assert [len(point) for point in made.keys.values()] == [65]
    for secret in (ticket.code, "Noor", "Peeters", "noor@example.org"):
        assert secret not in repr(made)


def test_the_version_of_the_list_changes_with_every_ticket_scan_and_refund(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket, scanning: Scanning
) -> None:
    versions = [list_version(performance=performance.code, api_key=key)]
    for change in (
        lambda: a_ticket(now, performance, "1"),
        lambda: scanning(ticket.code),
        lambda: Ticket.objects.filter(pk=ticket.pk).update(state="cancelled", cancelled_at=now),
    ):
        change()
        versions.append(list_version(performance=performance.code, api_key=key))
    assert len(set(versions)) == 4


def test_the_counters_of_a_door(
    now: datetime, performance: Performance, key: ApiKey, ticket: Ticket, scanning: Scanning
) -> None:
    a_ticket(now, performance, "1")
    for _time in range(2):
        scanning(square_of(now, ticket))
    counts = door_counts(performance=performance.code, api_key=key)
    assert (counts.valid, counts.inside, counts.refused, counts.conflicts) == (2, 1, 1, 0)


def test_a_door_offers_the_performances_around_now(now: datetime, performance: Performance, key: ApiKey) -> None:
    assert doors_tonight(key, now=now) == []
    evening = performance.starts_at - timedelta(hours=1)
    assert [door.code for door in doors_tonight(key, now=evening)] == [performance.code]


@pytest.mark.django_db(transaction=True)
def test_of_many_doors_at_once_one_lets_in(now: datetime) -> None:
    performance = on_sale(now)
    ticket = a_ticket(now, performance)
    key = a_door_key(now, performance.house).api_key
    square = square_of(now, ticket)

    def door(_number: int) -> str:
        try:
            return scans.scan(
                payload_or_code=square, performance=performance.code, api_key=key, nonce=uuid4(), now=now
            ).result
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as doors:
        outcomes = sorted(doors.map(door, range(24)))
    assert outcomes == ["accepted"] + ["already_used"] * 23
