"""Pictures are drawn the same way every time, in every composition."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from demo.compositions import BY_GENRE
from demo.houses import GENRES
from demo.palettes import BY_GENRE as PALETTES_OF
from demo.palettes import PALETTES
from demo.pictures import assigned, draw
from demo.programme import PRODUCTIONS

COMPOSITIONS = sorted({composition for kinds in BY_GENRE.values() for composition in kinds}, key=lambda c: c.__name__)


@pytest.mark.parametrize("composition", COMPOSITIONS, ids=lambda composition: composition.__name__)
def test_a_picture_is_large_enough_for_the_top_of_a_page(composition):
    picture = draw("nachtvlucht", composition, "velvet")
    image = Image.open(BytesIO(picture.jpeg))
    assert (image.format, image.size) == ("JPEG", (1600, 1000))
    darkest, brightest = image.convert("L").getextrema()
    assert darkest < 40
    assert brightest > 180


def test_the_same_production_gets_the_same_picture():
    assert assigned(PRODUCTIONS) == assigned(reversed(PRODUCTIONS))
    composition, palette = assigned(PRODUCTIONS)["bosgrond"]
    assert draw("bosgrond", composition, palette) == draw("bosgrond", composition, palette)


def test_every_production_has_a_picture_of_its_own():
    assert assigned(PRODUCTIONS).keys() == {production.slug for production in PRODUCTIONS}


def test_every_genre_has_compositions_and_known_palettes():
    assert set(BY_GENRE) == set(PALETTES_OF) == set(GENRES)
    assert {name for names in PALETTES_OF.values() for name in names} <= set(PALETTES)
