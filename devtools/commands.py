"""The commands of `./dev`, and what each of them takes."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from devtools.checks import check
from devtools.console import Failure, colour
from devtools.installation import RunOptions, run
from devtools.locks import lock
from devtools.scope import scope
from devtools.testing import bench, manage, screenshots, test

# What would keep Python from using compiled files, or lead it to other packages.
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="./dev", description="Parterre on one machine.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    running = commands.add_parser("run", help="start everything: shop, worker, stand-ins, demo")
    running.add_argument("--port", type=port, help="of the shop; a free one is found when left out")
    running.add_argument("--data", type=Path, metavar="DIR", help="where to keep all data (default: var/)")
    running.add_argument("--no-demo", dest="demo", action="store_false", help="start with an empty installation")
    running.add_argument("--https", action="store_true", help="with a self-signed certificate, for phones at the door")

    checking = commands.add_parser("check", help="style, types, boundaries, translations, migrations")
    checking.add_argument("--quick", action="store_true", help="only what takes a few seconds")

    for name, text in (
        ("test", "check, then every test; or only those pytest's arguments choose"),
        ("manage", "Django's command line; --data DIR comes first"),
        ("bench", "measure"),
        ("scope", "the rows of the scope list, with and without tests"),
    ):
        commands.add_parser(name, help=text, add_help=False).add_argument("arguments", nargs=argparse.REMAINDER)
    picturing = commands.add_parser(
        "screenshots", help="take the pictures of the README anew, of the demo running beside it"
    )
    picturing.add_argument("--data", type=Path, metavar="DIR", help="of the run beside it (default: var/)")
    commands.add_parser("lock", help="pin the packages of requirements*.in anew")
    return top


def port(text: str) -> int:
    """The stand-ins take the next one where they can, so the last of all is no shop's."""
    number = int(text)
    if not 0 < number < 65535:
        raise ValueError(text)
    return number


def main(argv: list[str]) -> int:
    for name in UNWANTED:
        os.environ.pop(name, None)
    # Options of pytest, Django and the bench are theirs: what follows one of these commands is passed on as it is.
    passing = {"test": test, "manage": manage, "bench": bench, "scope": scope}
    try:
        if argv[:2] == ["manage", "--data"] and len(argv) > 2:
            return manage(argv[3:], Path(argv[2]))
        if argv and argv[0] in passing:
            return passing[argv[0]](argv[1:])
        options = parser().parse_args(argv)
        if options.command == "run":
            return run(RunOptions(options.port, options.data, options.demo, options.https))
        if options.command == "check":
            return check(quick=options.quick)
        if options.command == "lock":
            return lock()
        return screenshots(options.data)
    except Failure as failure:
        print(colour(str(failure), "red"), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
