"""The marks of the four houses as small drawings, in a colour given by the theme that shows them."""

from __future__ import annotations

_MARKS = {
    # Three balconies, the middle one fainter.
    "kantelaar": (
        '<g fill="none" stroke="{colour}" stroke-width="3" stroke-linecap="round"><path d="M4 12a14 14 0 0 0 24 0"/>'
        '<path d="M8 6a9.5 9.5 0 0 0 16 0" opacity=".55"/><path d="M2 20a18 18 0 0 0 28 0"/></g>'
    ),
    # Nine lamps, the last one lit.
    "loods-negen": (
        '<g fill="{colour}"><g opacity=".5"><circle cx="7" cy="7" r="2.6"/><circle cx="16" cy="7" r="2.6"/>'
        '<circle cx="25" cy="7" r="2.6"/><circle cx="7" cy="16" r="2.6"/><circle cx="16" cy="16" r="2.6"/>'
        '<circle cx="25" cy="16" r="2.6"/><circle cx="7" cy="25" r="2.6"/><circle cx="16" cy="25" r="2.6"/></g>'
        '<circle cx="25" cy="25" r="4.6"/></g>'
    ),
    # A beam that opens on a screen.
    "cinema-pavane": (
        '<path fill="{colour}" opacity=".45" d="M5 16 25 6v20z"/><rect x="25" y="4" width="3.4" height="24" rx="1.7" '
        'fill="{colour}"/><circle cx="5" cy="16" r="3.2" fill="{colour}"/>'
    ),
    # Four winds that turn round one point.
    "quatre-vents": (
        '<g fill="none" stroke="{colour}" stroke-width="3" stroke-linecap="round"><path d="M16 14c0-6 4-10 10-10"/>'
        '<path d="M18 16c6 0 10 4 10 10"/><path d="M16 18c0 6-4 10-10 10"/><path d="M14 16c-6 0-10-4-10-10"/></g>'
    ),
}
ON_DARK = "#F9F2EA"


def logo(slug: str, colour: str) -> str:
    mark = _MARKS[slug].format(colour=colour)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" role="img">{mark}</svg>\n'
