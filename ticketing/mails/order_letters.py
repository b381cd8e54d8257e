"""The letters an order brings: each reads the present state and goes out once per occasion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from ticketing.attempts import UNPAID_MAILS_OF_RECIPIENT, count, is_spent
from ticketing.mails.addresses import (
    calendar_address,
    confirm_address,
    house_address,
    order_address,
    performance_address,
)
from ticketing.mails.letters import Attachment, Envelope, Letter
from ticketing.mails.order_words import (
    amounts_of,
    change_rule,
    greeting,
    in_words,
    listed,
    moment,
    nights_of,
    ready,
)
from ticketing.mails.sending import send_once
from ticketing.models import ChangeConfirmation, GiftCard, Order, OrderLine, Payment, Performance
from ticketing.printing.rendering import printed_tickets
from ticketing.printing.sheets import grouped
from ticketing.printing.wallet import wallets_offered
from ticketing.queries.printing import PrintableTicket, tickets_of, valid_tickets
from ticketing.templatetags.shop import money

# A buyer who cancels at the provider knows; who ran out of time or was refused by a bank may not.
UNPAID_REASONS = ("expired", "payment_expired", "payment_failed")


def send_tickets(order_id: UUID, *, now: datetime) -> None:
    order = _order(order_id)
    lines = list(order.lines.exclude(kind=OrderLine.Kind.CANCELLATION))
    if any(line.kind == OrderLine.Kind.PLACE for line in lines):
        send_once(_envelope(order, "order_paid"), lambda: _tickets_letter(order, lines, now), now=now)
    if any(line.kind == OrderLine.Kind.GIFT_CARD for line in lines):
        send_once(_envelope(order, "gift_card"), lambda: _gift_card_letter(order), now=now)


def send_refunded(order_id: UUID, *, amount: Decimal, now: datetime) -> None:
    """Paid after the places were gone: all of it goes back, and nobody has to ask for it."""
    order = _order(order_id)
    send_once(_envelope(order, "order_refunded"), lambda: _refunded_letter(order, amount), now=now)


def send_cancelled(order_id: UUID, *, ticket_ids: Sequence[int], amount: Decimal, now: datetime) -> None:
    order = _order(order_id)
    occasion = f"{order.id}:{min(ticket_ids, default=0)}"
    envelope = _envelope(order, "tickets_cancelled", occasion)
    send_once(envelope, lambda: _cancelled_letter(order, ticket_ids, amount), now=now)


def send_gift_card_cancelled(order_id: UUID, *, card_id: int, amount: Decimal, now: datetime) -> None:
    order = _order(order_id)
    envelope = _envelope(order, "gift_card_cancelled", str(card_id))
    send_once(envelope, lambda: _card_cancelled_letter(order, amount), now=now)


def send_not_paid(order_id: UUID, *, reason: str, now: datetime) -> None:
    order = _order(order_id)
    counted = (UNPAID_MAILS_OF_RECIPIENT, order.email.casefold())
    # An order costs nothing until it is paid, so anybody could have these sent to anybody, again and again.
    if reason in UNPAID_REASONS and order.state == Order.State.ABANDONED and not is_spent(*counted):
        send_once(_envelope(order, "order_not_paid"), lambda: _not_paid_letter(order), now=now)
        count(counted)


def send_confirmation(change_id: UUID, *, now: datetime) -> None:
    """A question that was answered or has expired before the mail could leave is not put any more."""
    change = ChangeConfirmation.objects.select_related("order__house").get(pk=change_id)
    if change.confirmed_at is None and change.expires_at > now:
        envelope = _envelope(change.order, "change_confirmation", str(change.id))
        send_once(envelope, lambda: _confirmation_letter(change), now=now)


def _order(order_id: UUID) -> Order:
    return Order.objects.select_related("house").get(pk=order_id)


def _envelope(order: Order, template: str, occasion: str = "") -> Envelope:
    return Envelope(
        occasion=f"{template}:{occasion or order.id}",
        template=template,
        house=order.house,
        language=order.language,
        to=order.email,
        order=order,
    )


def _tickets_letter(order: Order, lines: Sequence[OrderLine], now: datetime) -> Letter | None:
    """Nothing when all of it was cancelled before this mail could leave: that letter is on its way too."""
    tickets = valid_tickets(order_id=order.id)
    if not tickets:
        return None
    payments = order.payments.filter(state=Payment.State.PAID).select_related("gift_card").order_by("created_at")
    with override(order.language):
        nights = nights_of(tickets, house_id=order.house_id, language=order.language)
        words = {
            "greeting": greeting(order, nights, now=now),
            "intro": ready(nights, len(tickets)),
            "nights": nights,
            "show_titles": len({night.title for night in nights}) > 1,
            "amounts": amounts_of(lines, payments),
            "order_url": order_address(order),
            "calendar_url": calendar_address(order),
            "has_wallet": bool(wallets_offered()),
            "change_rule": change_rule(order),
        }
        subject = _("Your tickets for %(titles)s") % {
            "titles": listed(list(dict.fromkeys(night.title for night in nights)))
        }
    return Letter(subject, words, _paper(order, tickets, now))


def _paper(order: Order, tickets: Sequence[PrintableTicket], now: datetime) -> tuple[Attachment, ...]:
    """Without Pango on the machine there is no PDF; the order page then still shows every code."""
    content = printed_tickets(tickets, order_id=order.id, now=now)
    return (Attachment(f"tickets-{order.reference}.pdf", content, "application/pdf"),) if content else ()


def _gift_card_letter(order: Order) -> Letter:
    with override(order.language):
        cards = [
            {"code": grouped(card.code), "value": money(card.value), "until": card.expires_on}
            for card in GiftCard.objects.filter(line__order=order).order_by("id")
        ]
        words = {"cards": cards, "shop_url": house_address(order.house, language=order.language)}
        return Letter(_("Your gift card of %(house)s") % {"house": order.house.name}, words)


def _refunded_letter(order: Order, amount: Decimal) -> Letter:
    lines = list(order.lines.filter(kind=OrderLine.Kind.PLACE))
    with override(order.language):
        words = {
            "name": order.first_name,
            "amount": money(amount),
            "title": listed(_titles(lines)),
            "shop_url": _back_to_choosing(order, lines),
        }
        return Letter(_("Your payment goes back to you"), words)


def _cancelled_letter(order: Order, ticket_ids: Sequence[int], amount: Decimal) -> Letter:
    tickets = tickets_of(ticket_ids, order_id=order.id)
    with override(order.language):
        nights = nights_of(tickets, house_id=order.house_id, language=order.language)
        words = {
            "name": order.first_name,
            "nights": nights,
            "amount": money(amount) if amount else "",
            "order_url": order_address(order),
        }
        titles = listed(list(dict.fromkeys(night.title for night in nights)))
        return Letter(_("Cancelled: %(titles)s") % {"titles": titles}, words)


def _card_cancelled_letter(order: Order, amount: Decimal) -> Letter:
    with override(order.language):
        words = {
            "name": order.first_name,
            "amount": money(amount) if amount else "",
            "order_url": order_address(order),
        }
        return Letter(_("Your gift card is no longer valid."), words)


def _not_paid_letter(order: Order) -> Letter:
    lines = list(order.lines.exclude(kind=OrderLine.Kind.CANCELLATION))
    with override(order.language):
        words = {"name": order.first_name, "title": listed(_titles(lines)), "shop_url": _back_to_choosing(order, lines)}
        return Letter(_("Your order was not paid"), words)


def _confirmation_letter(change: ChangeConfirmation) -> Letter:
    with override(change.order.language):
        words = {
            "reference": change.order.reference,
            "until": moment(localtime(change.expires_at)).lower(),
            "confirm_url": confirm_address(change.order, change),
        }
        return Letter(_("Confirm the change of your order"), words)


def _titles(lines: Sequence[OrderLine]) -> list[str]:
    return list(dict.fromkeys(in_words(line.description.get("title")) for line in lines if line.description))


def _back_to_choosing(order: Order, lines: Sequence[OrderLine]) -> str:
    wanted = [line.performance_id for line in lines if line.performance_id]
    performance = Performance.objects.select_related("house", "production").filter(pk__in=wanted[:1]).first()
    if performance is None:
        return house_address(order.house, language=order.language)
    return performance_address(performance, language=order.language)
