"""What `./dev` says: one line per step, one colour per voice, nothing clever when nobody is watching."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

COLOURS = {"red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36, "grey": 90, "bold": 1}
_one_line_at_a_time = threading.Lock()


class Failure(Exception):
    """Something `./dev` cannot go on after; the text says what to do about it."""


def colour(text: str, name: str) -> str:
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{COLOURS[name]}m{text}\x1b[0m"


def say(text: str = "") -> None:
    with _one_line_at_a_time:
        print(text, flush=True)


def warn(text: str) -> None:
    say(colour(f"! {text}", "yellow"))


def banner(lines: list[str]) -> None:
    width = max(len(line) for line in lines) + 4
    say(colour("─" * width, "cyan"))
    for line in lines:
        say(f"  {line}")
    say(colour("─" * width, "cyan"))


@contextmanager
def step(title: str) -> Iterator[None]:
    """Times a piece of work; says it once it is done, or at once when it takes longer than a breath."""
    started = time.monotonic()
    announcement = threading.Timer(1.5, say, args=[colour(f"… {title}", "grey")])
    announcement.daemon = True
    announcement.start()
    try:
        yield
    finally:
        announcement.cancel()
    say(f"{colour('✓', 'green')} {title} {colour(f'{time.monotonic() - started:.1f} s', 'grey')}")
