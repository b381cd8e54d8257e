"""What somebody who waits hears: whether they want to, that they are on the list, and that places are kept for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop, override

from ticketing.mails.addresses import join_list_address, leave_list_address, offer_address
from ticketing.mails.letters import Envelope, Letter
from ticketing.mails.order_words import Night, moment
from ticketing.mails.sending import send_once
from ticketing.models import WaitingListEntry


def send_question(entry_id: int, *, now: datetime) -> None:
    """Once for every time somebody asked."""
    entry = _entry(entry_id)
    if entry is not None and entry.state == WaitingListEntry.State.ASKED:
        envelope = _envelope(entry, "waiting_list_asked", f"{entry.pk}:{entry.joined_at.timestamp():.0f}")
        send_once(envelope, lambda: _letter(entry, gettext_noop("Do you want to wait for %(title)s?")), now=now)


def send_joined(entry_id: int, *, now: datetime) -> None:
    entry = _entry(entry_id)
    if entry is not None and entry.state == WaitingListEntry.State.WAITING:
        envelope = _envelope(entry, "waiting_list_joined", str(entry.pk))
        send_once(envelope, lambda: _letter(entry, gettext_noop("On the waiting list: %(title)s")), now=now)


def send_offered(entry_id: int, *, now: datetime) -> None:
    """An offer that lapsed or was taken up before the mail could leave is not made any more."""
    entry = _entry(entry_id)
    until = entry.offered_until if entry is not None else None
    if entry is None or entry.state != WaitingListEntry.State.OFFERED or until is None or until <= now:
        return
    envelope = _envelope(entry, "waiting_list_offered", f"{entry.pk}:{until.timestamp():.0f}")
    send_once(envelope, lambda: _letter(entry, gettext_noop("Places for you: %(title)s"), until=until), now=now)


def _entry(entry_id: int) -> WaitingListEntry | None:
    """None when the person was forgotten meanwhile."""
    entries = WaitingListEntry.objects.select_related(
        "performance__house", "performance__production", "performance__hall"
    )
    return entries.filter(pk=entry_id).first()


def _envelope(entry: WaitingListEntry, template: str, occasion: str) -> Envelope:
    return Envelope(
        occasion=f"{template}:{occasion}",
        template=template,
        house=entry.performance.house,
        language=entry.language,
        to=entry.email,
    )


def _letter(entry: WaitingListEntry, subject: str, *, until: datetime | None = None) -> Letter:
    performance, house = entry.performance, entry.performance.house
    with override(entry.language):
        night = Night(
            title=str(performance.production.title),
            moment=moment(localtime(performance.starts_at)),
            places=(str(performance.hall.name),),
            starts_at=performance.starts_at,
        )
        words: Mapping[str, Any] = {
            "night": night,
            "quantity": entry.quantity,
            "until": moment(localtime(until)).lower() if until else "",
            "confirm_url": join_list_address(house, entry.secret, language=entry.language),
            "offer_url": offer_address(house, entry.secret, language=entry.language),
            "leave_url": leave_list_address(house, entry.secret, language=entry.language),
        }
        return Letter(gettext(subject) % {"title": night.title}, words)
