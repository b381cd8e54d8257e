"""Which ink can be read on a house's colour, on paper and in mail clients that know no style sheets of ours."""

from __future__ import annotations

WHITE, BLACK = "#FFFFFF", "#000000"


def ink_on(colour: str) -> str:
    """White or black: one of the two always reaches 4.5 : 1 (WCAG), for black on white is 21 : 1."""
    luminance = _luminance(colour)
    return WHITE if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 else BLACK


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
