"""Files made to hurt: refused in one sentence, before they cost memory, stack or a database error."""

from __future__ import annotations

import json
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.seating.drawing import plan_document
from ticketing.seating.faults import PlanRefused
from ticketing.seating.format import load_plan, plan_from_document
from ticketing.seating.json_files import MOST_BYTES, parse_json
from ticketing.seating.pretix_layout import import_pretix, load_pretix

LOADERS = [load_plan, load_pretix]


@pytest.mark.parametrize("load", LOADERS)
@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"[" * 50_000_000, "The file is larger than 5 MB."),
        (b"[" * MOST_BYTES, "The file nests deeper than 32 levels."),
        (b'{"a":' * 900_000, "The file nests deeper than 32 levels."),
        (b"[" * 32 + b"]" * 31, "The file is not valid JSON in UTF-8."),
        (b'"\\' * 2_400_000, "The file is not valid JSON in UTF-8."),
        (b"", "The file is not valid JSON in UTF-8."),
        (b"\xff\xfe\x00", "The file is not valid JSON in UTF-8."),
        (b"<svg/>", "The file is not valid JSON in UTF-8."),
        (b"NaN", "The file is not valid JSON in UTF-8."),
        (b'{"a": 1e999}', "The file is not valid JSON in UTF-8."),
        (b'{"a": ' + b"9" * 5000 + b"}", "The file is not valid JSON in UTF-8."),
        (b'{"a": ' + b"9" * 40 + b"}", "The file holds a number that is too large."),
        (b'{"a": 1, "a": 2}', "The file gives one key twice in the same object."),
        (b'{"a": "\\u0000"}', "The file holds characters that cannot be stored."),
        (b'{"\\ud800": 1}', "The file holds characters that cannot be stored."),
        (b"[]", "must be an object"),
        (b"null", "must be an object"),
    ],
    ids=lambda value: None if callable(value) or isinstance(value, str) else repr(value[:12]),
)
def test_a_hostile_file_is_refused_with_one_sentence(load: object, data: bytes, fault: str) -> None:
    with pytest.raises(PlanRefused) as refused:
        load(data)  # type: ignore[operator]  # either loader

    assert [str(found.text) for found in refused.value.faults] == [fault]


def test_brackets_within_texts_are_no_nesting() -> None:
    assert parse_json(json.dumps({"a": "[" * 100 + '"' + "{" * 100})) == {"a": "[" * 100 + '"' + "{" * 100}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**52), 2**52)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_whatever_the_json_the_answer_is_a_plan_or_a_refusal(document: object) -> None:
    for load in (plan_from_document, import_pretix):
        with pytest.raises(PlanRefused):
            load(document)


@given(st.integers(0, 10**9), JSON)
def test_one_value_of_a_good_plan_replaced_gives_a_plan_or_a_refusal(seed: int, value: object) -> None:
    document = plan_document("111", "1w1c", variants=[{"code": "v", "name": "V", "remove": ["Z-A-*"]}])
    _replace_somewhere(document, value, random.Random(seed))

    with suppress(PlanRefused):
        plan_from_document(document)


@given(st.integers(0, 10**9), JSON)
def test_one_value_of_a_good_layout_replaced_gives_a_plan_or_a_refusal(seed: int, value: object) -> None:
    position = {"x": 1, "y": 2}
    seats = [
        {"seat_guid": str(n), "seat_number": str(n), "category": "A", "position": {"x": n, "y": 0}} for n in range(4)
    ]
    areas = [
        {"shape": "rectangle", "position": position, "rectangle": {"width": 1, "height": 2}, "text": {"text": "x"}}
    ]
    zone = {"name": "Z", "zone_id": "Z", "position": position, "areas": areas}
    rows = [{"row_number": "1", "position": position, "seats": seats}]
    document = {"name": "L", "categories": [{"name": "A", "color": "#112233"}], "zones": [zone | {"rows": rows}]}
    _replace_somewhere(document, value, random.Random(seed))

    with suppress(PlanRefused):
        import_pretix(document)


def _replace_somewhere(document: object, value: object, chance: random.Random) -> None:
    """Walks down at random and overwrites where it stops."""
    here = document
    while isinstance(here, dict | list) and here:
        key = chance.choice(list(here) if isinstance(here, dict) else range(len(here)))
        below = here[key]
        if not isinstance(below, dict | list) or not below or chance.random() < 0.2:
            here[key] = value
            return
        here = below
