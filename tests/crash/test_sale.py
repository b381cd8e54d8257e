"""A sale on a durable installation, in the middle of which a web process, a worker, PostgreSQL and Valkey are killed.

A thousand buyers want five hundred standing places and everybody wants the same hundred seats. At the end everything is
sold exactly once, and whoever saw tickets has them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from devtools.paths import ROOT
from tests.crash.buyers import Shop
from tests.crash.stage import SEATS, STANDING
from tests.dev.servers import open_folder
from tests.dev.test_installation import Run

CLIENTS = 32
BUYERS = 1_000
LONGEST_SECONDS = 420.0


@pytest.fixture
def installation() -> Iterator[Run]:
    with open_folder() as folder:
        run = Run(folder)
        try:
            run.wait_for(run.open)
            yield run
        finally:
            run.stop(signal.SIGTERM)


@pytest.mark.crash
@pytest.mark.scope("S4-33")
def test_everything_is_sold_once_and_nothing_acknowledged_is_lost(installation: Run) -> None:
    sale = stage(installation, "prepare")
    shop = Shop(installation.port, environment(installation)["SANDBOX_URL"], time.monotonic() + LONGEST_SECONDS)

    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        unlucky = pool.submit(kill_in_the_middle, installation, shop)
        buying = [pool.submit(one_client, shop, sale, number) for number in range(CLIENTS)]
        for client in buying:
            client.result()
        assert unlucky.result() == ["web", "worker", "postgres", "valkey"]

    # A hold whose answer was lost keeps its place for a quarter of an hour; then it is there for somebody else.
    stage(installation, "lapse")
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda place: shop.buy(sale["seats"], "hold", {"place": place}), sale["places"]))
    while shop.buy(sale["standing"], "standing", {"n-full": "1"}):
        pass

    books = settled(installation)
    paid = books.pop("paid")
    assert set(shop.acknowledged) <= set(paid)
    assert books == {
        "sold": STANDING + SEATS,
        "unsold": 0,
        "tickets": STANDING + SEATS,
        "places_with_tickets": STANDING + SEATS,
        "paid_without_tickets": 0,
        "paid_without_mail": 0,
        "tickets_without_payment": 0,
        "open_payments": 0,
        "paid_amount": books["order_amount"],
        "order_amount": f"{(STANDING + SEATS) * 24}.00",
        "ledger": "0.00",
        "groups_not_zero": 0,
        "undelivered": 0,
    }
    assert len(paid) == len(set(paid)) == STANDING + SEATS


def one_client(shop: Shop, sale: dict[str, Any], number: int) -> None:
    """Goes for every hot seat in turn, as all the others do, and serves its share of the thousand in between."""
    waiting = len(range(number, BUYERS, CLIENTS))
    for turn, place in enumerate(sale["places"]):
        shop.buy(sale["seats"], "hold", {"place": place})
        while waiting and waiting * len(sale["places"]) > (len(sale["places"]) - turn) * BUYERS / CLIENTS:
            shop.buy(sale["standing"], "standing", {"n-full": "1"})
            waiting -= 1
    for _ in range(waiting):
        shop.buy(sale["standing"], "standing", {"n-full": "1"})


def kill_in_the_middle(installation: Run, shop: Shop) -> list[str]:
    """One after another as the sale goes on, so that each dies while orders are under way."""
    killed = []
    for name, after in (("web", 60), ("worker", 150), ("postgres", 250), ("valkey", 350)):
        while len(shop.acknowledged) < after:
            if time.monotonic() > shop.give_up_at:
                return killed
            time.sleep(0.05)
        victim = installation.pids[name]
        os.kill(child_of(victim) if name == "web" else victim, signal.SIGKILL)
        killed.append(name)
    return killed


def child_of(pid: int) -> int:
    """One of the processes that answer requests; the one that watches them starts another."""
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return int(children.stdout.split()[0])


def settled(installation: Run, seconds: float = 150) -> dict[str, Any]:
    """The books once every delivery is made, or as they are when that takes too long."""
    deadline = time.monotonic() + seconds
    while True:
        books = stage(installation, "audit")
        if books["undelivered"] == books["open_payments"] == 0 or time.monotonic() > deadline:
            return books
        time.sleep(3)  # reading the books costs more than waiting


def environment(installation: Run) -> dict[str, str]:
    return dict(json.loads(Path(installation.data / "run" / "environment.json").read_text()))


def stage(installation: Run, command: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.stage", command],
        cwd=ROOT,
        env={**os.environ, **environment(installation)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(done.stdout))
