"""Draws the halls of the demo with invented labels: a theatre with two balconies, a black box, a cinema, a concert
hall, rooms without seats, and two very large ones for the bench.

Everything comes out as a document of the plan format and passes through its validation like any other file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Words = dict[str, str]

PITCH = 23.6
ROW_DEPTH = 27.4
AISLE = 30
# Without I and O: they read as one and nought.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

RANKS = {
    "1": ("Rang I", "Catégorie 1", "Band A"),
    "2": ("Rang II", "Catégorie 2", "Band B"),
    "3": ("Rang III", "Catégorie 3", "Band C"),
}


def words(nl: str, fr: str, en: str) -> Words:
    return {"nl": nl, "fr": fr, "en": en}


def plan(name: Words, areas: list[Json], decor: list[Json], focal: tuple[float, float], **more: Any) -> Json:
    used = {seat["rank"] for area in areas for row in area.get("rows", []) for seat in row["seats"]}
    used |= {area["rank"] for area in areas if "rank" in area}
    return {
        "format": "parterre.seatingplan",
        "version": 1,
        "name": name,
        "seat_pitch": PITCH,
        "focal": {"x": focal[0], "y": focal[1]},
        "ranks": [{"code": code, "name": words(*names)} for code, names in RANKS.items() if code in used],
        "areas": areas,
        "decor": decor,
        **more,
    }


@dataclass(frozen=True)
class Fan:
    """Rows as arcs around one point behind the stage; the first row has `radius`, the next lie further out."""

    x: float
    y: float
    radius: float

    def row(self, number: int, seats: int, aisles: Sequence[int]) -> Iterator[tuple[float, float]]:
        radius = self.radius + number * ROW_DEPTH
        turn = math.pi / 2 + ((seats - 1) * PITCH + len(aisles) * AISLE) / radius / 2
        for position in range(seats):
            if position in aisles:
                turn -= AISLE / radius
            yield self.x + radius * math.cos(turn), self.y + radius * math.sin(turn)
            turn -= PITCH / radius


@dataclass(frozen=True)
class Block:
    """Straight rows, centred on x."""

    x: float
    y: float

    def row(self, number: int, seats: int, aisles: Sequence[int]) -> Iterator[tuple[float, float]]:
        x = self.x - ((seats - 1) * PITCH + len(aisles) * AISLE) / 2
        for position in range(seats):
            x += AISLE * (position in aisles)
            yield x, self.y + number * ROW_DEPTH
            x += PITCH


def seats_of_row(prefix: str, points: Iterator[tuple[float, float]], aisles: Sequence[int], rank: str) -> list[Json]:
    """Numbered from 1, left to right seen from the seats; an aisle begins before each position in `aisles`."""
    seats = []
    for position, (x, y) in enumerate(points):
        seat: Json = {"id": f"{prefix}-{position + 1}", "n": str(position + 1), "x": round(x, 1), "y": round(y, 1)}
        seats.append(seat | {"rank": rank} | ({"gap_after": True} if position + 1 in aisles else {}))
    return seats


def area(code: str, name: Words, level: int, rows: list[Json]) -> Json:
    return {"code": code, "name": name, "kind": "seated", "level": level, "rows": rows}


def rows(
    code: str,
    labels: Sequence[str],
    shape: Fan | Block,
    seats: Callable[[int], int],
    aisles: Callable[[int], Sequence[int]],
    rank: Callable[[int], str],
) -> list[Json]:
    found = []
    for number, label in enumerate(labels):
        count = seats(number)
        gaps = aisles(count)
        points = shape.row(number, count, gaps)
        found.append({"code": label, "seats": seats_of_row(f"{code}-{label}", points, gaps, rank(number))})
    return found


def make_wheelchair_pairs(row: Json, pairs: Sequence[tuple[int, int]]) -> None:
    """Turns seats of a row, by position, into a wheelchair place and the companion seat beside it."""
    for wheelchair, companion in pairs:
        row["seats"][wheelchair] |= {"kind": "wheelchair", "attrs": ["step_free"]}
        row["seats"][companion] |= {
            "kind": "companion",
            "attrs": ["step_free"],
            "companion_of": [row["seats"][wheelchair]["id"]],
        }


def mark_restricted(row: Json, positions: Sequence[int]) -> None:
    for position in positions:
        row["seats"][position]["attrs"] = ["restricted_view"]


def stage(x: float, y: float, width: float, height: float, kind: str = "stage") -> Json:
    text = words("Podium", "Scène", "Stage") if kind == "stage" else words("Scherm", "Écran", "Screen")
    return {
        "kind": kind,
        "position": {"x": x - width / 2, "y": y},
        "shape": {"rect": {"width": width, "height": height}},
        "text": text,
    }


def always(rank: str) -> Callable[[int], str]:
    return lambda _row: rank


def numbered(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def theatre() -> Json:
    """976 seats: stalls in two ranks, two balconies, wheelchair pairs at the ends of the last stalls row."""

    def sides(count: int) -> Sequence[int]:
        return round(count * 0.27), round(count * 0.73)

    def thirds(count: int) -> Sequence[int]:
        return 8, count // 2, count - 8

    stalls = rows(
        "P",
        LETTERS[:18],
        Fan(450, -330, 470),
        lambda row: 21 + round(row * 0.72),
        sides,
        lambda row: "1" if row < 9 else "2",
    )
    first = rows(
        "B1", numbered(7), Fan(450, -330, 1030), lambda row: 31 + row, thirds, lambda row: "2" if row < 3 else "3"
    )
    second = rows("B2", numbered(7), Fan(450, -330, 1300), lambda row: 34 + (row + 1) // 2, thirds, always("3"))
    last = stalls[-1]
    make_wheelchair_pairs(last, [(0, 1), (3, 2), (-1, -2), (-4, -3)])
    for balcony in (first, second):
        mark_restricted(balcony[0], [0, 1, -1, -2])
    return plan(
        words("Grote zaal", "Grande salle", "Main house"),
        [
            area("P", words("Parterre", "Parterre", "Stalls"), 0, stalls),
            area("B1", words("Eerste balkon", "Premier balcon", "First balcony"), 1, first),
            area("B2", words("Tweede balkon", "Deuxième balcon", "Second balcony"), 2, second),
        ],
        [stage(450, 22, 450, 58)],
        (450, 60),
    )


def concert_hall() -> Json:
    """412 seats: gently curved stalls with a middle aisle and one gallery."""

    def middle(count: int) -> Sequence[int]:
        return (count // 2,)

    def rank(row: int) -> str:
        return "1" if row < 8 else "2"

    stalls = rows("Z", LETTERS[:14], Fan(450, -1130, 1270), lambda _row: 22, middle, rank)
    gallery = rows("G", numbered(4), Fan(450, -1130, 1730), lambda _row: 26, middle, always("3"))
    make_wheelchair_pairs(stalls[-1], [(0, 1), (-1, -2)])
    return plan(
        words("Concertzaal", "Salle de concert", "Concert hall"),
        [
            area("Z", words("Parterre", "Parterre", "Stalls"), 0, stalls),
            area("G", words("Galerij", "Galerie", "Gallery"), 1, gallery),
        ],
        [stage(450, 22, 460, 70)],
        (450, 60),
    )


def black_box() -> Json:
    """180 seats on a retractable tribune; without its first two rows there is room to play on the floor."""

    def ends(_count: int) -> Sequence[int]:
        return ()

    tribune = rows("T", numbered(12), Block(300, 160), lambda _row: 15, ends, lambda row: "1" if row < 8 else "2")
    make_wheelchair_pairs(tribune[0], [(0, 1), (-1, -2)])
    floor = words("Speelvloer tot rij 2", "Plateau jusqu’au rang 2", "Floor up to row 2")
    variants = [{"code": "diep", "name": floor, "remove": ["T-1-*", "T-2-*"]}]
    return plan(
        words("Zwarte doos", "Boîte noire", "Black box"),
        [area("T", words("Tribune", "Gradin", "Tribune"), 0, tribune)],
        [stage(300, 22, 380, 70)],
        (300, 60),
        variants=variants,
    )


def cinema() -> Json:
    """164 seats before a screen; best seats lie two thirds back."""
    hall = rows(
        "S",
        LETTERS[:12],
        Fan(300, -1500, 1640),
        lambda row: 14 if row else 10,
        lambda count: (count // 2,),
        always("1"),
    )
    make_wheelchair_pairs(hall[0], [(0, 1), (-1, -2)])
    return plan(
        words("Zaal 1", "Salle 1", "Screen 1"),
        [area("S", words("Zaal", "Salle", "Auditorium"), 0, hall)],
        [stage(300, 30, 420, 14, kind="screen")],
        (300, 320),
    )


def standing_room(name: Words, capacity: int) -> Json:
    """A room without numbered seats: stand, or sit where you like."""
    floor = {
        "code": "V",
        "name": words("Vloer", "Parterre libre", "Floor"),
        "kind": "standing",
        "rank": "1",
        "capacity": capacity,
        "position": {"x": 60, "y": 120},
        "shape": {"rect": {"width": 480, "height": 260}},
    }
    return plan(name, [floor], [stage(300, 22, 380, 70)], (300, 60))


def sector_hall(sectors: int, rows_each: int, seats_each: int, columns: int, ranks: int = 3) -> Json:
    """Sectors of straight rows in a grid: 20 × 20 × 25 makes a hall of 10,000, 40 × 25 × 20 an arena of 20,000."""
    width, depth = seats_each * PITCH + 60, rows_each * ROW_DEPTH + 60
    areas = []
    for number in range(sectors):
        row, column = divmod(number, columns)
        code = str(101 + number)
        block = Block(column * width, 140 + row * depth)
        rank = str(min(ranks, 1 + row))
        found = rows(code, numbered(rows_each), block, lambda _row: seats_each, lambda _count: (), always(rank))
        areas.append(area(code, words(f"Vak {code}", f"Bloc {code}", f"Sector {code}"), row, found))
    middle = (columns - 1) * width / 2
    name = words("Grote arena", "Grande arène", "Great arena")
    return plan(name, areas, [stage(middle, -120, 1500, 180)], (middle, 40))


def large_hall(ranks: int = 3) -> Json:
    return sector_hall(sectors=20, rows_each=20, seats_each=25, columns=5, ranks=ranks)


def arena() -> Json:
    return sector_hall(sectors=40, rows_each=25, seats_each=20, columns=8)


PLANS: dict[str, Callable[[], Json]] = {
    "schouwburg": theatre,
    "concertzaal": concert_hall,
    "zwarte-doos": black_box,
    "cinema": cinema,
    "large-hall": large_hall,
    "arena": arena,
}
