"""The waiting list of a sold-out performance: first come, first offered, as places come back.

An offer keeps places from everybody else for half a day, so it is made to addresses that were proved only.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from outbox.recording import record
from ticketing.errors import TicketingError
from ticketing.facts import WaitingListAsked, WaitingListJoined, WaitingListOffered
from ticketing.models import Basket, Order, Performance, Place, WaitingListEntry
from ticketing.national_numbers import refuse_national_numbers
from ticketing.operations.best_available import hold_best
from ticketing.operations.hold_places import PlacesTaken
from ticketing.operations.holds import hold
from ticketing.operations.releases import drop_lines
from ticketing.operations.wishes import Wish
from ticketing.queries.baskets import find_basket
from ticketing.queries.customers import addressed
from ticketing.queries.kept_terms import sale_terms, terms_at
from ticketing.queries.place_states import ordinary_free_counts
from ticketing.queries.selling import is_on_sale
from ticketing.seating.best_available import Party

OFFER_LASTS = timedelta(hours=12)
KEEP_UNPROVED = timedelta(days=2)
MOST_PLACES = 10


class WrongAddress(TicketingError):
    code = "wrong_address"
    message = _("Fill in a valid e-mail address; we write to it as soon as places come free.")


class WrongNumber(TicketingError):
    code = "wrong_number"
    message = _("Choose between 1 and 10 places.")


class AlreadyWaiting(TicketingError):
    code = "already_waiting"
    message = _("This address is on the waiting list already.")
    status = 409


class NotSoldOut(TicketingError):
    code = "not_sold_out"
    message = _("There are still places for this performance: choose them now.")
    status = 409


def ask(*, performance: str, email: str, first_name: str, quantity: int, language: str, now: datetime) -> int:
    """Write to somebody who wants to wait; they do once they confirm. Asking again writes again, and changes the wish.

    Returns the entry's id. Raises SalesClosed, NotSoldOut, AlreadyWaiting, WrongAddress, WrongNumber.
    """
    terms = sale_terms(performance)
    terms.require_on_sale(now)
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise WrongAddress from wrong
    if not 1 <= quantity <= MOST_PLACES:
        raise WrongNumber
    refuse_national_numbers({"first_name": first_name})
    if _free(terms.performance_id, now=now) >= quantity:
        raise NotSoldOut
    asked = WaitingListEntry.objects.filter(addressed(email.strip()), performance_id=terms.performance_id)
    try:
        with transaction.atomic():
            before = asked.filter(state=WaitingListEntry.State.ASKED).select_for_update().first()
            entry = before or WaitingListEntry(
                performance_id=terms.performance_id, email=email.strip(), secret=secrets.token_urlsafe(16)[:24]
            )
            entry.first_name, entry.language = first_name.strip()[:80], language
            entry.quantity, entry.joined_at = quantity, now
            entry.save()
            record(WaitingListAsked(entry_id=entry.id, performance_id=terms.performance_id), now=now)
    except IntegrityError as twice:
        raise AlreadyWaiting from twice
    return entry.id


def confirm(*, secret: str, now: datetime) -> bool:
    """On the list from now on, by the link in the mail; False when there is nothing left to confirm."""
    with transaction.atomic():
        asked = WaitingListEntry.objects.filter(secret=secret, state=WaitingListEntry.State.ASKED)
        entry = asked.select_for_update().first()
        if entry is None:
            return False
        entry.state, entry.joined_at = WaitingListEntry.State.WAITING, now
        entry.save(update_fields=["state", "joined_at"])
        record(WaitingListJoined(entry_id=entry.id, performance_id=entry.performance_id), now=now)
    return True


def forget_unproved(*, now: datetime) -> int:
    """Addresses nobody said are theirs; returns how many."""
    unproved = WaitingListEntry.objects.filter(state=WaitingListEntry.State.ASKED)
    return unproved.filter(joined_at__lte=now - KEEP_UNPROVED).delete()[0]


def leave(*, secret: str, now: datetime) -> bool:
    """Off the list, by the link in the mail; False when that was so already. What was offered is free at once."""
    with transaction.atomic():
        on_the_list = WaitingListEntry.objects.filter(secret=secret, state__in=WaitingListEntry.ON_THE_LIST)
        entry = on_the_list.select_for_update().first()
        if entry is None:
            return False
        _end(entry, state=WaitingListEntry.State.WITHDRAWN)
    return True


def serve(*, now: datetime) -> int:
    """Whoever bought what was offered is no longer waiting; returns how many that were."""
    bought = WaitingListEntry.objects.filter(
        state=WaitingListEntry.State.OFFERED, basket__orders__state=Order.State.PAID
    )
    served = WaitingListEntry.objects.filter(id__in=list(bought.values_list("id", flat=True)))
    return served.update(state=WaitingListEntry.State.SERVED)


def offer_free(*, now: datetime) -> int:
    """Offer what came free without anybody saying so: holds that ran out, orders nobody paid, offers that lapsed."""
    waiting = WaitingListEntry.objects.filter(state=WaitingListEntry.State.WAITING)
    performances = list(waiting.order_by().values_list("performance_id", flat=True).distinct())
    free = ordinary_free_counts(performances, now=now) if performances else {}
    return sum(offer_next(performance_id=found, now=now) for found in sorted(free) if free[found])


def offer_next(*, performance_id: int, now: datetime) -> int:
    """Offer free places to those who wait longest and for whom they suffice; returns how many offers were made.

    Each offer is a basket of its own that holds the places for half a day: the mail's link opens it.
    """
    made = 0
    performance = Performance.objects.select_related("house").get(id=performance_id)
    terms = terms_at(performance.id, performance.house.programme_version)
    if not is_on_sale(terms, now=now):
        return 0
    waiting = WaitingListEntry.objects.filter(performance_id=performance_id, state=WaitingListEntry.State.WAITING)
    for entry_id in list(waiting.order_by("joined_at", "id").values_list("id", flat=True)):
        with transaction.atomic():
            entry = waiting.select_for_update(skip_locked=True).filter(id=entry_id).first()
            if entry is None or _free(performance_id, now=now) < entry.quantity:
                continue
            if _offer(entry, code=performance.code, now=now):
                made += 1
    return made


def _offer(entry: WaitingListEntry, *, code: str, now: datetime) -> bool:
    try:
        with transaction.atomic():
            basket_id = _hold_for(entry, code=code, now=now)
    except TicketingError:
        return False  # not as many together, or not any more: whoever comes next may want fewer
    until = now + OFFER_LASTS
    Basket.objects.filter(id=basket_id).update(expires_at=until, email=entry.email, first_name=entry.first_name)
    Place.objects.filter(holder=basket_id, state=Place.State.HELD).update(held_until=until)
    entry.state, entry.offered_until, entry.basket_id = WaitingListEntry.State.OFFERED, until, basket_id
    entry.save(update_fields=["state", "offered_until", "basket"])
    record(WaitingListOffered(entry_id=entry.id, performance_id=entry.performance_id), now=now)
    return True


def _hold_for(entry: WaitingListEntry, *, code: str, now: datetime) -> UUID:
    if Place.objects.filter(performance_id=entry.performance_id, kind=Place.Kind.STANDING).exists():
        wish = Wish(standing={"": entry.quantity})
        with suppress(PlacesTaken), transaction.atomic():
            return hold(performance=code, wish=wish, basket_id=None, language=entry.language, now=now).basket_id
    party = Party(seats=entry.quantity)
    return hold_best(performance=code, party=party, basket_id=None, language=entry.language, now=now).held.basket_id


def lapse(*, now: datetime) -> int:
    """Offers nobody took up make room for the next; returns how many lapsed."""
    due = WaitingListEntry.objects.filter(state=WaitingListEntry.State.OFFERED, offered_until__lte=now)
    lapsed = 0
    for entry_id in list(due.order_by("id").values_list("id", flat=True)):
        with transaction.atomic():
            entry = due.select_for_update(skip_locked=True).filter(id=entry_id).first()
            if entry is not None and not _is_being_bought(entry, now=now):
                _end(entry, state=WaitingListEntry.State.LAPSED)
                lapsed += 1
    return lapsed


def _is_being_bought(entry: WaitingListEntry, *, now: datetime) -> bool:
    """At the provider at this moment, or still busy with the basket in the time they were given."""
    basket = find_basket(entry.basket_id) if entry.basket_id else None
    if basket is None:
        return False
    return not basket.is_open or (basket.expires_at > now and bool(basket.lines_at(entry.performance_id)))


def _end(entry: WaitingListEntry, *, state: WaitingListEntry.State) -> None:
    """Off the list; the places of an offer go back, whatever else is in its basket stays."""
    if entry.basket_id is not None:
        basket = find_basket(entry.basket_id, lock=True)
        if basket is not None and basket.is_open:
            drop_lines(basket, [line.id for line in basket.lines_at(entry.performance_id)])
    entry.state = state
    entry.save(update_fields=["state"])


def _free(performance_id: int, *, now: datetime) -> int:
    return ordinary_free_counts([performance_id], now=now).get(performance_id, 0)
