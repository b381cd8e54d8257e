"""The QR code of a ticket as a picture for paper and as a drawing for a screen."""

from __future__ import annotations

import base64
import io
from functools import cache
from itertools import groupby

from PIL import Image

from ticketing.printing.ticket_codes import SIDE, modules

_POINTS_PER_MODULE = 4  # so many that no viewer smooths the edges away
_INK = bytes.maketrans(b"01", b"\xff\x00")
_QUIET = 4  # modules of white round it


def square_png(barcode: str) -> bytes:
    """Without quiet zone: the page around it leaves one, so that its size on paper is the size of the code.

    In shades of grey, which go into a PDF as they are; single bits would be made colours of first.
    """
    drawn = Image.frombytes("L", (SIDE, SIDE), modules(barcode).encode().translate(_INK))
    content = io.BytesIO()
    picture = drawn.resize((SIDE * _POINTS_PER_MODULE,) * 2, Image.Resampling.NEAREST)
    picture.save(content, "PNG", compress_level=1)  # it is packed again, better, in the PDF
    return content.getvalue()


def square_uri(barcode: str) -> str:
    return "data:image/png;base64," + base64.b64encode(square_png(barcode)).decode()


def square_svg(barcode: str) -> str:
    """For a screen: black on white with its quiet zone, sized by the page it stands in."""
    drawn = modules(barcode)
    rows = (drawn[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE))
    strokes = f"m-{SIDE} 1".join("".join(_strokes(row[at : at + 8]) for at in range(0, SIDE, 8)) for row in rows)
    whole = SIDE + 2 * _QUIET
    return (
        f'<svg viewBox="0 0 {whole} {whole}"><path fill="#fff" d="M0 0h{whole}v{whole}h-{whole}z"/>'
        f'<path stroke="#000" d="M{_QUIET} {_QUIET}.5{strokes}"/></svg>'
    )


@cache
def _strokes(part: str) -> str:
    """A few modules of a row as the steps of a pen; there are no more than 256 such parts."""
    runs = ((dark, len(list(run))) for dark, run in groupby(part))
    return "".join(f"h{length}" if dark == "1" else f"m{length} 0" for dark, length in runs)
