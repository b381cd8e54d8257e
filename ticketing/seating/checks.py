"""What must hold between the parts of a plan: ids used once, ranks that exist, companions that have a wheelchair."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from ticketing.seating.faults import At, Faults
from ticketing.seating.plan import Area, Plan, Row, Seat, in_language

MOST_PLACES = 60_000
MOST_VARIANTS = 50
MOST_PATTERNS = 1_000

Located = tuple[At, Area, Row, Seat]


def check_plan(plan: Plan, faults: Faults) -> None:
    """Works on whatever could be read: a missing value has its own fault already."""
    located = list(_located(plan))
    by_id = {seat.id: seat for _at, _area, _row, seat in located if seat.id}
    _check_codes(plan, faults)
    _check_seat_ids(located, faults)
    _check_numbers(plan, faults)
    _check_ranks(plan, located, faults)
    _check_entrances(plan, located, faults)
    _check_areas(plan, faults)
    _check_companions(located, by_id, faults)
    _check_swaps(located, by_id, faults)
    _check_variants(plan, by_id, faults)
    places = len(located) + sum(area.capacity or 0 for area in plan.areas if area.is_standing)
    if places > MOST_PLACES:
        faults.add(("areas",), _("hold more than {most} places"), most=MOST_PLACES)


def seat_text(area: Area, row: Row, seat: Seat) -> str:
    name = in_language(area.name, "en") if area.name else area.code
    return f"{name}, {row.code or '?'}, {seat.n or '?'}"


def _located(plan: Plan) -> Iterable[Located]:
    for a, area in enumerate(plan.areas):
        for r, row in enumerate(area.rows):
            for s, seat in enumerate(row.seats):
                yield ("areas", a, "rows", r, "seats", s), area, row, seat


def _check_codes(plan: Plan, faults: Faults) -> None:
    for name in ("ranks", "entrances", "areas", "variants"):
        seen: set[str] = set()
        for position, part in enumerate(getattr(plan, name)):
            if part.code in seen:
                faults.add((name, position, "code"), _("{code} is used twice"), code=part.code)
            seen.add(part.code)


def _check_seat_ids(located: list[Located], faults: Faults) -> None:
    places = defaultdict(list)
    for at, area, row, seat in located:
        if seat.id:
            places[seat.id].append((at, seat_text(area, row, seat)))
    for seat_id, users in places.items():
        if len(users) > 1:
            faults.add(
                (*users[1][0], "id"),
                _("seat id {id} is used {count} times: {seats}"),
                id=seat_id,
                count=len(users),
                seats=" · ".join(text for _at, text in users[:8]),
            )


def _check_numbers(plan: Plan, faults: Faults) -> None:
    """Two seats of one row with the same number cannot be told apart by their holders; a swap may repeat one."""
    for a, area in enumerate(plan.areas):
        for r, row in enumerate(area.rows):
            seen: dict[str, str] = {}
            for s, seat in enumerate(row.seats):
                if seat.is_swap or not seat.n:
                    continue
                if seen.get(seat.n, seat.id) != seat.id:
                    faults.add(
                        ("areas", a, "rows", r, "seats", s, "n"),
                        _("number {number} is used twice in this row: {seats}"),
                        number=seat.n,
                        seats=f"{seen[seat.n]} · {seat.id}",
                    )
                seen[seat.n] = seat.id


def _check_ranks(plan: Plan, located: list[Located], faults: Faults) -> None:
    known = {rank.code for rank in plan.ranks}
    for at, area, row, seat in located:
        if seat.rank and seat.rank not in known:
            faults.add(
                (*at, "rank"), _("unknown rank {rank} ({seat})"), rank=seat.rank, seat=seat_text(area, row, seat)
            )
    for position, area in enumerate(plan.areas):
        if area.rank and area.rank not in known:
            faults.add(("areas", position, "rank"), _("unknown rank {rank}"), rank=area.rank)


def _check_entrances(plan: Plan, located: list[Located], faults: Faults) -> None:
    known = {entrance.code for entrance in plan.entrances}
    users: list[tuple[At, str | None]] = [(("areas", i), area.entrance) for i, area in enumerate(plan.areas)]
    users += [(at, seat.entrance) for at, _area, _row, seat in located]
    for at, code in users:
        if code and code not in known:
            faults.add((*at, "entrance"), _("unknown entrance {entrance}"), entrance=code)


def _check_areas(plan: Plan, faults: Faults) -> None:
    for position, area in enumerate(plan.areas):
        at = ("areas", position)
        if area.is_standing:
            for name in ("capacity", "rank"):
                if getattr(area, name) is None:
                    faults.add((*at, name), _("is needed for a standing area"))
            if area.rows:
                faults.add((*at, "rows"), _("a standing area has no rows"))
        elif not area.rows and "rows" not in area.spelled:
            faults.add((*at, "rows"), _("is missing"))


def _check_companions(located: list[Located], by_id: dict[str, Seat], faults: Faults) -> None:
    for at, area, row, seat in located:
        if seat.companion_of and seat.kind != "companion":
            faults.add((*at, "companion_of"), _("{seat} is not of the kind companion"), seat=seat_text(area, row, seat))
        for wheelchair in seat.companion_of:
            if wheelchair not in by_id or by_id[wheelchair].kind != "wheelchair":
                faults.add((*at, "companion_of"), _("{id} is not a wheelchair seat of this plan"), id=wheelchair)


def _check_swaps(located: list[Located], by_id: dict[str, Seat], faults: Faults) -> None:
    for at, _area, _row, seat in located:
        for replaced in seat.replaces:
            if replaced not in by_id:
                faults.add((*at, "replaces"), _("{id} is not a seat of this plan"), id=replaced)
            elif by_id[replaced].is_swap or replaced == seat.id:
                faults.add((*at, "replaces"), _("{id} is itself a swap seat"), id=replaced)


def _check_variants(plan: Plan, by_id: dict[str, Seat], faults: Faults) -> None:
    if len(plan.variants) > MOST_VARIANTS:
        return faults.add(("variants",), _("are more than {most}"), most=MOST_VARIANTS)
    ids = sorted(by_id)
    for position, variant in enumerate(plan.variants):
        at = ("variants", position)
        if len(variant.stems) > MOST_PATTERNS:
            faults.add((*at, "remove"), _("holds more than {most} patterns"), most=MOST_PATTERNS)
        for pattern in variant.remove:
            if not (pattern in by_id or (pattern.endswith("*") and _begins_any(pattern[:-1], ids))):
                faults.add((*at, "remove"), _("{id} is not a seat of this plan"), id=pattern)
        taken_out: set[str] = set()
        for swap in variant.use_swaps:
            if swap not in by_id or not by_id[swap].is_swap:
                faults.add((*at, "use_swaps"), _("{id} is not a swap seat of this plan"), id=swap)
                continue
            for replaced in by_id[swap].replaces:
                if replaced in taken_out:
                    faults.add((*at, "use_swaps"), _("{id} would be replaced twice"), id=replaced)
                taken_out.add(replaced)
    return None


def _begins_any(stem: str, sorted_ids: list[str]) -> bool:
    position = bisect_left(sorted_ids, stem)
    return position < len(sorted_ids) and sorted_ids[position].startswith(stem)
