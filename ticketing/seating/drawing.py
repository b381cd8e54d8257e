"""Geometry of the drawn map: scales a plan so that neighbours lie 24 units apart, and draws what is no seat."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.sax.saxutils import escape

from ticketing.seating.compiled import CompiledArea, CompiledDecor, CompiledPlan, CompiledRow

# Neighbouring seats lie so many units apart whatever the plan's own unit: the style sheet counts on it.
PITCH = 24
MARGIN = 30
NARROWEST = 720
ROW_NAME_AWAY = 22

XY = tuple[float, float]


@dataclass(frozen=True)
class Canvas:
    """A plan, or one area of it, in drawing units. `decimals` falls in large halls: bytes."""

    plan: CompiledPlan
    areas: tuple[int, ...]

    @cached_property
    def scale(self) -> float:
        return PITCH / self.plan.pitch

    @cached_property
    def decimals(self) -> int:
        return 1 if len(self.seats) <= 1500 else 0

    @cached_property
    def seats(self) -> list[int]:
        """The numbered places drawn here, in plan order."""
        return [
            index
            for area in self.areas
            for index in self.plan.areas[area].places
            if self.plan.present[index] and self.plan.kinds[index] != "standing"
        ]

    @property
    def rows(self) -> Iterator[tuple[CompiledRow, list[int]]]:
        for row in self.plan.rows:
            if row.area in self.areas and (present := [index for index in row.places if self.plan.present[index]]):
                yield row, present

    def place(self, index: int) -> XY:
        return self.plan.x[index] * self.scale, self.plan.y[index] * self.scale

    def number(self, value: float) -> str:
        return short(value, self.decimals)

    @cached_property
    def decor(self) -> tuple[CompiledDecor, ...]:
        """One sector alone is drawn without the stage: that may be a field away."""
        whole = len(self.areas) == len(self.plan.areas)
        return self.plan.decor if whole else ()

    def view_box(self) -> str:
        points = [self.place(index) for index in self.seats] + self.decor_points()
        for area in self.areas:
            found = self.plan.areas[area]
            if found.shape:
                points += outline(found.origin, found.rotation, found.shape, self.scale)
        return view_box(points)

    def decor_points(self) -> list[XY]:
        shapes = ((decor.position, decor.rotation, decor.shape) for decor in self.decor)
        return [point for shape in shapes for point in outline(*shape, self.scale)]


def view_box(points: Sequence[XY]) -> str:
    """Around all points; never narrower than a middling hall, or a small one would fill the screen with giant seats."""
    xs, ys = [x for x, _y in points] or [0], [y for _x, y in points] or [0]
    left, top, right, bottom = min(xs) - MARGIN, min(ys) - MARGIN, max(xs) + MARGIN, max(ys) + MARGIN
    beside = max(0, NARROWEST - (right - left)) / 2
    return " ".join(short(v, 0) for v in (left - beside, top, right - left + 2 * beside, bottom - top))


def short(value: float, decimals: int = 1) -> str:
    text = f"{value:.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def outline(origin: XY, rotation: float, shape: Mapping[str, Any] | None, scale: float) -> list[XY]:
    """Corners of a shape in drawing units, turned about its origin."""
    turn = math.radians(rotation)
    cos, sin = math.cos(turn), math.sin(turn)
    return [
        ((origin[0] + x * cos - y * sin) * scale, (origin[1] + x * sin + y * cos) * scale) for x, y in corners(shape)
    ]


def corners(shape: Mapping[str, Any] | None) -> list[XY]:
    if not shape:
        return [(0, 0)]
    if "rect" in shape:
        width, height = shape["rect"]["width"], shape["rect"]["height"]
        return [(0, 0), (width, 0), (width, height), (0, height)]
    if "ellipse" in shape:
        rx, ry = shape["ellipse"]["x"], shape["ellipse"]["y"]
        turns = [math.tau * step / 32 for step in range(32)]
        return [(rx * math.cos(turn), ry * math.sin(turn)) for turn in turns]
    return [(point["x"], point["y"]) for point in shape["polygon"]]


def polygon(points: Iterable[XY], css_class: str) -> str:
    path = " ".join(f"{short(x)} {short(y)}" for x, y in points)
    return f'<polygon class="{css_class}" points="{path}"/>'


def text(at: XY, words: str, css_class: str) -> str:
    return f'<text class="{css_class}" x="{short(at[0])}" y="{short(at[1])}">{escape(words)}</text>'


def middle(points: Sequence[XY]) -> XY:
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def draw_decor(canvas: Canvas, language: str) -> str:
    parts = []
    for decor in canvas.decor:
        points = outline(decor.position, decor.rotation, decor.shape, canvas.scale)
        is_stage = decor.kind == "stage" and decor.shape is not None and "rect" in decor.shape
        if is_stage:
            parts += [_glow(points), _apron(points)]
        elif decor.shape:
            parts.append(polygon(points, f"decor decor--{decor.kind}"))
        if decor.text:
            parts.append(text(middle(points), decor.text[language], f"decor-name decor-name--{decor.kind}"))
    return f'<g aria-hidden="true">{"".join(parts)}</g>' if parts else ""


def _apron(points: Sequence[XY]) -> str:
    """A stage seen from above: narrower at the back, its front edge curved towards the hall."""
    (x0, y0), (x1, _y), (_x, y1), _last = points
    width, height = x1 - x0, y1 - y0
    inset, edge = width * 0.06, y0 + height * 0.68
    return (
        f'<path class="decor decor--stage" d="M{short(x0 + inset)} {short(y0)}H{short(x1 - inset)}'
        f'L{short(x1)} {short(edge)}Q{short(x0 + width / 2)} {short(y1 + height * 0.32)} {short(x0)} {short(edge)}Z"/>'
    )


def _glow(points: Sequence[XY]) -> str:
    """Light that falls from the stage into the first rows; its colour is the style sheet's."""
    x, y = middle(points)
    width = points[1][0] - points[0][0]
    return (
        '<radialGradient id="stage-glow"><stop class="glow" offset="0"/><stop class="glow glow--end" offset="1"/>'
        f'</radialGradient><ellipse fill="url(#stage-glow)" cx="{short(x)}" cy="{short(y + width * 0.14)}" '
        f'rx="{short(width * 0.86)}" ry="{short(width * 0.28)}"/>'
    )


