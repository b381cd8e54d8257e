"""Money adds up to the cent."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ticketing.money import rounded, spread, vat_within

amounts = st.decimals(min_value=0, max_value=100_000, places=2)
rates = st.sampled_from([Decimal("0"), Decimal("2.10"), Decimal("5.50"), Decimal("6"), Decimal("9"), Decimal("21")])


@given(amount=amounts, weights=st.lists(amounts, min_size=1, max_size=40).filter(sum))
def test_parts_sum_to_the_whole_and_keep_its_sign(amount: Decimal, weights: list[Decimal]) -> None:
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(part >= 0 for part in parts)


@given(gross=amounts, rate=rates)
def test_vat_is_inside_the_price(gross: Decimal, rate: Decimal) -> None:
    vat = vat_within(gross, rate)
    net = gross - vat
    assert 0 <= vat <= gross
    assert abs(rounded(net * (100 + rate) / 100) - gross) <= Decimal("0.01")
