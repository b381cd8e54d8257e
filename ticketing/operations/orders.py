"""From basket to order: what happens at the pay button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from ticketing.errors import TicketingError
from ticketing.identifiers import random_code, uuid7
from ticketing.models import (
    Basket,
    BasketLine,
    ConsentEntry,
    House,
    Order,
    OrderLine,
    Payment,
)
from ticketing.money import ZERO
from ticketing.operations import baskets
from ticketing.operations.abandonments import abandon
from ticketing.operations.contacts import Contact, ContactIncomplete
from ticketing.operations.entitlements import take_slots
from ticketing.operations.orphans import check_orphans
from ticketing.operations.payment_legs import GRACE, insert_legs
from ticketing.operations.rows import insert_rows
from ticketing.operations.tariffs import check_codes
from ticketing.operations.vat import share_vat
from ticketing.ports import before_payment_sockets
from ticketing.queries.baskets import BasketContents, BasketNotFound, Line, find_basket
from ticketing.queries.places import descriptions

MOST_ATTEMPTS = 3


class EmptyBasket(TicketingError):
    code = "empty_basket"
    message = _("Your basket is empty. Choose a performance first.")


class PlacesLost(TicketingError):
    code = "places_lost"
    message = _("The time was over and somebody else took one of your places. Choose again; nothing has been paid.")
    status = 409


class TotalChanged(TicketingError):
    code = "total_changed"
    message = _("The total has changed from %(shown)s to %(total)s. Check your basket before you pay.")
    status = 409


class PreparationRefused(TicketingError):
    """A socket before payment said no; `reason_messages` holds its sentence per language."""

    code = "preparation_refused"
    message = _("The order could not be prepared.")
    status = 409


@dataclass(frozen=True)
class ConsentAnswer:
    """An answer to one of the two unticked questions at checkout; `house_id` asked it."""

    house_id: int
    purpose: str
    granted: bool
    text_version: str


@dataclass(frozen=True)
class PlacedOrder:
    order: Order
    due: Decimal


def place_order(
    *,
    basket_id: UUID,
    contact: Contact,
    now: datetime,
    shown_total: Decimal | None = None,
    shown_due: Decimal | None = None,
    consents: Sequence[ConsentAnswer] = (),
    customer_id: int | None = None,
    method: str = "",
    is_staff: bool = False,
    is_historical: bool = False,
    order_id: UUID | None = None,
) -> PlacedOrder:
    """Turn a basket into an order of immutable lines with its places reserved and its payment legs stored.

    `shown_total` and `shown_due` are what the page said it costs, before and after gift cards. `order_id` is the one
    the buyer was told beforehand, for an answer may be lost; another is taken when an order has it. A second press of
    the pay button finds the order already placed and returns it. What is left to pay at the provider is `due`;
    `operations.payments.start` asks the provider next, outside this transaction.
    """
    wrong = contact.wrong_fields()
    if wrong:
        raise ContactIncomplete(wrong)
    for attempt in range(MOST_ATTEMPTS):
        try:
            with transaction.atomic():
                basket = find_basket(basket_id, lock=True)
                if basket is None:
                    raise BasketNotFound
                if not basket.is_open:
                    return _already_placed(basket)
                _check(basket, shown_total=shown_total, is_staff=is_staff, now=now)
                order = _insert_order(
                    order_id or uuid7(), basket, contact=contact, customer_id=customer_id, is_historical=is_historical,
                    now=now,
                )  # fmt: skip
                _reserve(basket, order=order)
                _insert_lines(order, basket=basket, now=now)
                due = insert_legs(order, basket=basket, method=method, now=now)
                if shown_due is not None and shown_due != due:
                    raise TotalChanged(shown=shown_due, total=due)
                _insert_consents(order, consents, now=now)
                Basket.objects.filter(id=basket.id).update(state=Basket.State.ORDERED)
            break
        except IntegrityError:
            # Two orders drew the same reference, once in a blue moon, or this id has its order: draw again.
            if attempt == MOST_ATTEMPTS - 1:
                raise
            order_id = None
    if order.state == Order.State.PREPARING:
        _prepare(order, now=now)
    return PlacedOrder(order, due)


def _already_placed(basket: BasketContents) -> PlacedOrder:
    order = (
        Order.objects.filter(basket_id=basket.id).exclude(state=Order.State.ABANDONED).order_by("-placed_at").first()
    )
    if order is None:
        raise BasketNotFound
    due = sum((leg.amount for leg in order.payments.all() if leg.means == Payment.Means.PROVIDER), ZERO)
    return PlacedOrder(order, due)


def _check(basket: BasketContents, *, shown_total: Decimal | None, is_staff: bool, now: datetime) -> None:
    if not basket.lines:
        raise EmptyBasket
    for line in basket.place_lines:
        assert line.terms is not None
        line.terms.require_on_sale(now)
    baskets.check(basket)
    if not is_staff:
        check_orphans(basket, now=now)
    if shown_total is not None and shown_total != basket.total:
        raise TotalChanged(shown=shown_total, total=basket.total)
    check_codes(basket.place_lines)


def _insert_order(
    order_id: UUID,
    basket: BasketContents,
    *,
    contact: Contact,
    customer_id: int | None,
    is_historical: bool,
    now: datetime,
) -> Order:
    prefix, minutes = _house_of(basket)
    order = Order(
        id=order_id,
        house_id=basket.house_id,
        channel_id=basket.channel_id,
        basket_id=basket.id,
        customer_id=customer_id or basket.customer_id,
        state=Order.State.PREPARING,
        language=basket.language,
        first_name=contact.first_name.strip(),
        last_name=contact.last_name.strip(),
        email=contact.email.strip(),
        total=basket.total,
        placed_at=now,
        expires_at=now + timedelta(minutes=minutes) + GRACE,
        is_historical=is_historical,
    )
    order.reference = f"{prefix}-{random_code(6)}"
    if not before_payment_sockets():
        order.state = Order.State.AWAITING_PAYMENT
    insert_rows([order])
    return order


def _house_of(basket: BasketContents) -> tuple[str, int]:
    for line in basket.lines:
        if line.terms and line.terms.house.id == basket.house_id:
            return line.terms.house.order_prefix, line.terms.house.payment_minutes
    prefix, minutes = House.objects.values_list("order_prefix", "payment_minutes").get(id=basket.house_id)
    return prefix, minutes


def _reserve(basket: BasketContents, *, order: Order) -> None:
    """Only places this basket still has: a hold that lapsed but was taken by nobody else is as good as any."""
    places = [line.place.id for line in basket.place_lines if line.place]
    if not places:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE ticketing_place SET state = 'reserved', held_until = NULL, holder = %s
            WHERE id = ANY(%s) AND state = 'held' AND holder = %s
            """,
            [order.id, places, basket.id],
        )
        if cursor.rowcount != len(places):
            raise PlacesLost


