"""A basket with its lines, read in one statement, whether to show it or to change it under lock."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.models import Basket, BasketLine
from ticketing.money import ZERO
from ticketing.queries.customers import entitled
from ticketing.queries.kept_terms import terms_at
from ticketing.queries.pricing import NOBODY, Buyer, VoucherTerms
from ticketing.queries.terms import SaleTerms
from ticketing.queries.vouchers import places_left, valid_vouchers


class BasketNotFound(TicketingError):
    code = "basket_not_found"
    message = _("Your basket is no longer there. Choose your places again.")
    status = 404


@dataclass(frozen=True)
class BasketPlace:
    """Where a line's place is; `is_kept` says that this basket still has it."""

    id: int
    code: str
    area: str
    kind: str
    rank_id: int
    is_kept: bool = True


@dataclass(frozen=True)
class Line:
    id: int
    kind: str
    house_id: int
    gross: Decimal
    components: list[dict[str, Any]]
    price_type_id: int | None
    price_voucher_id: int | None
    terms: SaleTerms | None
    place: BasketPlace | None


@dataclass(frozen=True)
class BasketContents:
    id: UUID
    house_id: int
    channel_id: int
    channel_kind: str
    language: str
    state: str
    expires_at: datetime
    extensions: int
    created_at: datetime
    customer_id: int | None
    codes: tuple[str, ...]
    first_name: str
    last_name: str
    email: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> Decimal:
        return sum((line.gross for line in self.lines), ZERO)

    @property
    def place_lines(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.kind == BasketLine.Kind.PLACE)

    @property
    def is_open(self) -> bool:
        return self.state == Basket.State.OPEN

    def has_expired(self, now: datetime) -> bool:
        """Places are only lost once the time is over; a basket with a gift card alone never expires."""
        return bool(self.place_lines) and self.expires_at <= now

    def lines_at(self, performance_id: int) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.terms and line.terms.performance_id == performance_id)


_SQL = """
SELECT b.id, b.house_id, b.channel_id, c.kind, b.language, b.state, b.expires_at, b.extensions, b.created_at,
       b.customer_id, b.codes, b.first_name, b.last_name, b.email,
       l.id, l.kind, l.house_id, l.gross, l.components, l.price_type_id, l.price_voucher_id,
       l.performance_id, h.programme_version,
       pl.id, pl.code, pl.area, pl.kind, pl.rank_id, coalesce(pl.holder = b.id, false)
FROM ticketing_basket b
JOIN ticketing_saleschannel c ON c.id = b.channel_id
LEFT JOIN ticketing_basketline l ON l.basket_id = b.id
LEFT JOIN ticketing_performance p ON p.id = l.performance_id
LEFT JOIN ticketing_house h ON h.id = p.house_id
LEFT JOIN ticketing_place pl ON pl.id = l.place_id
WHERE b.id = %s
ORDER BY l.id
"""


def find_basket(basket_id: UUID, *, lock: bool = False) -> BasketContents | None:
    """The basket or None; with `lock` nobody else changes it until the transaction ends."""
    with connection.cursor() as cursor:
        if lock:
            # A statement of its own: one that waits for a lock reads all other rows as they were before it waited.
            cursor.execute("SELECT 1 FROM ticketing_basket WHERE id = %s FOR UPDATE", [basket_id])
        cursor.execute(_SQL, [basket_id])
        rows = cursor.fetchall()
    if not rows:
        return None
    head = rows[0]
    return BasketContents(
        id=head[0],
        house_id=head[1],
        channel_id=head[2],
        channel_kind=head[3],
        language=head[4],
        state=head[5],
        expires_at=head[6],
        extensions=head[7],
        created_at=head[8],
        customer_id=head[9],
        codes=tuple(_json(head[10])),
        first_name=head[11],
        last_name=head[12],
        email=head[13],
        lines=tuple(_line(row) for row in rows if row[14] is not None),
    )


def open_basket(basket_id: UUID, *, lock: bool = False) -> BasketContents:
    """An open basket, or BasketNotFound."""
    basket = find_basket(basket_id, lock=lock)
    if basket is None or not basket.is_open:
        raise BasketNotFound
    return basket


def _line(row: tuple[Any, ...]) -> Line:
    return Line(
        id=row[14],
        kind=row[15],
        house_id=row[16],
        gross=row[17],
        components=_json(row[18]),
        price_type_id=row[19],
        price_voucher_id=row[20],
        terms=terms_at(row[21], row[22]) if row[21] is not None else None,
        place=BasketPlace(*row[23:29]) if row[23] is not None else None,
    )


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def buyer_of(basket: BasketContents, *, now: datetime) -> Buyer:
    """Who is buying, for the pricing function; costs nothing for a guest without codes."""
    return Buyer(
        channel_kind=basket.channel_kind,
        vouchers=vouchers_named(basket.codes, now=now),
        entitled=entitled(basket.customer_id) if basket.customer_id else NOBODY,
    )


def vouchers_named(codes: Iterable[str], *, now: datetime) -> tuple[VoucherTerms, ...]:
    """The price vouchers among the codes that hold now; gift cards are no vouchers and do not change a price."""
    wanted = list(codes)
    if not wanted:
        return ()
    return tuple(
        VoucherTerms(v.id, v.code, v.house_id, v.effect, v.price_type_id, v.value, v.production_id, places)
        for v in valid_vouchers(now).filter(code__in=wanted).order_by("id")
        if (places := places_left(v)) > 0
    )
