"""Whatever colour a house chooses, its shop stays readable (U5)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ticketing import theme

pytestmark = pytest.mark.scope("S5-14")

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def faults(palette: theme.Palette, ground: theme.Ground) -> list[str]:
    text_pairs = [(palette.accent_ink, palette.accent)]
    text_pairs += [(palette.accent_text, background) for background in (*ground.backgrounds, palette.accent_tint)]
    text_pairs += [(text, palette.accent_tint) for text in ground.texts]
    control_pairs = [(palette.accent, background) for background in ground.backgrounds]
    low_text = [f"text {a} on {b}" for a, b in text_pairs if theme.contrast(a, b) < 4.5]
    return low_text + [f"control {a} on {b}" for a, b in control_pairs if theme.contrast(a, b) < 3]


@settings(max_examples=1000, deadline=None)
@given(accent=COLOURS)
def test_every_accent_gives_readable_text_and_visible_controls(accent: str) -> None:
    made = theme.house_theme(accent)
    assert faults(made.light, theme.LIGHT) + faults(made.dark, theme.DARK) == []


def test_a_colour_that_is_readable_already_is_left_alone() -> None:
    assert theme.house_theme("#8A1538").light.accent == "#8A1538"


def test_a_pale_colour_is_darkened_and_the_house_is_told() -> None:
    made = theme.house_theme("#FFE94A")
    assert made.adjusted
    assert theme.contrast(made.light.accent, "#FFFFFF") >= 3


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(theme.contrast("#000000", "#FFFFFF"), 2) == 21.0


@pytest.mark.parametrize("font", theme.DISPLAY_FONTS)
def test_a_theme_is_found_by_its_name(font: theme.DisplayFont) -> None:
    name = theme.theme_name("#1F7A78", font.name)
    assert theme.css_named(name) == (theme.theme_css("#1F7A78", font.slug), font)


@pytest.mark.parametrize("name", ["", "8a1538-gloock-00000000", "zz1538-gloock-12345678", "8a1538-comic-sans-12345678"])
def test_a_name_nobody_made_gives_nothing(name: str) -> None:
    assert theme.css_named(name) is None


def test_something_that_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a colour"):
        theme.house_theme("red;}body{display:none}")