def draw_area_names(canvas: Canvas, language: str) -> str:
    """Each area's name above the middle of its first row; a hall of one area needs none."""
    if len(canvas.areas) < 2:
        return ""
    names = []
    for number in canvas.areas:
        area = canvas.plan.areas[number]
        at = _name_spot(canvas, area)
        if (at and area.level > 0) or (at and area.kind != "seated"):
            names.append(text(at, area.name[language], "area-name"))
    return f'<g aria-hidden="true">{"".join(names)}</g>' if names else ""


def _name_spot(canvas: Canvas, area: CompiledArea) -> XY | None:
    if area.shape:
        return middle(outline(area.origin, area.rotation, area.shape, canvas.scale))
    points = [canvas.place(index) for index in area.places if canvas.plan.present[index]]
    if not points:
        return None
    x, _y = middle(points)
    near = [py for px, py in points if abs(px - x) <= 2 * PITCH] or [min(py for _px, py in points)]
    return x, min(near) - PITCH * 1.3


def draw_areas(canvas: Canvas) -> str:
    """Outlines of standing areas and tables; seats speak for themselves."""
    parts = [
        polygon(outline(area.origin, area.rotation, area.shape, canvas.scale), f"area area--{area.kind}")
        for area in (canvas.plan.areas[number] for number in canvas.areas)
        if area.shape and area.kind != "seated"
    ]
    return f'<g aria-hidden="true">{"".join(parts)}</g>' if parts else ""


def draw_row_names(canvas: Canvas, row: CompiledRow, present: list[int]) -> str:
    ends = []
    if row.label_at in ("start", "both"):
        ends.append(_beyond(canvas, present[0], present[min(1, len(present) - 1)], -1))
    if row.label_at in ("end", "both"):
        ends.append(_beyond(canvas, present[-1], present[max(-2, -len(present))], 1))
    return "".join(text(at, row.code, "row-name") for at in ends)


def _beyond(canvas: Canvas, end: int, before: int, side: int) -> XY:
    """A step outwards in the direction of the row."""
    (x, y), (bx, by) = canvas.place(end), canvas.place(before)
    length = math.dist((x, y), (bx, by))
    dx, dy = ((x - bx) / length, (y - by) / length) if length else (float(side), 0.0)
    return x + dx * ROW_NAME_AWAY, y + dy * ROW_NAME_AWAY


def attribute(value: str) -> str:
    """Quoted for a double-quoted attribute. Not `quoteattr`: that changes its quotes when it meets one."""
    return '"' + escape(value, {'"': "&quot;"}) + '"'
