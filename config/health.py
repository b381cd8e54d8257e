"""What a balancer asks: does this process live, and may it get visitors?"""

from __future__ import annotations

from collections.abc import Callable

from django.core.cache import caches
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from config.forgiving_cache import ForgivingCache


def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked: restarting it would not bring a database back."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(_request: HttpRequest) -> HttpResponse:
    state = {name: _holds(check) for name, check in CHECKS.items()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        # Whatever is wrong with it, the answer is that it is not ready; its own error is written where it is used.
        connection.close()
        return False


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _valkey_answers() -> bool:
    backend = caches["default"]
    return isinstance(backend, ForgivingCache) and backend.answers()


def _tables_are_there() -> bool:
    """Asked until it is true once: a process never outlives the migrations it was started after."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


_migrated = False
CHECKS = {"database": _database_answers, "valkey": _valkey_answers, "tables": _tables_are_there}
