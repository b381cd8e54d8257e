"""The QR code as a picture: one bit per point, large enough that no viewer smooths its edges away."""

from __future__ import annotations

import base64
import io
from functools import cache
from itertools import groupby

import segno

from ticketing.printing.ticket_codes import MASK, SIDE, modules

_POINTS_PER_MODULE = 4
_QUIET = 4  # modules of white round it


def square(text: str) -> segno.QRCode:
    """Level M survives a fold or a stain of about 15 %, and keeps the modules large."""
    return segno.make_qr(text, error="m", boost_error=False, mask=MASK)


def square_png(text: str, *, points_per_module: int = _POINTS_PER_MODULE) -> bytes:
    """Without quiet zone: the page around it leaves one, so that its size on paper is the size of the code."""
    picture = io.BytesIO()
    square(text).save(picture, kind="png", scale=points_per_module, border=0)
    return picture.getvalue()


def square_uri(text: str) -> str:
    return "data:image/png;base64," + base64.b64encode(square_png(text)).decode()


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
