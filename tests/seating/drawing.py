"""Halls drawn as text, so that a test shows what it is about.

One string per row, front first: a digit is a seat of that rank, `w` a wheelchair place and `c` a companion seat (both
of rank 1), `|` an aisle. In a second drawing of the same form `.` is a free seat and anything else a taken one.
"""

from __future__ import annotations

from typing import Any

from ticketing.seating.compiled import CompiledPlan, compile_plan
from ticketing.seating.format import plan_from_document

PITCH = 25
KINDS = {"w": "wheelchair", "c": "companion"}


def plan_document(*rows: str, **more: Any) -> dict[str, Any]:
    return {
        "format": "parterre.seatingplan",
        "version": 1,
        "name": "Hall",
        "seat_pitch": PITCH,
        "focal": {"x": 0, "y": 0},
        "ranks": [{"code": str(rank), "name": {"nl": f"Rang {rank}", "en": f"Rank {rank}"}} for rank in range(1, 5)],
        "areas": [area(*rows)],
    } | more


def area(*rows: str, code: str = "Z", y: float = 100) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"nl": "Zaal", "fr": "Salle", "en": "Hall"},
        "kind": "seated",
        "rows": [
            {"code": "ABCDEFGHIJ"[number], "seats": _seats(row, f"{code}-{'ABCDEFGHIJ'[number]}", y + number * 30)}
            for number, row in enumerate(rows)
        ],
    }


def _seats(row: str, prefix: str, y: float) -> list[dict[str, Any]]:
    """Centred on x = 0, so that the middle of the first row is nearest the stage."""
    seats: list[dict[str, Any]] = []
    for position, mark in enumerate(row):
        if mark == "|":
            seats[-1]["gap_after"] = True
            continue
        number = len(seats) + 1
        seat = {"id": f"{prefix}-{number}", "n": str(number), "x": (position - (len(row) - 1) / 2) * PITCH, "y": y}
        seat |= {"rank": mark if mark.isdigit() else "1"} | ({"kind": KINDS[mark]} if mark in KINDS else {})
        seats.append(seat)
    return seats


def hall(*rows: str, **more: Any) -> CompiledPlan:
    return compile_plan(plan_from_document(plan_document(*rows, **more)))


def free(*rows: str) -> bytearray:
    return bytearray(mark == "." for row in rows for mark in row if mark != "|")


def ids(plan: CompiledPlan, places: Any) -> list[str]:
    return [plan.ids[index].removeprefix("Z-") for index in places]


def indexes(plan: CompiledPlan, *seats: str) -> list[int]:
    return [plan.index_of[f"Z-{seat}"] for seat in seats]
