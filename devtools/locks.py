"""`./dev lock`: writes the pinned files anew, without the address of any registry in them."""

from __future__ import annotations

import subprocess

from devtools.console import Failure, step
from devtools.environment import Environment
from devtools.paths import REQUIREMENTS, ROOT

OPTIONS = (
    "--universal",
    *("--python-version", "3.11"),
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--no-annotate",
    "--quiet",
)


def lock() -> int:
    uv = Environment().ensure("development").program("uv")
    for target in REQUIREMENTS.values():
        with step(target.name):
            source = target.with_suffix(".in")
            done = subprocess.run(
                [uv, "pip", "compile", *OPTIONS, source.name, "--output-file", target.name],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                raise Failure(done.stderr)
    return 0
