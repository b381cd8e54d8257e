"""A square that no reader reads is no ticket, so ours are held against those of a library module by module."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ticketing.barcodes import CONTENT_LENGTH, VERSION
from ticketing.printing.squares import square, square_svg
from ticketing.printing.ticket_codes import SIDE, modules

FIRST = VERSION << 8 * (CONTENT_LENGTH - 1)
barcodes = st.integers(min_value=FIRST, max_value=FIRST + (1 << 8 * (CONTENT_LENGTH - 1)) - 1).map(str)
STEP = re.compile(r"([hm])(-?\d+)(?: (-?\d+))?")


@given(barcodes)
def test_every_module_is_where_the_standard_wants_it(barcode: str) -> None:
    expected = "".join("1" if dark else "0" for row in square(barcode).matrix for dark in row)
    assert modules(barcode) == expected


@given(barcodes)
def test_the_pen_draws_every_dark_module_inside_the_quiet_zone(barcode: str) -> None:
    pen = square_svg(barcode).partition('stroke="#000" d="')[2].partition('"')[0]
    start, steps = re.fullmatch(r"M(\d+ \d+)\.5(.*)", pen).groups()  # type: ignore[union-attr]
    x, y = (int(part) for part in start.split())
    dark = set()
    for kind, across, down in STEP.findall(steps):
        if kind == "h":
            dark |= {(x + passed, y) for passed in range(int(across))}
        x, y = x + int(across), y + int(down or 0)
    shown = modules(barcode)
    assert dark == {(4 + at % SIDE, 4 + at // SIDE) for at, module in enumerate(shown) if module == "1"}
