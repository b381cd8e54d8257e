"""A house chooses one colour and one display font; this module makes them readable in light and dark.

Text reaches 4.5 : 1 and controls 3 : 1 (WCAG 2.2) whatever the colour: the hue stays, the lightness moves. The
result is a small style sheet at an address that names its content, so it can be cached for ever and needs no database.
"""

from __future__ import annotations

import colorsys
import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

TEXT_CONTRAST = 4.5
CONTROL_CONTRAST = 3.0
STEP = 0.01

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class DisplayFont:
    name: str
    file: str
    weight: int = 400
    fallback: str = '"Gloock fallback", Georgia, serif'

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


SANS = '"Figtree fallback", system-ui, sans-serif'
DISPLAY_FONTS = (
    DisplayFont("Gloock", "gloock-latin-400.woff2"),
    DisplayFont("Fraunces", "fraunces-latin-600.woff2", 600),
    DisplayFont("DM Serif Display", "dm-serif-display-latin-400.woff2"),
    DisplayFont("Young Serif", "young-serif-latin-400.woff2"),
    DisplayFont("Instrument Serif", "instrument-serif-latin-400.woff2"),
    DisplayFont("Bricolage Grotesque", "bricolage-grotesque-latin-700.woff2", 700, SANS),
    DisplayFont("Space Grotesk", "space-grotesk-latin-700.woff2", 700, SANS),
    DisplayFont("Archivo Narrow", "archivo-narrow-latin-700.woff2", 700, SANS),
)
FONT_BY_SLUG = {font.slug: font for font in DISPLAY_FONTS}


@dataclass(frozen=True)
class Ground:
    """The fixed colours of a theme that the accent has to stand on."""

    backgrounds: tuple[str, ...]
    surface: str
    texts: tuple[str, ...]
    dark_ink: str
    direction: int
    tint: float


LIGHT = Ground(("#FBF8F3", "#FFFFFF", "#F4EFE7"), "#FFFFFF", ("#1D1420", "#5C5060"), "#1D1420", -1, 0.09)
DARK = Ground(("#120D15", "#1B151F", "#0D090F"), "#1B151F", ("#F7F1E9", "#BDB2C1"), "#120D15", 1, 0.22)


@dataclass(frozen=True)
class Palette:
    accent: str
    accent_ink: str
    accent_text: str
    accent_tint: str


@dataclass(frozen=True)
class HouseTheme:
    wanted: str
    light: Palette
    dark: Palette

    @property
    def adjusted(self) -> bool:
        """Whether the house should be told that its colour was moved to stay readable."""
        return self.light.accent != self.wanted or self.dark.accent != self.wanted


def house_theme(accent: str) -> HouseTheme:
    wanted = _hex(_rgb(accent))
    return HouseTheme(wanted, _palette(wanted, LIGHT), _palette(wanted, DARK))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _palette(wanted: str, ground: Ground) -> Palette:
    accent = _moved(wanted, ground, ground.backgrounds, CONTROL_CONTRAST)
    while (ink := _ink(accent, ground)) is None:
        accent = _shifted(accent, ground.direction)
    tint, text = _tint_and_text(accent, ground)
    return Palette(accent, ink, text, tint)


def _tint_and_text(accent: str, ground: Ground) -> tuple[str, str]:
    share = ground.tint
    while True:
        tint = _mixed(accent, ground.surface, share)
        if all(contrast(tint, text) >= TEXT_CONTRAST for text in ground.texts):
            return tint, _moved(accent, ground, (*ground.backgrounds, tint), TEXT_CONTRAST)
        share -= STEP


def _ink(accent: str, ground: Ground) -> str | None:
    return next((ink for ink in ("#FFFFFF", ground.dark_ink) if contrast(ink, accent) >= TEXT_CONTRAST), None)


def _moved(colour: str, ground: Ground, backgrounds: tuple[str, ...], wanted: float) -> str:
    while any(contrast(colour, background) < wanted for background in backgrounds):
        colour = _shifted(colour, ground.direction)
    return colour


def _shifted(colour: str, direction: int) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_rgb(colour))
    moved = min(1.0, max(0.0, lightness + direction * STEP))
    return _hex(colorsys.hls_to_rgb(hue, moved, saturation))


def _mixed(colour: str, surface: str, share: float) -> str:
    pairs = zip(_rgb(colour), _rgb(surface), strict=True)
    red, green, blue = (share * one + (1 - share) * other for one, other in pairs)
    return _hex((red, green, blue))


def _luminance(colour: Colour) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Colour:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        raise ValueError(f"not a colour: {colour!r}")
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour)


@lru_cache(maxsize=256)
def theme_css(accent: str, font_slug: str) -> str:
    """The rules of one house, with the address of its font left open as `{font_url}`."""
    theme, font = house_theme(accent), FONT_BY_SLUG[font_slug]
    names = ("accent", "accent_ink", "accent_text", "accent_tint")
    rules = [
        f"--{name.replace('_', '-')}:light-dark({getattr(theme.light, name)},{getattr(theme.dark, name)})"
        for name in names
    ]
    rules.append(f'--font-display:"{font.name}",{font.fallback}')
    rules.append(f"--display-weight:{font.weight}")
    face = "" if font.slug == "gloock" else _font_face(font)
    return f"{face}:root{{{';'.join(rules)}}}\n"


def _font_face(font: DisplayFont) -> str:
    source = 'src:url("{font_url}") format("woff2");font-display:swap'
    return f'@font-face{{font-family:"{font.name}";font-weight:{font.weight};{source}}}\n'


def theme_name(accent: str, font: str) -> str:
    """The content-named part of `/theme/<name>.css`: colour, font and a digest of what they give today."""
    slug = font.lower().replace(" ", "-")
    slug = slug if slug in FONT_BY_SLUG else "gloock"
    digest = hashlib.sha256(theme_css(accent, slug).encode()).hexdigest()[:8]
    return f"{accent[1:].lower()}-{slug}-{digest}"


def css_named(name: str) -> tuple[str, DisplayFont] | None:
    """The style sheet behind a name made by `theme_name`; nothing for a name nobody made."""
    match = re.fullmatch(r"([0-9a-f]{6})-([a-z-]+)-([0-9a-f]{8})", name)
    if match is None or match[2] not in FONT_BY_SLUG:
        return None
    accent, slug = f"#{match[1].upper()}", match[2]
    return (theme_css(accent, slug), FONT_BY_SLUG[slug]) if theme_name(accent, slug) == name else None
