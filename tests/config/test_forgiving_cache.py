"""Without Valkey every question is a miss, and nobody waits for it."""

from __future__ import annotations

import time

import pytest

from config.forgiving_cache import ForgivingCache


@pytest.fixture
def absent() -> ForgivingCache:
    return ForgivingCache("redis://127.0.0.1:1/2", {})


def test_every_question_is_a_miss(absent: ForgivingCache) -> None:
    absent.set("a", 1)
    assert absent.get("a", "nothing") == "nothing"
    assert absent.get_many(["a", "b"]) == {}
    assert absent.set_many({"a": 1}) == []
    assert absent.delete("a") is False
    assert absent.touch("a") is False
    assert "a" not in absent


def test_everybody_is_the_first(absent: ForgivingCache) -> None:
    assert (absent.add("rendering", 1), absent.add("rendering", 1)) == (True, True)


def test_one_visitor_a_second_finds_out_and_the_others_do_not_even_ask(absent: ForgivingCache) -> None:
    absent.get("a")
    calls = []
    absent._cache.get_client = lambda *_, **__: calls.append(1)  # type: ignore[method-assign]  # counts, answers nothing
    for _ in range(100):
        absent.get("a")
    assert calls == []
    absent._silent_until = time.monotonic()
    with pytest.raises(AttributeError):
        absent.get("a")
    assert calls == [1]


def test_absence_is_told_to_whoever_asks(absent: ForgivingCache) -> None:
    assert absent.answers() is False
