"""Names a place in words of the visitor's language: area, row, number, as on the map, the ticket and in the list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.seating.compiled import CompiledPlan, CompiledRow


@dataclass(frozen=True)
class PlaceName:
    """`number` is the bare number for a ticket's field, `seat` the same in words."""

    area: str
    row: str
    seat: str
    number: str

    def __str__(self) -> str:
        return ", ".join(part for part in (self.area, self.row, self.seat) if part)


def place_name(plan: CompiledPlan, index: int, language: str) -> PlaceName:
    return place_names(plan, language)[index]


@lru_cache(maxsize=64)
def place_names(plan: CompiledPlan, language: str) -> tuple[PlaceName, ...]:
    """All names at once: a compiled plan never changes, so they are made once per language."""
    with override(language):
        seat_words = {
            "seat": _("seat %(number)s"),
            "table": _("seat %(number)s"),
            "wheelchair": _("wheelchair place %(number)s"),
            "companion": _("companion seat %(number)s"),
        }
        rows = [row_name(plan, row, language) for row in plan.rows]
    areas = [area.name[language] for area in plan.areas]
    names = []
    for index, kind in enumerate(plan.kinds):
        row, number = plan.row_of[index], plan.numbers[index]
        seat = seat_words[kind] % {"number": number} if kind in seat_words else ""
        names.append(PlaceName(areas[plan.area_of[index]], rows[row] if row >= 0 else "", seat, number))
    return tuple(names)


def row_name(plan: CompiledPlan, row: CompiledRow, language: str) -> str:
    """ "Rij F" stands within a sentence here, so it begins small; the chairs of one table have no row."""
    if plan.areas[row.area].kind == "table" or not row.code:
        return ""
    if row.label is None:
        with override(language):
            return _("row %(code)s") % {"code": row.code}
    label = row.label[language]
    return label[0].lower() + label[1:] if " " in label else label
