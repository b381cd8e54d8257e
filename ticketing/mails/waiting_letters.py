"""What somebody on a waiting list hears: that they are on it, and that places are kept for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop, override

from ticketing.mails.addresses import leave_list_address, offer_address
from ticketing.mails.letters import Envelope, Letter
from ticketing.mails.order_words import Night, moment
from ticketing.mails.sending import send_once
from ticketing.models import WaitingListEntry


def send_joined(entry_id: int, *, now: datetime) -> None:
    entry = _entry(entry_id)
    if entry.state == WaitingListEntry.State.WAITING:
        envelope = _envelope(entry, "waiting_list_joined", str(entry.pk))
        send_once(envelope, lambda: _letter(entry, gettext_noop("On the waiting list: %(title)s")), now=now)


def send_offered(entry_id: int, *, now: datetime) -> None:
    """An offer that lapsed or was taken up before the mail could leave is not made any more."""
    entry = _entry(entry_id)
    until = entry.offered_until
    if entry.state != WaitingListEntry.State.OFFERED or until is None or until <= now:
        return
    envelope = _envelope(entry, "waiting_list_offered", f"{entry.pk}:{until.timestamp():.0f}")
    send_once(envelope, lambda: _letter(entry, gettext_noop("Places for you: %(title)s"), until=until), now=now)


def _entry(entry_id: int) -> WaitingListEntry:
    return WaitingListEntry.objects.select_related(
        "performance__house", "performance__production", "performance__hall"
    ).get(pk=entry_id)


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
            "offer_url": offer_address(house, entry.secret, language=entry.language),
            "leave_url": leave_list_address(house, entry.secret, language=entry.language),
        }
        return Letter(gettext(subject) % {"title": night.title}, words)
