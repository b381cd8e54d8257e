"""The seat map as SVG, drawn once per plan version and language and joined with the states of a performance.

All that does not depend on states is one tuple of strings with a hole per seat. A seat's hole is filled from a small
table (rank and kind × state), so a page costs one pass over the seats and one join. A live change sets
`data-state`, two aria attributes and the last words of the label; shapes follow from the style sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.seating.compiled import CompiledPlan, CompiledRow
from ticketing.seating.drawing import (
    Canvas,
    attribute,
    draw_area_names,
    draw_areas,
    draw_decor,
    draw_row_names,
)
from ticketing.seating.labels import place_names, row_name
from ticketing.seating.states import State, state_words

_TICK = '<path d="m-5 .4 3.4 3.5 6.6-7"/></g>'
_SHAPES = {"wheelchair": '<rect x="-8.2" y="-8.2" width="16.4" height="16.4" rx="5"/>' + _TICK}
_DISC = '<circle r="9"/>' + _TICK
_RANK_COLOURS = 4

# Rank index, kind of place, restricted view: what the words and the shape of a seat depend on besides its state.
Look = tuple[int, str, bool]


class SeatMap:
    """`area` draws one sector only. Numbered places only: standing ones are a number to choose, not a spot."""

    def __init__(self, plan: CompiledPlan, language: str, area: str | None = None) -> None:
        self.plan = plan
        self.words = state_words(language)
        self.language = language
        areas = [number for number, found in enumerate(plan.areas) if area is None or found.code == area]
        self.canvas = Canvas(plan, tuple(areas))
        self.seats = [index for _row, present in self.canvas.rows for index in present]
        self._looks = [_look(plan, index) for index in self.seats]
        self._pieces = self._draw()
        # A plan serves many nights, but few price lists.
        self._fillings = lru_cache(maxsize=64)(self._fill)

    def render(self, states: Sequence[str], prices: Mapping[str, str]) -> str:
        """`states`: one letter per place of the plan, in plan order. `prices`: per rank code, as shown ("€ 28")."""
        fillings = self._fillings(tuple(prices.items()))
        parts = list(self._pieces)
        if self.seats:
            letters = [states[index] for index in self.seats]
            parts[1::2] = map(fillings.__getitem__, zip(self._looks, letters, strict=True))
        return "".join(parts)

    def _fill(self, priced: tuple[tuple[str, str], ...]) -> dict[tuple[Look, str], str]:
        prices = dict(priced)
        return {(look, state): self._filling(look, state, prices) for look in set(self._looks) for state in State}

    def _filling(self, look: Look, state: State, prices: Mapping[str, str]) -> str:
        rank, kind, limited = look
        found = self.plan.ranks[rank]
        words = [found.name[self.language], prices.get(found.code, ""), self.words[state]]
        label = attribute("".join(f", {word}" for word in words if word))[1:-1]
        tone = rank_tone(rank)
        classes = ["seat", tone]
        classes += [kind] if kind in ("wheelchair", "companion") else []
        classes += ["limited"] if limited else []
        disabled = "" if state.is_choosable else ' aria-disabled="true"'
        return (
            f'{label}" aria-checked="{"true" if state is State.MINE else "false"}"{disabled} data-state="{state}" '
            f'data-rank="{tone}" class="{" ".join(classes)}">{_SHAPES.get(kind, _DISC)}'
        )

    def _draw(self) -> tuple[str, ...]:
        """Even positions are drawn here, odd ones are the holes."""
        pieces: list[str] = []
        opening = self._opening()
        for row, present in self.canvas.rows:
            opening += self._row_opening(row, present)
            for index in present:
                pieces += [opening + self._seat(index), ""]
                opening = ""
            opening = "</g>"
        return (*pieces, opening + "</svg>")

    def _opening(self) -> str:
        with override(self.language):
            label = _("Seat map. Use the arrow keys to go from seat to seat and the space bar to choose.")
        return (
            f'<svg class="seatmap" xmlns="http://www.w3.org/2000/svg" viewBox="{self.canvas.view_box()}" role="group" '
            f'aria-label={attribute(label)} data-seats="">'
            f"{draw_decor(self.canvas, self.language)}{draw_areas(self.canvas)}"
            f"{draw_area_names(self.canvas, self.language)}"
        )

    def _row_opening(self, row: CompiledRow, present: list[int]) -> str:
        area = self.plan.areas[row.area].name[self.language]
        name = row_name(self.plan, row, self.language)
        label = f"{area}, {name}" if name else area
        return f'{draw_row_names(self.canvas, row, present)}<g role="group" aria-label={attribute(label)}>'

    def _seat(self, index: int) -> str:
        x, y = (self.canvas.number(value) for value in self.canvas.place(index))
        name = attribute(str(place_names(self.plan, self.language)[index]))[:-1]
        name += self._marks(index)
        return (
            f'<g role="checkbox" tabindex="-1" data-place="{self.plan.codes[index]}" transform="translate({x} {y})" '
            f"aria-label={name}"
        )

    def _marks(self, index: int) -> str:
        if "restricted_view" not in self.plan.attrs.get(index, ()):
            return ""
        with override(self.language):
            return attribute(", " + _("restricted view"))[1:-1]


def rank_tone(rank: int) -> str:
    """The colour class of a rank: four tones, by the order of ranks in the plan."""
    return f"rank{rank % _RANK_COLOURS + 1}"


def _look(plan: CompiledPlan, index: int) -> Look:
    return plan.rank_of[index], plan.kinds[index], "restricted_view" in plan.attrs.get(index, ())


@lru_cache(maxsize=48)
def seat_map(plan: CompiledPlan, language: str, area: str | None = None) -> SeatMap:
    """Drawn once per process: a compiled plan never changes. Few are kept, they hold some hundred kB each."""
    return SeatMap(plan, language, area)
