"""Many buyers at the same moment, each on a database connection of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def race(contender: Callable[[int], str], *, contenders: int, threads: int = 16) -> Counter[str]:
    """Let `contender(number)` run for every number, `threads` at once, and count what came out."""
    start = Barrier(threads)

    def run(thread: int) -> list[str]:
        try:
            connection.ensure_connection()  # so that what is raced for is the place, not a connection
            start.wait(timeout=20)
            return [contender(number) for number in range(thread, contenders, threads)]
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        results = list(pool.map(run, range(threads)))
    return Counter(outcome for outcomes in results for outcome in outcomes)
