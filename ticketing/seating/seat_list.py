"""The same seats without a map: areas, rows and seats as nested values, for the list form that needs no JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.seating.compiled import CompiledArea, CompiledPlan, CompiledRow
from ticketing.seating.labels import place_names, row_name
from ticketing.seating.states import State, state_words


@dataclass(frozen=True)
class ListedSeat:
    """`label` says everything: area, row, number, rank, price, state."""

    code: str
    number: str
    label: str
    kind: str
    rank: str
    price: str
    state: State
    remarks: tuple[str, ...]

    @property
    def is_choosable(self) -> bool:
        return self.state.is_choosable

    @property
    def is_chosen(self) -> bool:
        return self.state is State.MINE


@dataclass(frozen=True)
class ListedRow:
    name: str
    seats: tuple[ListedSeat, ...]

    @property
    def free(self) -> int:
        return sum(seat.state is State.FREE for seat in self.seats)

    @property
    def prices(self) -> str:
        """What its places cost; a row is seldom of more than one rank."""
        return " / ".join(dict.fromkeys(seat.price for seat in self.seats if seat.price))


@dataclass(frozen=True)
class ListedArea:
    """A standing area has no rows: `standing` counts its places, `free` those still free."""

    code: str
    name: str
    rows: tuple[ListedRow, ...]
    standing: int
    free: int


def seat_list(
    plan: CompiledPlan, language: str, states: Sequence[str], prices: Mapping[str, str], area: str | None = None
) -> tuple[ListedArea, ...]:
    lister = _Lister(plan, language, states, prices)
    return tuple(
        lister.area(number, found) for number, found in enumerate(plan.areas) if area is None or found.code == area
    )


class _Lister:
    def __init__(self, plan: CompiledPlan, language: str, states: Sequence[str], prices: Mapping[str, str]) -> None:
        self.plan = plan
        self.language = language
        self.states = states
        self.prices = prices
        self.words = state_words(language)
        self.names = place_names(plan, language)
        with override(language):
            self.remarks = {"restricted_view": _("restricted view")}

    def area(self, number: int, area: CompiledArea) -> ListedArea:
        present = [index for index in area.places if self.plan.present[index]]
        rows = (self.row(row) for row in self.plan.rows if row.area == number)
        return ListedArea(
            code=area.code,
            name=area.name[self.language],
            rows=tuple(row for row in rows if row.seats),
            standing=len(present) if area.kind == "standing" else 0,
            free=sum(self.states[index] == State.FREE for index in present),
        )

    def row(self, row: CompiledRow) -> ListedRow:
        seats = tuple(self.seat(index) for index in row.places if self.plan.present[index])
        return ListedRow(row_name(self.plan, row, self.language), seats)

    def seat(self, index: int) -> ListedSeat:
        rank = self.plan.ranks[self.plan.rank_of[index]]
        state = State(self.states[index])
        price = self.prices.get(rank.code, "")
        marks = (*self.plan.attrs.get(index, ()), self.plan.kinds[index])
        remarks = tuple(self.remarks[mark] for mark in marks if mark in self.remarks)
        parts = (str(self.names[index]), *remarks, rank.name[self.language], price, self.words[state])
        return ListedSeat(
            code=self.plan.codes[index],
            number=self.plan.numbers[index],
            label=", ".join(part for part in parts if part),
            kind=self.plan.kinds[index],
            rank=rank.code,
            price=price,
            state=state,
            remarks=remarks,
        )