def _insert_lines(order: Order, *, basket: BasketContents, now: datetime) -> None:
    words = descriptions(line for line in basket.place_lines)
    lines = [_order_line(order, line, words=words, now=now) for line in basket.lines]
    share_vat(lines)
    insert_rows(lines)
    terms = {line.terms.performance_id: line.terms for line in basket.lines if line.terms}
    take_slots(lines, terms=terms, customer_id=order.customer_id, now=now)


def _order_line(order: Order, line: Line, *, words: dict[int, dict[str, object]], now: datetime) -> OrderLine:
    is_place = line.kind == BasketLine.Kind.PLACE
    return OrderLine(
        order=order,
        kind=OrderLine.Kind.PLACE if is_place else OrderLine.Kind.GIFT_CARD,
        house_id=line.house_id,
        performance_id=line.terms.performance_id if line.terms else None,
        place_id=line.place.id if line.place else None,
        price_type_id=line.price_type_id,
        family=line.terms.price_types[line.price_type_id].family if line.terms and line.price_type_id else "",
        gross=line.gross,
        components=line.components,
        description=words.get(line.id, {}),
        price_voucher_id=line.price_voucher_id,
        created_at=now,
    )


def _insert_consents(order: Order, answers: Sequence[ConsentAnswer], *, now: datetime) -> None:
    insert_rows(
        [
            ConsentEntry(
                order=order,
                customer_id=order.customer_id,
                house_id=answer.house_id,
                purpose=answer.purpose,
                granted=answer.granted,
                text_version=answer.text_version,
                source="checkout",
                answered_at=now,
            )
            for answer in answers
        ]
    )


def _prepare(order: Order, *, now: datetime) -> None:
    """Ask every socket, outside any transaction; the first refusal reopens the basket with its places."""
    asked = []
    for socket in before_payment_sockets():
        refusal = socket.prepare(order.id, now=now)
        asked.append(socket)
        if refusal is not None:
            for earlier in asked:
                earlier.undo(order.id, now=now)
            abandon(order_id=order.id, reason=refusal.code, keep_places=True, now=now)
            raise PreparationRefused(reason=refusal.code, messages=dict(refusal.messages))
    order.state = Order.State.AWAITING_PAYMENT
    Order.objects.filter(id=order.id, state=Order.State.PREPARING).update(state=order.state)


def revoke_links(*, order_id: UUID) -> None:
    """Every link to this order given out so far stops working."""
    Order.objects.filter(id=order_id).update(link_secret=random_code(16))
