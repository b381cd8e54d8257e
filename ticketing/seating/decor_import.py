"""Turns the drawings of a pretix layout into decor: shown on the map; the originals stay in `ext` for the way back."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ticketing.seating.plan import Decor, Point

_STAGE = re.compile(r"podium|toneel|sc[eè]ne|plateau|stage|b[uü]hne", re.IGNORECASE)
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")

Json = Mapping[str, Any]


def decor_of(origin: Json, drawings: list[dict[str, Any]]) -> Iterator[Decor]:
    """Drawings we cannot place are left out: they are pictures, and their source is kept."""
    for drawing in drawings:
        point = _sum(origin, drawing.get("position"))
        text = _text(drawing)
        shape = _shape(drawing)
        if point is None or (shape is None and text is None):
            continue
        stage = shape is not None and text is not None and _STAGE.search(text)
        color = drawing.get("color")
        yield Decor(
            kind="stage" if stage else "text" if shape is None else "shape",
            position=point,
            rotation=drawing["rotation"] if _is_number(drawing.get("rotation")) and drawing["rotation"] else None,
            shape=shape,
            text=text,
            color=color if isinstance(color, str) and _COLOR.fullmatch(color) else None,
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _sum(origin: Json, position: Any) -> Point | None:
    if not isinstance(position, dict):
        return None
    pairs: list[tuple[Any, Any]] = [(origin.get(axis), position.get(axis)) for axis in ("x", "y")]
    if not all(_is_number(a) and _is_number(b) and abs(a + b) <= 1_000_000 for a, b in pairs):
        return None
    return Point(x=pairs[0][0] + pairs[0][1], y=pairs[1][0] + pairs[1][1])


def _text(drawing: Json) -> str | None:
    text = drawing.get("text")
    words = text.get("text") if isinstance(text, dict) else None
    return words[:200] if isinstance(words, str) and words else None


def _extents(holder: Any, *keys: str) -> list[float] | None:
    values: list[Any] = [holder.get(key) for key in keys] if isinstance(holder, dict) else []
    return values if values and all(_is_number(value) and 0 < value <= 1_000_000 for value in values) else None


def _shape(drawing: Json) -> dict[str, Any] | None:
    kind = drawing.get("shape")
    if kind == "rectangle" and (sides := _extents(drawing.get("rectangle"), "width", "height")):
        return {"rect": {"width": sides[0], "height": sides[1]}}
    if kind == "circle" and (radius := _extents(drawing.get("circle"), "radius")):
        return {"ellipse": {"x": radius[0], "y": radius[0]}}
    if kind == "ellipse":
        ellipse = drawing.get("ellipse")
        if isinstance(ellipse, dict) and (radii := _extents(ellipse.get("radius"), "x", "y")):
            return {"ellipse": {"x": radii[0], "y": radii[1]}}
    if kind == "polygon":
        polygon = drawing.get("polygon")
        points = polygon.get("points") if isinstance(polygon, dict) else None
        if isinstance(points, list) and len(points) >= 3:
            placed = [_sum({"x": 0, "y": 0}, point) for point in points]
            if all(placed):
                return {"polygon": [{"x": p.x, "y": p.y} for p in placed if p]}
    return None
