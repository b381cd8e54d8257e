"""Holds a second without HTTP: the floor's four statements, and Parterre's own hold, by the same driver."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.synchronize import Barrier

from django.db import connection, connections, transaction
from django.utils import timezone

from bench.floor.statements import Statement, record, send
from bench.floor.tables import INSERT, SEATS, UPDATE
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import hold
from ticketing.operations.wishes import Wish
from ticketing.seating.compiled import place_code

SECONDS = 4.0
Driven = tuple[int, float, float]  # holds, and when the first began and the last ended


def _floor_hold(_performance: str, seat: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPDATE, [seat, seat % SEATS + 1])
        cursor.execute(INSERT, [seat % SEATS + 1, seat])


def _our_statements(_performance: str, seat: int) -> None:
    send(_recorded, seat=seat % SEATS)


def _our_operation(performance: str, seat: int) -> None:
    wish = Wish(places=(place_code(seat % SEATS),))
    with suppress(PlacesTaken):
        hold(performance=performance, wish=wish, basket_id=None, language="nl", now=timezone.now())


HOLDS: dict[str, Callable[[str, int], None]] = {
    "floor": _floor_hold,
    "statements": _our_statements,
    "operation": _our_operation,
}
_recorded: list[Statement] = []


def statements_of_a_hold(performance: str, seat: int) -> list[Statement]:
    """What one hold of a seat in a new basket sends, the second time: nothing is read that is known already."""
    for warm in (seat, seat + 1):
        wish = Wish(places=(place_code(warm),))
        now = timezone.now()
        sent = record(partial(hold, performance=performance, wish=wish, basket_id=None, language="nl", now=now))
    _recorded[:] = sent
    return sent


def _drive(
    which: str, performance: str, number: int, clients: int, start: Barrier, results: multiprocessing.Queue[Driven]
) -> None:
    connections.close_all()
    one = HOLDS[which]
    # Every client has seats of its own: what is measured is the statement, not the refusal.
    seats = [seat for seat in range(SEATS) if seat % clients == number]
    random.Random(number).shuffle(seats)
    for _warm in range(10):  # the statement is prepared, and its plan settled
        one(performance, seats.pop())
    start.wait()
    begun, done = time.perf_counter(), 0
    for seat in seats:
        one(performance, seat)
        done += 1
        if time.perf_counter() > begun + SECONDS:
            break
    results.put((done, begun, time.perf_counter()))


def holds_per_second(which: str, *, clients: int, performance: str = "") -> int:
    """Processes, not threads: what is compared is the SQL, and Python's lock must not hide it."""
    connections.close_all()
    context = multiprocessing.get_context("fork")
    results: multiprocessing.Queue[Driven] = context.Queue()
    start = context.Barrier(clients)
    drivers = [
        context.Process(target=_drive, args=(which, performance, number, clients, start, results))
        for number in range(clients)
    ]
    for driver in drivers:
        driver.start()
    driven = [results.get(timeout=SECONDS + 60) for _driver in drivers]
    for driver in drivers:
        driver.join()
    elapsed = max(end for _done, _begun, end in driven) - min(begun for _done, begun, _end in driven)
    return round(sum(done for done, _begun, _end in driven) / elapsed)
