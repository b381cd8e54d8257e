"""A cache one can do without: while Valkey is away every question is a miss, and the shop goes on selling."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

log = structlog.get_logger()
# While it is away, one question in this many seconds pays for finding out whether it is back.
SILENCE_SECONDS = 1.0


class ForgivingClient(RedisCacheClient):
    """Fails fast: the library's own way is to wait and try three more times, while a visitor waits too."""

    def __init__(self, servers: Any, **options: Any) -> None:
        options = {"socket_connect_timeout": 0.25, "socket_timeout": 1.0, "retry": Retry(NoBackoff(), 1), **options}
        super().__init__(servers, **options)
        self._kept: dict[bool, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        """One client for all questions: it is safe for threads, and making one costs more than most questions."""
        client = self._kept.get(write)
        if client is None:
            client = self._kept[write] = super().get_client(key, write=write)
        return client


class ForgivingCache(RedisCache):
    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = ForgivingClient
        self._silent_until = 0.0

    def _or(self, without: Any, ask: Callable[[], Any]) -> Any:
        if time.monotonic() < self._silent_until:
            return without
        try:
            return ask()
        except RedisError as error:
            self._silent_until = time.monotonic() + SILENCE_SECONDS
            log.warning("cache away", error=type(error).__name__)
            return without

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, lambda: super(ForgivingCache, self).get(key, default, version))

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._or({}, lambda: super(ForgivingCache, self).get_many(keys, version))

    def answers(self) -> bool:
        """Whether Valkey is there at all."""
        try:
            return bool(self._cache.get_client(None, write=True).ping())
        except RedisError:
            return False

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._or(None, lambda: super(ForgivingCache, self).set(key, value, timeout, version))

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._or([], lambda: super(ForgivingCache, self).set_many(data, timeout, version))

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        """Without Valkey everybody is the first: doing a thing twice costs less than not doing it."""
        return self._or(True, lambda: super(ForgivingCache, self).add(key, value, timeout, version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> Any:
        """Without Valkey nothing is counted."""
        return self._or(0, lambda: super(ForgivingCache, self).incr(key, delta, version))

    def delete(self, key: str, version: int | None = None) -> Any:
        return self._or(False, lambda: super(ForgivingCache, self).delete(key, version))

    def delete_many(self, keys: Any, version: int | None = None) -> Any:
        return self._or(None, lambda: super(ForgivingCache, self).delete_many(keys, version))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> Any:
        return self._or(False, lambda: super(ForgivingCache, self).touch(key, timeout, version))

    def has_key(self, key: str, version: int | None = None) -> Any:
        return self._or(False, lambda: super(ForgivingCache, self).has_key(key, version))
