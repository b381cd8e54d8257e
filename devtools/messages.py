"""Compiles the translations that are new. Runs inside the environment, for it needs Babel.

`--check` refuses what would show: a text that cannot be read, is marked fuzzy, or lost one of its placeholders.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def sources() -> list[Path]:
    return sorted(LOCALE.glob("*/*/LC_MESSAGES/django.po"))


def compile_new() -> None:
    for source in sources():
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        # Another process may be reading: the finished file takes its place at once.
        draft = target.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)


def faults(source: Path) -> list[str]:
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    except PoFileError as error:
        return [f"{source}: {error}"]
    found = [f"{source}:{message.lineno}: fuzzy: {message.id}" for message in catalogue if message.id and message.fuzzy]
    for message, errors in catalogue.check():
        found += [f"{source}:{message.lineno}: {error}" for error in errors]
    found += [
        f"{source}:{message.lineno}: not translated: {message.id}"
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]
    return found


def main(arguments: list[str]) -> int:
    compile_new()
    if "--check" not in arguments:
        return 0
    found = [fault for source in sources() for fault in faults(source)]
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
