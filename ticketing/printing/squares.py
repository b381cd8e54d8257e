"""The QR code as a picture: one bit per point, large enough that no viewer smooths its edges away."""

from __future__ import annotations

import base64
import io

import segno

# All masks give a readable code; scoring the eight of them costs more than the rest of the making.
_MASK = 3
_POINTS_PER_MODULE = 4


def square(text: str) -> segno.QRCode:
    """Level M survives a fold or a stain of about 15 %, and keeps the modules large."""
    return segno.make_qr(text, error="m", boost_error=False, mask=_MASK)


def square_png(text: str, *, points_per_module: int = _POINTS_PER_MODULE) -> bytes:
    """Without quiet zone: the page around it leaves one, so that its size on paper is the size of the code."""
    picture = io.BytesIO()
    square(text).save(picture, kind="png", scale=points_per_module, border=0)
    return picture.getvalue()


def square_uri(text: str) -> str:
    return "data:image/png;base64," + base64.b64encode(square_png(text)).decode()


def square_svg(text: str) -> str:
    """For a screen: black on white with its quiet zone, sized by the page it stands in."""
    return square(text).svg_inline(border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
