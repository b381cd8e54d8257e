"""Letting go of places: out of the basket, and free at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from ticketing.queries.baskets import BasketContents, open_basket


def release_line(*, basket_id: UUID, line_id: int, now: datetime) -> None:
    """Take one line out of the basket; its place is free at once. A line that is already gone is no error."""
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        line = next((line for line in basket.lines if line.id == line_id), None)
        if line is None:
            return
        drop_lines(basket, [line_id])


def release_places(*, basket_id: UUID, performance: str, codes: Iterable[str], now: datetime) -> None:
    """As release_line, by place code: what a second click on a chosen seat means."""
    wanted = set(codes)
    with transaction.atomic():
        basket = open_basket(basket_id, lock=True)
        drop_lines(
            basket,
            [
                line.id
                for line in basket.lines
                if line.place and line.terms and line.terms.code == performance and line.place.code in wanted
            ],
        )


def drop_lines(basket: BasketContents, line_ids: Sequence[int]) -> None:
    """For a caller that has the basket locked."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH gone AS (
                DELETE FROM ticketing_basketline WHERE basket_id = %s AND id = ANY(%s) RETURNING place_id
            )
            UPDATE ticketing_place SET state = 'available', held_until = NULL, holder = NULL
            WHERE id IN (SELECT place_id FROM gone) AND state = 'held' AND holder = %s
            """,
            [basket.id, list(line_ids), basket.id],
        )
