"""Writes a plan as a pretix seating layout, and says in words what that layout has no room for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ticketing.seating.plan import Area, Decor, Plan, Point, Row, Seat, in_language
from ticketing.seating.readers import Text

_LABEL_AT = {"start": "start", "end": "end", "both": "both", "none": None}

Json = dict[str, Any]


@dataclass(frozen=True)
class Lost:
    """One thing the layout cannot carry, with the codes or seat ids that had it."""

    what: str | Promise
    of: tuple[str, ...]


@dataclass(frozen=True)
class Exported:
    document: Json
    lost: tuple[Lost, ...]


def export_pretix(plan: Plan, *, language: str = "nl") -> Exported:
    return Exported(_Writer(plan, language).document(), tuple(lost for lost in _losses(plan) if lost.of))


class _Writer:
    def __init__(self, plan: Plan, language: str) -> None:
        self.plan = plan
        self.language = language
        kept = (plan.ext or {}).get("pretix")
        self.kept: Mapping[str, Any] = kept if isinstance(kept, dict) else {}
        self.categories = {rank.code: self._words(rank.name) for rank in plan.ranks}

    def document(self) -> Json:
        plan = self.plan
        document = {key: value for key, value in self.kept.items() if key != "zones"}
        zones = _listed(self.kept.get("zones"))
        seated = [area for area in plan.areas if not area.is_standing]
        document["name"] = self._words(plan.name)
        document["categories"] = [
            {"name": self._words(rank.name)} | ({"color": rank.color} if rank.color else {}) for rank in plan.ranks
        ]
        if plan.size:
            document["size"] = {"width": plan.size.width, "height": plan.size.height}
        document["zones"] = [self._zone(area, _at(zones, i)) for i, area in enumerate(seated)]
        if not zones and document["zones"]:
            first = document["zones"][0]
            first["areas"] = [self._drawing(decor, first["position"]) for decor in plan.decor]
        return document

    def _words(self, text: Text) -> str:
        return in_language(text, self.language)

    def _zone(self, area: Area, kept: Json) -> Json:
        rows = _listed(kept.get("rows"))
        zone = {key: value for key, value in kept.items() if key != "rows"}
        zone.setdefault("zone_id", area.code)
        zone |= {"name": self._words(area.name), "position": _xy(area.position)}
        zone["rows"] = [self._row(row, _at(rows, i)) for i, row in enumerate(area.rows)]
        return zone

    def _row(self, row: Row, kept: Json) -> Json:
        seats = [self._seat(seat) for seat in row.seats if not seat.is_swap]
        return kept | {
            "row_number": row.code,
            "row_number_position": _LABEL_AT[row.label_at],
            "position": _xy(row.position),
            "seats": seats,
        }

    def _seat(self, seat: Seat) -> Json:
        kept = (seat.ext or {}).get("pretix")
        return (kept if isinstance(kept, dict) else {}) | {
            "seat_guid": seat.id,
            "seat_number": seat.n,
            "position": {"x": seat.x, "y": seat.y},
            "category": self.categories[seat.rank],
            **({"radius": seat.r} if seat.r else {}),
        }

    def _drawing(self, decor: Decor, origin: Json) -> Json:
        at = _xy(decor.position)
        shape = decor.shape or {}
        drawing: Json = {
            "position": {"x": at["x"] - origin["x"], "y": at["y"] - origin["y"]},
            "rotation": decor.rotation or 0,
            "color": decor.color or "#888888",
        }
        if "rect" in shape:
            drawing |= {"shape": "rectangle", "rectangle": shape["rect"]}
        elif "ellipse" in shape:
            drawing |= {"shape": "ellipse", "ellipse": {"radius": shape["ellipse"]}}
        elif "polygon" in shape:
            drawing |= {"shape": "polygon", "polygon": {"points": shape["polygon"]}}
        else:
            drawing["shape"] = "text"
        if decor.text:
            middle = {side: shape.get("rect", {}).get(side, 0) / 2 for side in ("width", "height")}
            drawing["text"] = {
                "text": self._words(decor.text),
                "position": {"x": middle["width"], "y": middle["height"]},
            }
        return drawing


def _losses(plan: Plan) -> Iterator[Lost]:
    """Aisles, access and languages above all: whoever imports this file must set them again."""
    seats = plan.seats

    def ids(has: Any) -> tuple[str, ...]:
        return tuple(seat.id for seat in seats if has(seat))

    yield Lost(_("Aisles: who sits beside whom"), ids(lambda s: s.gap_after))
    yield Lost(_("Kinds of seat (wheelchair, companion, folding …)"), ids(lambda s: s.kind != "seat"))
    yield Lost(_("Companion seats of a wheelchair seat"), ids(lambda s: s.companion_of))
    yield Lost(_("Swap seats"), ids(lambda s: s.is_swap))
    yield Lost(_("Marks such as restricted view"), ids(lambda s: s.attrs))
    yield Lost(_("Entrances"), tuple(entrance.code for entrance in plan.entrances))
    yield Lost(_("Standing areas"), tuple(area.code for area in plan.areas if area.is_standing))
    yield Lost(_("Tables"), tuple(area.code for area in plan.areas if area.kind == "table"))
    yield Lost(_("Levels"), tuple(area.code for area in plan.areas if area.level))
    yield Lost(_("Rotated areas"), tuple(area.code for area in plan.areas if area.rotation))
    yield Lost(_("Variants"), tuple(variant.code for variant in plan.variants))
    yield Lost(_("Background"), ("background",) if plan.background else ())
    yield Lost(_("The point best places aim at"), ("focal",) if plan.focal else ())
    names = {"name": plan.name} | {rank.code: rank.name for rank in plan.ranks} | {a.code: a.name for a in plan.areas}
    yield Lost(_("Languages but one"), tuple(c for c, t in names.items() if not isinstance(t, str) and len(t) > 1))


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []


def _at(values: list[Any], position: int) -> Json:
    return dict(values[position]) if position < len(values) and isinstance(values[position], dict) else {}


def _xy(point: Point | None) -> Json:
    return {"x": point.x, "y": point.y} if point else {"x": 0, "y": 0}
