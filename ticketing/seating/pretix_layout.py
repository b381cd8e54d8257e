"""Imports the seating layout file of pretix: zones become areas, categories ranks, and its own fields are kept.

That layout has no capacity, aisle, wheelchair, companion or language; `Imported.gaps` proposes the aisles and the
rest is asked in the plan editor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ticketing.seating.checks import check_plan
from ticketing.seating.decor_import import decor_of
from ticketing.seating.faults import At, Faults
from ticketing.seating.gaps import median_distance, proposed_gaps
from ticketing.seating.json_files import parse_json
from ticketing.seating.plan import DEFAULT_PITCH, Area, Plan, Point, Rank, Row, Seat, Size
from ticketing.seating.readers import coordinate, extent

IDS_FROM_UUID = "ids_from_uuid"

Json = Mapping[str, Any]

_SEAT_KEYS = {"seat_guid", "seat_number", "category", "position"}
_ROW_KEYS = {"row_number", "position", "seats", "row_number_position"}
_ZONE_KEYS = {"name", "position", "rows"}
_PLAN_KEYS = {"name", "size", "zones"}
_LABEL_AT = {"start": "start", "end": "end", "both": "both", None: "none", "": "none"}
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Imported:
    """The plan with its proposed aisles set, and those proposals again for the person who confirms them."""

    plan: Plan
    gaps: tuple[str, ...]


def load_pretix(data: bytes | str, *, ids_from_uuid: bool = False) -> Imported:
    return import_pretix(parse_json(data), ids_from_uuid=ids_from_uuid)


def import_pretix(document: Any, *, ids_from_uuid: bool = False) -> Imported:
    """Raises `PlanRefused`; when shared seat ids are the trouble and every seat has a uuid, it offers those."""
    faults = Faults()
    reader = _Reader(faults, "uuid" if ids_from_uuid else "seat_guid")
    plan = reader.plan(document)
    if plan is not None:
        check_plan(plan, faults)
        faults.raise_if_any(() if ids_from_uuid else reader.offers(plan))
        return Imported(plan, tuple(seat.id for seat in plan.seats if seat.gap_after))
    faults.raise_if_any()
    raise AssertionError("a plan that cannot be read has a fault")


class _Reader:
    """Walks the file once; what is missing or of the wrong type becomes a fault with its path."""

    def __init__(self, faults: Faults, id_key: str) -> None:
        self.faults = faults
        self.id_key = id_key
        self.ranks: dict[str, str] = {}
        self.uuids: list[str] = []

    def offers(self, plan: Plan) -> tuple[str, ...]:
        unique = len(set(self.uuids)) == len(self.uuids) == len(plan.seats)
        shared = len({seat.id for seat in plan.seats}) < len(plan.seats)
        return (IDS_FROM_UUID,) if shared and unique else ()

    def plan(self, document: Any) -> Plan | None:
        if not isinstance(document, dict):
            return self.faults.add((), _("must be an object"))
        ranks = self._ranks(self._list(document, "categories", ()))
        zones = self._list(document, "zones", ())
        codes = _unique_codes([str(zone.get("zone_id") or zone.get("name") or "") for zone in _objects(zones)])
        areas = tuple(
            self._area(zone, code, ("zones", i))
            for i, (zone, code) in enumerate(zip(self._each(zones, ("zones",)), codes, strict=False))
        )
        if not ranks or not areas:
            return self.faults.add((), _("must have categories and zones"))
        return Plan(
            name=self._text(document, "name", ()) or "?",
            seat_pitch=_pitch(areas),
            size=self._size(document),
            ranks=ranks,
            areas=areas,
            decor=tuple(self._decor(zones)),
            ext={"pretix": _rest(document, _PLAN_KEYS) | {"zones": [_zone_rest(zone) for zone in _objects(zones)]}},
        )

    def _ranks(self, categories: list[Any]) -> tuple[Rank, ...]:
        ranks = []
        for i, category in enumerate(self._each(categories, ("categories",)), 1):
            name = self._text(category, "name", ("categories", i - 1))
            color = category.get("color")
            self.ranks[name] = str(i)
            ranks.append(Rank(code=str(i), name=name, color=color if _is_color(color) else None))
        return tuple(ranks)

    def _area(self, zone: Json, code: str, at: At) -> Area:
        rows = self._list(zone, "rows", at)
        return Area(
            code=code,
            name=self._text(zone, "name", at) or code,
            kind="seated",
            position=self._point(zone, at),
            rows=tuple(self._row(row, (*at, "rows", i)) for i, row in enumerate(self._each(rows, (*at, "rows")))),
        )

    def _row(self, row: Json, at: At) -> Row:
        code = str(row.get("row_number") or "")
        if len(code) > 20:
            self.faults.add((*at, "row_number"), _("must be a text of at most {longest} characters"), longest=20)
        found = self._list(row, "seats", at)
        seats = [self._seat(seat, (*at, "seats", i)) for i, seat in enumerate(self._each(found, (*at, "seats")))]
        if not seats:
            self.faults.add((*at, "seats"), _("must not be empty"))
        else:
            for i in proposed_gaps([(seat.x, seat.y) for seat in seats]):
                seats[i] = _with_gap(seats[i])
        label = row.get("row_label")
        return Row(
            code=code,
            label=label.replace("%s", code)[:200] if isinstance(label, str) and label else None,
            label_at=_LABEL_AT.get(row.get("row_number_position"), "both"),
            position=self._point(row, at),
            seats=tuple(seats),
        )

    def _seat(self, seat: Json, at: At) -> Seat:
        position = self._point(seat, at)
        category = seat.get("category")
        if not isinstance(category, str) or category not in self.ranks:
            self.faults.add((*at, "category"), _("unknown category {category}"), category=str(category)[:80])
        if isinstance(seat.get("uuid"), str):
            self.uuids.append(seat["uuid"])
        rest = _rest(seat, _SEAT_KEYS)
        if self.id_key != "seat_guid":
            rest["seat_guid"] = seat.get("seat_guid")
        return Seat(
            id=self._id(seat, at),
            n=self._text(seat, "seat_number", at, longest=12),
            x=position.x if position else 0,
            y=position.y if position else 0,
            r=self._radius(seat, at),
            rank=self.ranks.get(str(category), ""),
            ext={"pretix": rest} if rest else None,
        )

    def _id(self, seat: Json, at: At) -> str:
        value = seat.get(self.id_key)
        if isinstance(value, str) and re.fullmatch(r"\S{1,80}", value):
            return value
        self.faults.add((*at, self.id_key), _("must be an id of 1 to 80 characters without spaces"))
        return ""

    def _radius(self, seat: Json, at: At) -> float | None:
        radius: float | None = extent(seat["radius"], (*at, "radius"), self.faults) if seat.get("radius") else None
        return radius

    def _size(self, document: Json) -> Size | None:
        size = document.get("size")
        if not isinstance(size, dict) or not {"width", "height"} <= size.keys():
            return None
        width, height = (extent(size[side], ("size", side), self.faults) for side in ("width", "height"))
        if width is None or height is None:
            return None
        return Size(width=width, height=height)

    def _decor(self, zones: list[Any]) -> Iterator[Any]:
        for zone in _objects(zones):
            origin = zone.get("position")
            if isinstance(origin, dict):
                yield from decor_of(origin, _objects(zone.get("areas") or []))

    def _point(self, holder: Json, at: At) -> Point | None:
        position = holder.get("position")
        if not isinstance(position, dict):
            return self.faults.add((*at, "position"), _("is missing"))
        x, y = (coordinate(position.get(axis), (*at, "position", axis), self.faults) for axis in ("x", "y"))
        return None if x is None or y is None else Point(x=x, y=y)

    def _text(self, holder: Json, key: str, at: At, longest: int = 200) -> str:
        value = holder.get(key)
        if isinstance(value, str) and 0 < len(value) <= longest:
            return value
        self.faults.add((*at, key), _("must be a text of at most {longest} characters"), longest=longest)
        return ""

    def _list(self, holder: Json, key: str, at: At) -> list[Any]:
        value = holder.get(key)
        if isinstance(value, list):
            return value
        self.faults.add((*at, key), _("must be a list"))
        return []

    def _each(self, values: list[Any], at: At) -> Iterator[Json]:
        for position, value in enumerate(values):
            if isinstance(value, dict):
                yield value
            else:
                self.faults.add((*at, position), _("must be an object"))


def _with_gap(seat: Seat) -> Seat:
    values = {name: getattr(seat, name) for name in ("id", "n", "x", "y", "r", "rank", "ext")}
    return Seat(**values, gap_after=True)


def _objects(values: Any) -> list[dict[str, Any]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _rest(holder: Json, mapped: set[str]) -> dict[str, Any]:
    return {key: value for key, value in holder.items() if key not in mapped}


def _zone_rest(zone: Json) -> dict[str, Any]:
    return _rest(zone, _ZONE_KEYS) | {"rows": [_rest(row, _ROW_KEYS) for row in _objects(zone.get("rows"))]}


def _is_color(color: Any) -> bool:
    return isinstance(color, str) and bool(_COLOR.fullmatch(color))


def _unique_codes(names: list[str]) -> list[str]:
    used: Counter[str] = Counter()
    codes = []
    for name in names:
        stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-")[:36] or "zone"
        used[stem] += 1
        codes.append(stem if used[stem] == 1 else f"{stem}-{used[stem]}")
    return codes


def _pitch(areas: tuple[Area, ...]) -> float:
    rows = [[(seat.x, seat.y) for seat in row.seats] for area in areas for row in area.rows]
    return round(median_distance(rows) or DEFAULT_PITCH, 1)
