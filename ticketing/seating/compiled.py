"""A plan version made ready for sale: its places in one fixed order, as columns that load fast.

A place is known by its index here; on the wire and in the inventory by the index in base 36 (`code`). The order is
that of the plan file, so it never changes for a stored version.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from ticketing.seating.neighbours import Neighbours, find_neighbours
from ticketing.seating.plan import Area, Plan, Point, in_language
from ticketing.seating.readers import Text

LANGUAGES = ("nl", "fr", "en")
_COLUMNS = ("ids", "numbers", "kinds", "rank_of", "row_of", "x", "y")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

Words = Mapping[str, str]
XY = tuple[float, float]


def place_code(index: int) -> str:
    code = ""
    while index or not code:
        index, digit = divmod(index, 36)
        code = DIGITS[digit] + code
    return code


def place_index(code: str) -> int:
    return int(code, 36)


@dataclass(frozen=True)
class CompiledRank:
    code: str
    name: Words


@dataclass(frozen=True)
class CompiledArea:
    """Its places are `first … first + count - 1`; a standing area has `count` places and no rows."""

    code: str
    name: Words
    kind: str
    level: int
    bookable: str
    first: int
    count: int
    origin: XY
    rotation: float
    shape: Mapping[str, Any] | None

    @property
    def places(self) -> range:
        return range(self.first, self.first + self.count)


@dataclass(frozen=True)
class CompiledRow:
    area: int
    code: str
    label: Words | None
    label_at: str
    first: int
    count: int

    @property
    def places(self) -> range:
        return range(self.first, self.first + self.count)


@dataclass(frozen=True)
class CompiledDecor:
    kind: str
    position: XY
    rotation: float
    shape: Mapping[str, Any] | None
    text: Words | None


@dataclass(frozen=True)
class CompiledVariant:
    code: str
    name: Words
    absent: tuple[int, ...]
    swaps: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class CompiledPlan:
    """`present` says which places exist in this set-up; `gaps` after which place the next is no neighbour."""

    name: Words
    pitch: float
    focal: XY
    ranks: tuple[CompiledRank, ...]
    areas: tuple[CompiledArea, ...]
    rows: tuple[CompiledRow, ...]
    decor: tuple[CompiledDecor, ...]
    variants: tuple[CompiledVariant, ...]
    ids: tuple[str, ...]
    numbers: tuple[str, ...]
    kinds: tuple[str, ...]
    rank_of: tuple[int, ...]
    row_of: tuple[int, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    attrs: Mapping[int, tuple[str, ...]]
    companions: Mapping[int, tuple[int, ...]]
    swaps: Mapping[int, tuple[int, ...]]
    gaps: frozenset[int]
    present: bytes
    variant: str = ""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(map(place_code, range(len(self))))

    @cached_property
    def kinds_present(self) -> frozenset[str]:
        return frozenset(self.kinds[index] for index in self.places)

    @cached_property
    def index_of(self) -> dict[str, int]:
        return {seat_id: index for index, seat_id in enumerate(self.ids)}

    @cached_property
    def area_of(self) -> tuple[int, ...]:
        return tuple(position for position, area in enumerate(self.areas) for _ in area.places)

    @cached_property
    def rank_index(self) -> dict[str, int]:
        return {rank.code: index for index, rank in enumerate(self.ranks)}

    @cached_property
    def distances(self) -> tuple[float, ...]:
        """From each place to the point that best places aim at."""
        return tuple(math.dist(self.focal, point) for point in zip(self.x, self.y, strict=True))

    @cached_property
    def neighbours(self) -> Neighbours:
        return find_neighbours(self)

    @cached_property
    def places(self) -> list[int]:
        """The places that exist in this set-up; nobody changes the list."""
        return [index for index, there in enumerate(self.present) if there]

    def for_variant(self, code: str) -> CompiledPlan:
        """The same places with another set present. Compiled once per variant and kept with the plan."""
        if code == self.variant:
            return self
        if code not in self._made:
            self._made[code] = self._in_variant(code)
        return self._made[code]

    @cached_property
    def _made(self) -> dict[str, CompiledPlan]:
        return {}

    def _in_variant(self, code: str) -> CompiledPlan:
        present = bytearray(b"\x01" * len(self))
        for swap in self.swaps:
            present[swap] = 0
        if code:
            variant = next(variant for variant in self.variants if variant.code == code)
            for index in variant.swaps:
                present[index] = 1
            for index in variant.absent:
                present[index] = 0
        return replace(self, present=bytes(present), variant=code)

    def to_json(self) -> dict[str, Any]:
        fields = asdict(self)
        for derived in ("present", "variant"):
            del fields[derived]
        fields["gaps"] = sorted(self.gaps)
        for name in ("attrs", "companions", "swaps"):
            fields[name] = [[index, list(values)] for index, values in getattr(self, name).items()]
        return fields

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> CompiledPlan:
        columns: dict[str, Any] = {name: tuple(stored[name]) for name in _COLUMNS}
        for name in ("attrs", "companions", "swaps"):
            columns[name] = {index: tuple(values) for index, values in stored[name]}
        bare = cls(
            name=stored["name"],
            pitch=stored["pitch"],
            focal=_pair(stored["focal"]),
            ranks=tuple(CompiledRank(**rank) for rank in stored["ranks"]),
            areas=tuple(CompiledArea(**area | {"origin": _pair(area["origin"])}) for area in stored["areas"]),
            rows=tuple(CompiledRow(**row) for row in stored["rows"]),
            decor=tuple(CompiledDecor(**decor | {"position": _pair(decor["position"])}) for decor in stored["decor"]),
            variants=tuple(
                CompiledVariant(v["code"], v["name"], tuple(v["absent"]), tuple(v["swaps"])) for v in stored["variants"]
            ),
            gaps=frozenset(stored["gaps"]),
            present=b"",
            variant="?",
            **columns,
        )
        return bare.for_variant("")


def compile_plan(plan: Plan) -> CompiledPlan:
    return CompiledPlan.from_json(_Compiler(plan).stored())


class _Compiler:
    """Writes the columns as they are stored; the loader makes the plan, so both ways are one."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.ranks = {rank.code: index for index, rank in enumerate(plan.ranks)}
        self.areas: list[dict[str, Any]] = []
        self.rows: list[dict[str, Any]] = []
        self.columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        self.gaps: list[int] = []
        self.attrs: list[tuple[int, list[str]]] = []

    def stored(self) -> dict[str, Any]:
        for area in self.plan.areas:
            self._add_area(area)
        index_of = {seat_id: index for index, seat_id in enumerate(self.columns["ids"])}
        seats = [(index_of[seat.id], seat) for seat in self.plan.seats]
        companions: dict[int, list[int]] = {}
        for index, seat in seats:
            for wheelchair in seat.companion_of:
                companions.setdefault(index_of[wheelchair], []).append(index)
        swaps = {index: [index_of[other] for other in seat.replaces] for index, seat in seats if seat.is_swap}
        return {
            "name": words(self.plan.name),
            "pitch": self.plan.seat_pitch,
            "focal": _focal(self.plan, self.columns["x"], self.columns["y"]),
            "ranks": [{"code": rank.code, "name": words(rank.name)} for rank in self.plan.ranks],
            "areas": self.areas,
            "rows": self.rows,
            "decor": [
                {
                    "kind": decor.kind,
                    "position": _xy(decor.position),
                    "rotation": decor.rotation or 0,
                    "shape": decor.shape,
                    "text": words(decor.text) if decor.text else None,
                }
                for decor in self.plan.decor
            ],
            "variants": [self._variant(variant, index_of, swaps) for variant in self.plan.variants],
            **self.columns,
            "gaps": self.gaps,
            "attrs": self.attrs,
            "companions": list(companions.items()),
            "swaps": list(swaps.items()),
        }

    def _add_area(self, area: Area) -> None:
        first = len(self.columns["ids"])
        if area.is_standing:
            self._add_standing(area)
        else:
            self._add_rows(area)
        self.areas.append(
            {
                "code": area.code,
                "name": words(area.name),
                "kind": area.kind,
                "level": area.level or 0,
                "bookable": area.bookable,
                "first": first,
                "count": len(self.columns["ids"]) - first,
                "origin": _xy(area.position),
                "rotation": area.rotation or 0,
                "shape": area.shape,
            }
        )

    def _add_standing(self, area: Area) -> None:
        x, y = _xy(area.position)
        for number in range(1, (area.capacity or 0) + 1):
            self._add_place(f"{area.code}#{number}", "", "standing", str(area.rank), -1, x, y)

    def _add_rows(self, area: Area) -> None:
        turn = math.radians(area.rotation or 0)
        cos, sin = math.cos(turn), math.sin(turn)
        area_x, area_y = _xy(area.position)
        for row in area.rows:
            first = len(self.columns["ids"])
            row_x, row_y = _xy(row.position)
            for seat in row.seats:
                dx, dy = row_x + seat.x, row_y + seat.y
                x, y = area_x + dx * cos - dy * sin, area_y + dx * sin + dy * cos
                index = len(self.columns["ids"])
                furniture = seat.kind if seat.kind in ("wheelchair", "companion") else None
                kind = furniture or ("table" if area.kind == "table" else "seat")
                self._add_place(seat.id, seat.n, kind, seat.rank, len(self.rows), x, y)
                if seat.gap_after:
                    self.gaps.append(index)
                marks = [*seat.attrs, *([seat.kind] if seat.kind in ("folding", "stool", "sofa") else [])]
                if marks:
                    self.attrs.append((index, marks))
            self.rows.append(
                {
                    "area": len(self.areas),
                    "code": row.code,
                    "label": words(row.label) if row.label else None,
                    "label_at": row.label_at,
                    "first": first,
                    "count": len(self.columns["ids"]) - first,
                }
            )

    def _add_place(self, seat_id: str, number: str, kind: str, rank: str, row: int, x: float, y: float) -> None:
        values = (seat_id, number, kind, self.ranks[rank], row, round(x, 2), round(y, 2))
        for column, value in zip(self.columns.values(), values, strict=True):
            column.append(value)

    def _variant(self, variant: Any, index_of: dict[str, int], swaps: dict[int, list[int]]) -> dict[str, Any]:
        used = [index_of[seat_id] for seat_id in variant.use_swaps]
        absent = {seat for swap in used for seat in swaps[swap]}
        absent |= {index_of[seat.id] for seat in self.plan.seats if variant.removes(seat.id)}
        return {"code": variant.code, "name": words(variant.name), "absent": sorted(absent), "swaps": used}


def words(text: Text) -> dict[str, str]:
    return {language: in_language(text, language) for language in LANGUAGES}


def _pair(values: Sequence[float]) -> XY:
    return (values[0], values[1])


def _xy(point: Point | None) -> XY:
    return (point.x, point.y) if point else (0, 0)


def _focal(plan: Plan, x: list[float], y: list[float]) -> XY:
    """As given, else the middle of the stage, else the middle of the front."""
    if plan.focal:
        return _xy(plan.focal)
    for decor in plan.decor:
        if decor.kind in ("stage", "screen") and decor.position:
            rect = (decor.shape or {}).get("rect") or {"width": 0, "height": 0}
            return (decor.position.x + rect["width"] / 2, decor.position.y + rect["height"] / 2)
    return ((min(x) + max(x)) / 2, min(y)) if x else (0, 0)
