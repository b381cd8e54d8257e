"""Where an imported row probably has an aisle: a guess from distances and turns, for a person to confirm."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

WIDEST = 1.5
SHARPEST_TURN = math.radians(35)

XY = tuple[float, float]


def proposed_gaps(points: Sequence[XY]) -> list[int]:
    """Positions after which the next seat is probably no neighbour."""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    lengths = [math.hypot(*step) for step in steps]
    if not lengths:
        return []
    limit = WIDEST * median(lengths)
    turns = [0.0, *(_turn(a, b) for a, b in pairwise(steps))]
    return [
        i for i, (length, turn) in enumerate(zip(lengths, turns, strict=True)) if length > limit or turn > SHARPEST_TURN
    ]


def _turn(first: XY, second: XY) -> float:
    cross = first[0] * second[1] - first[1] * second[0]
    return abs(math.atan2(cross, first[0] * second[0] + first[1] * second[1]))


def median_distance(rows: Sequence[Sequence[XY]]) -> float | None:
    distances = [math.dist(a, b) for row in rows for a, b in pairwise(row)]
    found = median(distances) if distances else 0
    return found if found > 0 else None
