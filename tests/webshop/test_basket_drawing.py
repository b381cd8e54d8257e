"""The basket that is kept and filled in is, to the letter, the one the template draws."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from ticketing.webshop.basket_drawing import TEMPLATE, basket_context, draw_basket
from ticketing.webshop.basket_view import BasketView, GroupView, HoldView, LineView, TariffView

STARTS_AT = datetime(2027, 3, 4, 19, 30, tzinfo=UTC)
words = st.text(st.sampled_from("aé7 <>&\"'%{}–€"), min_size=1, max_size=12)
tariffs = st.lists(st.builds(TariffView, words, words, st.decimals(0, 99, places=2), st.booleans()), max_size=3)
lines = st.builds(
    LineView,
    label=words,
    price=st.decimals(0, 99, places=2),
    tone=st.integers(0, 4),
    price_type=words,
    note=st.one_of(st.just(""), words),
    is_lost=st.booleans(),
    offers=tariffs.map(tuple),
    price_type_url=words,
    remove_url=words,
)
groups = st.builds(
    GroupView,
    title=words,
    starts_at=st.one_of(st.none(), st.just(STARTS_AT)),
    hall=words,
    lines=st.lists(lines, min_size=1, max_size=3).map(tuple),
)
holds = st.builds(
    HoldView,
    left=st.integers(1, 90_000),
    total=st.integers(1, 90_000),
    clock=words,
    ring=st.integers(0, 113),
    can_extend=st.booleans(),
    extend_url=words,
)
views = st.builds(
    BasketView,
    count=st.integers(1, 9),
    total=st.decimals(0, 99, places=2),
    to_pay=st.decimals(0, 99, places=2),
    groups=st.lists(groups, min_size=1, max_size=2).map(tuple),
    hold=st.one_of(st.none(), holds),
    is_expired=st.booleans(),
    methods=st.lists(words, max_size=2).map(tuple),
)


def plain(view: BasketView) -> str:
    return render_to_string(TEMPLATE, basket_context(view, house_slug="zomerhof"))


def elsewhere(view: BasketView) -> BasketView:
    """The same basket, a second later and for other places."""
    hold = replace(view.hold, left=view.hold.left + 1, clock="<&1", ring=7) if view.hold else None
    moved = [
        replace(group, lines=tuple(replace(line, label=f"& {line.label}", remove_url="/x?a&b") for line in group.lines))
        for group in view.groups
    ]
    return replace(view, hold=hold, groups=tuple(moved))


@given(view=views, language=st.sampled_from(["nl", "fr", "en"]))
def test_a_basket_is_drawn_as_its_template_draws_it(view: BasketView, language: str) -> None:
    with override(language):
        assert draw_basket(view, house_slug="zomerhof") == plain(view)


@given(view=views)
def test_a_basket_that_looks_like_one_before_it_keeps_its_own_words(view: BasketView) -> None:
    with override("nl"):
        draw_basket(view, house_slug="zomerhof")
        assert elsewhere(view) == view
        assert draw_basket(elsewhere(view), house_slug="zomerhof") == plain(elsewhere(view))


@pytest.mark.parametrize(
    ("kind", "open_words"),
    [
        (BasketView, set()),
        (GroupView, set()),
        (TariffView, set()),
        (LineView, {"label", "price_type_url", "remove_url"}),
        (HoldView, {"left", "total", "clock", "ring"}),
    ],
)
def test_only_what_is_put_in_each_time_does_not_count(kind: type, open_words: set[str]) -> None:
    assert {field.name for field in fields(kind) if not field.compare} == open_words


def test_a_changed_price_is_never_drawn_from_what_was_kept() -> None:
    line = LineView("Rij F, stoel 11", Decimal("20.00"))
    cheap, dear = (BasketView(1, groups=(GroupView("Nachtvlucht", lines=(one,)),)) for one in
                   (line, replace(line, price=Decimal("21.00"))))  # fmt: skip
    with override("nl"):
        assert "20,00" in draw_basket(cheap, house_slug="zomerhof")
        assert "21,00" in draw_basket(dear, house_slug="zomerhof")
