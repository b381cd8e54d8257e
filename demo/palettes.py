"""Colours of the drawn pictures: every palette is a night with one warm or cold source of light in it."""

from __future__ import annotations

from typing import NamedTuple

Rgb = tuple[int, int, int]


class Palette(NamedTuple):
    """`night` is the ground, `source` and `haze` the light in it, then the lights from brightest to faintest."""

    night: Rgb
    source: Rgb
    haze: Rgb
    bright: Rgb
    warm: Rgb
    faint: Rgb


def _palette(*colours: str) -> Palette:
    return Palette(*((int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)) for colour in colours))


PALETTES = {
    "velvet": _palette("#1A0F1E", "#F2B65A", "#8A1538", "#FFE9C2", "#F39A6B", "#B4486A"),
    "lagoon": _palette("#0D1B22", "#7FD6C8", "#1F5B6A", "#E8FFF6", "#7FD6C8", "#2F8F9A"),
    "honey": _palette("#2A1606", "#FFD27A", "#C4841D", "#FFF3D2", "#FFC24D", "#D97A2B"),
    "iris": _palette("#11132A", "#B9C2FF", "#4A58B0", "#F0F1FF", "#98A4F2", "#6470C8"),
    "rose": _palette("#1D0A12", "#FF9DB0", "#8A1538", "#FFE2E8", "#F0708F", "#B23A5C"),
    "moss": _palette("#0E1A12", "#BFE3A0", "#2F6F4F", "#F3FFE6", "#9CCF78", "#4F9268"),
    "ember": _palette("#190C08", "#FF8A4C", "#7A2412", "#FFE0C7", "#FF9A5C", "#A8452A"),
    "glacier": _palette("#0A1722", "#A9E1F5", "#2A6A93", "#F2FBFF", "#8CCBE6", "#3F7FA6"),
    "plum": _palette("#170D24", "#D9A6FF", "#5B2D8A", "#F8ECFF", "#C08AF0", "#7A4BB0"),
    "dune": _palette("#1B1512", "#F0D3A8", "#7B5B3E", "#FFF6E6", "#E2BE8C", "#9C7A58"),
    "neon": _palette("#0C0A1C", "#FF6FD0", "#3B2BB0", "#E9FBFF", "#58D7FF", "#C04BD8"),
    "dawn": _palette("#1C1426", "#FFC39A", "#A8506A", "#FFF0E2", "#F7A58C", "#8C5A96"),
    "sea": _palette("#07151C", "#F4E3B5", "#155468", "#FFFBEA", "#8FD0CE", "#2F7B86"),
    "rust": _palette("#160F10", "#F2C14E", "#6E2F1F", "#FFEFCB", "#E08E45", "#8C4A3A"),
}

BY_GENRE = {
    "dance": ("velvet", "moss", "dawn", "lagoon", "plum", "ember"),
    "circus": ("ember", "honey", "glacier"),
    "theatre": ("dune", "lagoon", "rose", "rust", "glacier", "velvet", "dawn", "iris"),
    "opera": ("rose", "velvet", "glacier"),
    "comedy": ("rose", "honey", "ember", "dawn", "rust"),
    "family": ("honey", "moss", "sea", "plum", "dawn"),
    "classical": ("iris", "dawn", "glacier", "velvet", "dune", "sea", "plum"),
    "jazz": ("lagoon", "rust", "plum", "honey"),
    "pop": ("neon", "ember", "lagoon", "plum", "glacier"),
    "club": ("neon", "plum"),
    "film": ("sea", "rust", "dune", "iris", "glacier", "ember", "lagoon", "dawn"),
    "talk": ("dune", "plum", "rust"),
}
