"""The overview of a large hall: one link per sector with its free count and prices, then that sector alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from ticketing.seating.compiled import CompiledPlan
from ticketing.seating.drawing import PITCH, Canvas, attribute, draw_decor, middle, polygon, text, view_box
from ticketing.seating.states import State
from ticketing.seating.svg import rank_tone

# Above this many places the sectors come first: a map of more seats is slow to draw and too small to hit.
MOST_ON_ONE_MAP = 3000
# An outline lies this far outside its outermost seats.
ROOM = 16

XY = tuple[float, float]


def needs_sectors(plan: CompiledPlan) -> bool:
    return len(plan.places) > MOST_ON_ONE_MAP and len(plan.areas) > 1


class SectorMap:
    def __init__(self, plan: CompiledPlan, language: str) -> None:
        self.plan = plan
        self.language = language
        self.canvas = Canvas(plan, tuple(range(len(plan.areas))))
        self._outlines = [self._outline(number) for number in range(len(plan.areas))]
        self._ranks = [sorted({plan.rank_of[index] for index in area.places}) for area in plan.areas]
        self._static = draw_decor(self.canvas, language)
        points = [point for outline in self._outlines for point in outline]
        self._view_box = view_box(points + self.canvas.decor_points())
        self._text_size = self._fitting_text(points)

    def render(self, states: Sequence[str], prices: Mapping[str, str], href: Callable[[str], str]) -> str:
        """`prices`: the price text per rank code, as on the map; `href` gives the address of an area's own map."""
        joined = "".join(states)
        with override(self.language):
            label = _("Sectors of the hall. Choose one to see its seats.")
            links = [self._link(number, joined, prices, href) for number in range(len(self.plan.areas))]
        return (
            f'<svg class="seatmap seatmap--sectors" xmlns="http://www.w3.org/2000/svg" viewBox="{self._view_box}" '
            f'role="group" font-size="{self._text_size}" aria-label={attribute(label)}>'
            f"{self._static}{''.join(links)}</svg>"
        )

    def _link(self, number: int, states: str, prices: Mapping[str, str], href: Callable[[str], str]) -> str:
        area = self.plan.areas[number]
        free = states.count(State.FREE, area.first, area.first + area.count)
        free_text = ngettext("%(count)d free", "%(count)d free", free) % {"count": free} if free else _("sold out")
        price = self.price_range(number, prices)
        label = ", ".join(part for part in (area.name[self.language], free_text, price) if part)
        points = self._outlines[number]
        x, y = middle(points)
        tone = rank_tone(self._ranks[number][0] if self._ranks[number] else 0)
        return (
            f'<a class="sector {tone}{"" if free else " sector--full"}" id="sector-{area.code}" '
            f"href={attribute(href(area.code))} aria-label={attribute(label)}>"
            f"{polygon(points, 'sector__shape')}"
            f"{text((x, y - self._text_size * 1.1), area.name[self.language], 'sector__name')}"
            f"{text((x, y), free_text, 'sector__free')}"
            f"{text((x, y + self._text_size * 1.1), price, 'sector__free') if free else ''}</a>"
        )

    def price_range(self, number: int, prices: Mapping[str, str]) -> str:
        texts = [
            prices[code] for code in (self.plan.ranks[rank].code for rank in self._ranks[number]) if code in prices
        ]
        texts = list(dict.fromkeys(texts))
        return f"{texts[-1]} – {texts[0]}" if len(texts) > 1 else "".join(texts)

    def _fitting_text(self, points: Sequence[XY]) -> int:
        """As large as half the sectors' names allow: the drawing is a few thousand units wide."""
        xs = [x for x, _y in points] or [0]
        widths = sorted(max(x for x, _y in o) - min(x for x, _y in o) for o in self._outlines if o)
        return round(min((max(xs) - min(xs)) / 40, widths[len(widths) // 2] / 5 if widths else PITCH))

    def _outline(self, number: int) -> list[XY]:
        """The hull of the sector's seats, with some room around."""
        area = self.plan.areas[number]
        points = [self.canvas.place(index) for index in area.places if self.plan.present[index]]
        around = [(x + dx, y + dy) for x, y in points for dx in (-ROOM, ROOM) for dy in (-ROOM, ROOM)]
        return hull(around)


def hull(points: Sequence[XY]) -> list[XY]:
    """The convex outline of a set of points (monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    return [*_half_hull(ordered), *_half_hull(ordered[::-1])]


def _half_hull(points: Sequence[XY]) -> list[XY]:
    chain: list[XY] = []
    for point in points:
        while len(chain) > 1 and _cross(chain[-2], chain[-1], point) <= 0:
            chain.pop()
        chain.append(point)
    return chain[:-1]


def _cross(origin: XY, one: XY, other: XY) -> float:
    return (one[0] - origin[0]) * (other[1] - origin[1]) - (one[1] - origin[1]) * (other[0] - origin[0])


@lru_cache(maxsize=16)
def sector_map(plan: CompiledPlan, language: str) -> SectorMap:
    return SectorMap(plan, language)
