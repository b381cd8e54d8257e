"""A square that no reader reads is no ticket, so ours are held against those of a library module by module."""

from __future__ import annotations

import io
import re

import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ticketing.barcodes import CONTENT_LENGTH, VERSION
from ticketing.printing.squares import square_png, square_svg
from ticketing.printing.ticket_codes import MASK, SIDE, modules

FIRST = VERSION << 8 * (CONTENT_LENGTH - 1)
barcodes = st.integers(min_value=FIRST, max_value=FIRST + (1 << 8 * (CONTENT_LENGTH - 1)) - 1).map(str)
STEP = re.compile(r"([hm])(-?\d+)(?: (-?\d+))?")


@given(barcodes)
def test_every_module_is_where_the_standard_wants_it(barcode: str) -> None:
    known = segno.make_qr(barcode, error="m", boost_error=False, mask=MASK)
    expected = "".join("1" if dark else "0" for row in known.matrix for dark in row)
    assert modules(barcode) == expected


@given(barcodes)
def test_the_pen_draws_every_dark_module_inside_the_quiet_zone(barcode: str) -> None:
    pen = square_svg(barcode).partition('stroke="#000" d="')[2].partition('"')[0]
    whole = re.fullmatch(r"M(\d+ \d+)\.5(.*)", pen)
    assert whole
    start, steps = whole.groups()
    x, y = (int(part) for part in start.split())
    dark = set()
    for kind, across, down in STEP.findall(steps):
        if kind == "h":
            dark |= {(x + passed, y) for passed in range(int(across))}
        x, y = x + int(across), y + int(down or 0)
    shown = modules(barcode)
    assert dark == {(4 + at % SIDE, 4 + at // SIDE) for at, module in enumerate(shown) if module == "1"}


@given(barcodes)
def test_the_picture_is_black_where_a_module_is_dark(barcode: str) -> None:
    picture = Image.open(io.BytesIO(square_png(barcode)))
    small = picture.resize((SIDE, SIDE), Image.Resampling.BOX)  # other shades, were a module of several
    shown = small.tobytes().translate(bytes.maketrans(b"\x00\xff", b"10")).decode()
    assert (picture.mode, picture.width % SIDE, shown) == ("L", 0, modules(barcode))
