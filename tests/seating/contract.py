"""The sample plans of the contract. They are not ours to ship: `PARTERRE_SPECS` names the folder that holds
`seating/`, by default `../shared/specs` beside the checkout. Without it these tests are skipped, loudly."""

from __future__ import annotations

import json
import os
import warnings
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("PARTERRE_SPECS") or ROOT.parent / "shared" / "specs") / "seating"
IS_HERE = FOLDER.is_dir()

if not IS_HERE:
    warnings.warn(
        f"THE CONTRACT OF SEATING PLANS IS NOT TESTED: no {FOLDER}. Set PARTERRE_SPECS to the folder of the specs.",
        stacklevel=1,
    )

needs_contract = pytest.mark.skipif(not IS_HERE, reason=f"no {FOLDER}; set PARTERRE_SPECS")


def sample(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def sample_json(name: str) -> Any:
    return json.loads(sample(name))
