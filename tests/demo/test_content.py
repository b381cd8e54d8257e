"""The demo's texts are complete and typeset as each language wants it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from demo.content import Text
from demo.houses import BY_SLUG, CLUSTER_NAME, GENRES, HOUSES, LABELS
from demo.loading.orders import hall_plans
from demo.pricing import FEES, GRIDS, GRIDS_BY_SLUG, RANKS, TARIFF_SLUGS, TARIFFS
from demo.programme import PRODUCTIONS


def texts(value: Any, where: str = "") -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield where, value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{where}.{key}")
    elif isinstance(value, tuple | list):
        for item in value:
            yield from texts(item, f"{where}.{getattr(item, 'slug', '')}")


EVERYTHING = (*PRODUCTIONS, *HOUSES, GENRES, LABELS, CLUSTER_NAME, RANKS, GRIDS)
ALL_TEXTS = list(texts(EVERYTHING))


def test_every_text_is_there_in_three_languages():
    assert [where for where, text in ALL_TEXTS if not all(part.strip() for part in text)] == []


def test_no_text_shouts():
    assert [where for where, text in ALL_TEXTS if any("!" in part for part in text)] == []


def test_apostrophes_are_typographic():
    assert [where for where, text in ALL_TEXTS if any("'" in part for part in text)] == []


def test_french_has_a_space_before_its_double_marks():
    assert [where for where, text in ALL_TEXTS if re.search(r"\w[;?]|\w:\s", text.fr)] == []


def test_descriptions_are_written_and_not_copied_between_languages():
    copied = [
        production.slug
        for production in PRODUCTIONS
        if len({*production.description}) < 3 or len({*production.teaser}) < 3
    ]
    assert copied == []


@pytest.mark.parametrize("production", PRODUCTIONS, ids=lambda production: production.slug)
def test_texts_fit_where_they_are_shown(production):
    assert [len(part) <= 400 for part in production.teaser] == [True] * 3
    assert [len(part) >= 90 for part in production.description] == [True] * 3


def test_the_season_is_as_large_as_promised():
    assert len(PRODUCTIONS) >= 60
    assert sum(len(production.nights) for production in PRODUCTIONS) >= 150
    assert len({production.slug for production in PRODUCTIONS}) == len(PRODUCTIONS)


def test_everything_a_production_names_exists():
    halls = {(house.slug, hall.slug) for house in HOUSES for hall in house.halls}
    unknown = [
        production.slug
        for production in PRODUCTIONS
        if (production.house, production.hall) not in halls
        or production.genre not in GENRES
        or production.grid not in GRIDS_BY_SLUG
        or not set(production.labels) <= set(LABELS)
    ]
    assert unknown == []


def test_every_grid_prices_every_tariff_of_every_rank():
    assert [set(row) == set(TARIFF_SLUGS) for grid in GRIDS for row in grid.prices.values()] == [True] * sum(
        len(grid.prices) for grid in GRIDS
    )
    assert {tariff.family for tariff in TARIFFS} == {"full", "reduced", "subscription", "free"}


def test_every_grid_prices_every_rank_of_the_hall_it_is_used_in():
    plans = hall_plans()
    unpriced = [
        production.slug
        for production in PRODUCTIONS
        if {rank.code for rank in plans[production.house, production.hall].ranks}
        - GRIDS_BY_SLUG[production.grid].prices.keys()
    ]
    assert unpriced == []


def test_no_fee_is_larger_than_the_lowest_price_it_is_part_of():
    lowest = min(price for grid in GRIDS for row in grid.prices.values() for price in row.values() if price)
    assert set(FEES) == set(BY_SLUG)
    assert max(FEES.values()) < lowest


def test_four_houses_in_two_cities():
    assert len(BY_SLUG) == 4
    assert {str(house.city.nl) for house in HOUSES} == {"Havermonde", "Montsaulx"}
