"""Whatever is in a basket and whatever is cancelled later, the books are right to the cent."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from tests.ticketing import building
from tests.ticketing.paying import BUYER, paid_order
from tests.ticketing.selling import a_code, at_odd_prices, pay, two_houses
from ticketing.models import (
    Account,
    House,
    LedgerEntry,
    LedgerGroup,
    Order,
    OrderLine,
    PaymentAllocation,
    Performance,
    Refund,
    Ticket,
)
from ticketing.operations import baskets, cancellations, gift_cards, holds, orders
from ticketing.operations.wishes import Wish
from ticketing.queries.baskets import open_basket

pytestmark = pytest.mark.django_db


def _two_houses(now: datetime) -> tuple[Performance, Performance]:
    """At odd prices, two tariffs and a fee with another VAT rate, and a code for each."""
    shows = two_houses(now, rows=3, seats=20)
    at_odd_prices(now, *shows)
    for show in shows:
        a_code(now, show.house, "MIN15", value=Decimal(15))
    return shows


def _random_basket(shows: Sequence[Performance], rng: random.Random, now: datetime) -> UUID:
    basket_id = None
    for show in rng.sample(shows, rng.choice([1, 2])):
        free = [code for (code,) in show.places.filter(state="available").values_list("code")]
        wish = Wish(places=tuple(rng.sample(free, rng.randint(1, 3))), price_type=rng.choice(["full", "youth"]))
        basket_id = holds.hold(performance=show.code, wish=wish, basket_id=basket_id, language="nl", now=now).basket_id
    assert basket_id is not None
    if rng.random() < 0.4:
        baskets.add_code(basket_id=basket_id, code="min-15", now=now)
    if rng.random() < 0.4:
        value = Decimal(rng.choice(["5.00", "33.33", "500.00"]))
        card = gift_cards.issue(house_id=shows[0].house_id, value=value, now=now)
        baskets.add_code(basket_id=basket_id, code=card.code, now=now)
    if rng.random() < 0.3:
        house = shows[0].house.slug
        baskets.add_gift_card(house=house, amount=Decimal("25.00"), basket_id=basket_id, language="nl", now=now)
    return basket_id


def _assert_books_are_right() -> None:
    unbalanced = (
        LedgerEntry.objects.values("group_id", "house_id").annotate(total=Sum("amount")).exclude(total=Decimal(0))
    )
    assert list(unbalanced) == []
    owed = LedgerEntry.objects.filter(account=Account.RECEIVABLE).aggregate(total=Sum("amount"))["total"]
    assert owed in (None, 0)


@pytest.mark.scope("PR4-11")
@pytest.mark.parametrize("seed", range(8))
def test_random_sales_and_cancellations(now: datetime, seed: int) -> None:
    rng = random.Random(seed)
    shows = _two_houses(now)
    Performance.objects.update(refuse_orphans=False)
    House.objects.get(slug="zomerhof").save()
    building.houses.programme_changed(*House.objects.values_list("pk", flat=True))
    for _sale in range(6):
        basket_id = _random_basket(shows, rng, now)
        shown = open_basket(basket_id).total
        order = orders.place_order(basket_id=basket_id, contact=BUYER, shown_total=shown, now=now).order
        pay(order, now, copies=2)
        order.refresh_from_db()
        assert order.state == Order.State.PAID
        assert order.total == shown == sum(line.gross for line in order.lines.all())
        assert PaymentAllocation.objects.filter(line__order=order).aggregate(t=Sum("amount"))["t"] == order.total
        for line in order.lines.exclude(kind=OrderLine.Kind.GIFT_CARD):
            assert line.gross == sum(Decimal(part["gross"]) for part in line.components)
        tickets = list(Ticket.objects.filter(line__order=order).values_list("id", flat=True))
        cancelled = rng.sample(tickets, rng.randint(0, len(tickets)))
        if cancelled:
            back = cancellations.cancel_tickets(order_id=order.id, ticket_ids=cancelled, now=now)
            assert back == sum(t.line.gross for t in Ticket.objects.filter(id__in=cancelled).select_related("line"))
            legs = Refund.objects.filter(payment__order=order).aggregate(total=Sum("amount"))["total"]
            assert (legs or 0) == back
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        _assert_books_are_right()


def _owed_between() -> dict[str, Decimal]:
    """What each house is owed by the other, or owes it."""
    rows = LedgerEntry.objects.filter(account=Account.BETWEEN_HOUSES).values_list("house__slug")
    return {slug: total for slug, total in rows.annotate(total=Sum("amount")) if total}


def test_what_the_provider_gave_each_house_is_not_owed_between_them_any_more(now: datetime) -> None:
    """A refund comes out of the seller's account whole: then the owner owes what it gave up."""
    summer, winter = _two_houses(now)
    basket_id = None
    for show in (summer, winter):
        wish = Wish(places=("0", "1"))
        basket_id = holds.hold(performance=show.code, wish=wish, basket_id=basket_id, language="nl", now=now).basket_id
    assert basket_id is not None
    order = orders.place_order(basket_id=basket_id, contact=BUYER, now=now).order
    pay(order, now, copies=2)
    at_provider = LedgerEntry.objects.filter(account=Account.PROVIDER).values_list("house__slug")
    assert dict(at_provider.annotate(total=Sum("amount"))) == {"winterhof": 51, "zomerhof": 51}
    assert _owed_between() == {}

    mine = Ticket.objects.filter(line__order=order, performance=winter).latest("id")
    cancellations.cancel_tickets(order_id=order.id, ticket_ids=[mine.id], now=now)
    assert _owed_between() == {"winterhof": Decimal("-25.50"), "zomerhof": Decimal("25.50")}
    _assert_books_are_right()


def test_a_ledger_group_that_is_not_zero_does_not_commit(now: datetime) -> None:
    house = building.a_house(now)
    group = LedgerGroup.objects.create(kind=LedgerGroup.Kind.SALE, booked_at=now)
    entry = {"account": Account.CASH, "amount": Decimal("0.01"), "booked_at": now, "value_date": now.date()}
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerEntry.objects.create(group=group, house=house, **entry)


@pytest.mark.parametrize("verb", ["UPDATE ticketing_ledgerentry SET amount = 0", "DELETE FROM ticketing_ledgerentry"])
def test_the_ledger_is_never_rewritten(now: datetime, verb: str) -> None:
    paid_order(building.on_sale(now), now, "0")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
