"""An order nobody paid ends once: its places are free, or its buyer's again."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.ticketing.paying import paid_order
from tests.ticketing.selling import held, placed
from ticketing.models import Performance, Place
from ticketing.operations.abandonments import abandon

pytestmark = pytest.mark.django_db


def states() -> set[str]:
    return set(Place.objects.values_list("state", flat=True)) - {"available"}


@pytest.mark.parametrize("keep_places", [True, False])
def test_an_order_given_up_opens_its_basket_again(now: datetime, show: Performance, keep_places: bool) -> None:
    basket_id = held(show, now, "0", "1").basket_id
    order = placed(basket_id, now)
    assert abandon(order_id=order.id, reason="cancelled", now=now, keep_places=keep_places)
    assert not abandon(order_id=order.id, reason="cancelled", now=now)
    assert states() == ({"held"} if keep_places else set())
    if keep_places:
        assert placed(basket_id, now).id != order.id


def test_a_paid_order_is_not_given_up(now: datetime, show: Performance) -> None:
    order = paid_order(show, now, "0", "1")
    assert not abandon(order_id=order.id, reason="expired", now=now)
    assert states() == {"sold"}
