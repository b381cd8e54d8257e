"""The ground of the tests holds: the network is shut, the database is PostgreSQL, SQL is counted."""

from __future__ import annotations

import socket

import pytest
from django.core.cache import cache
from django.db import connection
from pytest_socket import SocketConnectBlockedError

from tests.conftest import CountQueries


def test_the_outside_network_is_shut() -> None:
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 443), timeout=1)


@pytest.mark.django_db
def test_statements_are_counted(count_queries: CountQueries) -> None:
    assert connection.vendor == "postgresql"
    with count_queries(1), connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.django_db
def test_a_wrong_number_of_statements_is_shown(count_queries: CountQueries) -> None:
    with pytest.raises(AssertionError, match="SELECT 2"), count_queries(0), connection.cursor() as cursor:
        cursor.execute("SELECT 2")


@pytest.mark.parametrize("round_", [1, 2])
def test_the_cache_is_empty_at_the_start_of_every_test(round_: int) -> None:
    assert cache.get("left-by-a-neighbour") is None
    cache.set("left-by-a-neighbour", round_)
