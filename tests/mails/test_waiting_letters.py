"""Who waits hears at every step, in their own language, with the one link that step needs, and nothing out of date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from outbox.models import Delivery
from outbox.recording import record
from outbox.testing import drain_outbox
from tests.ticketing.building import on_sale
from tests.ticketing.selling import stood
from ticketing.facts import WaitingListAsked, WaitingListJoined, WaitingListOffered
from ticketing.models import Performance, WaitingListEntry
from ticketing.operations import waiting_list

pytestmark = pytest.mark.django_db

SAID = {
    "nl": ("Wil je wachten op De meeuw?", "Op de wachtlijst: De meeuw", "Plaatsen voor jou: De meeuw"),
    "fr": (
        "Voulez-vous attendre De meeuw (fr) ?",
        "Sur la liste d’attente : De meeuw (fr)",
        "Des places pour vous : De meeuw (fr)",
    ),
    "en": (
        "Do you want to wait for De meeuw (en)?",
        "On the waiting list: De meeuw (en)",
        "Places for you: De meeuw (en)",
    ),
}


@pytest.fixture
def full(now: datetime) -> Performance:
    """Two standing places, both in a basket for a quarter of an hour."""
    performance = on_sale(now, rows=0, standing=2)
    stood(performance, now, full=2)
    return performance


def asked(performance: Performance, now: datetime, language: str = "nl") -> WaitingListEntry:
    entry = waiting_list.ask(
        performance=performance.code, email="noor@example.org", first_name="Noor", quantity=2, language=language,
        now=now,
    )  # fmt: skip
    return WaitingListEntry.objects.get(id=entry)


def letters(now: datetime) -> list[EmailMultiAlternatives]:
    """Those that leave now."""
    before = len(mail.outbox)
    drain_outbox(now=now)
    return list(mail.outbox[before:])  # type: ignore[arg-type]  # all of ours have alternatives


def links(words: str) -> list[str]:
    """What the links of a mail do, in its order."""
    return re.findall(r"/waiting/[^/\s]+/(\w*)/?(?=[\s\"])", words)


@pytest.mark.parametrize("language", SAID)
def test_every_step_is_a_letter_with_its_links(now: datetime, full: Performance, language: str) -> None:
    entry = asked(full, now, language)
    [question] = letters(now)
    waiting_list.confirm(secret=entry.secret, now=now)
    [joined] = letters(now)
    later = now + timedelta(minutes=16)
    waiting_list.offer_free(now=later)
    [offered] = letters(later)
    assert (question.subject, joined.subject, offered.subject) == SAID[language]
    for letter, found in ((question, ["confirm"]), (joined, ["leave"]), (offered, ["", "leave"])):
        [(rich, kind)] = [tuple(form) for form in letter.alternatives]
        assert (letter.to, kind, links(str(letter.body)), links(str(rich))) == (
            ["noor@example.org"], "text/html", found, found,
        )  # fmt: skip
        assert f"/{language}/zomerhof/waiting/{entry.secret}/" in letter.body


def test_who_asks_again_is_written_to_again_and_each_time_once(now: datetime, full: Performance) -> None:
    entry = asked(full, now)
    assert len(letters(now)) == 1
    with transaction.atomic():
        record(WaitingListAsked(entry_id=entry.id, performance_id=full.id), now=now)
    assert letters(now) == []
    later = now + timedelta(minutes=5)
    asked(full, later)
    assert len(letters(later)) == 1


def test_what_is_no_longer_so_is_not_written(now: datetime, full: Performance) -> None:
    entry = asked(full, now)
    facts = [kind(entry_id=entry.id, performance_id=full.id) for kind in (WaitingListJoined, WaitingListOffered)]
    with transaction.atomic():
        for fact in facts:
            record(fact, now=now)
    WaitingListEntry.objects.update(state="withdrawn")
    assert letters(now) == []


def test_of_who_was_forgotten_nothing_is_left_to_write(now: datetime, full: Performance) -> None:
    entry = asked(full, now)
    told = {"entry_id": entry.id, "performance_id": full.id}
    with transaction.atomic():
        for fact in (WaitingListJoined(**told), WaitingListOffered(**told)):
            record(fact, now=now)
    entry.delete()
    assert letters(now) == []
    assert not Delivery.objects.exclude(state="done").exists()
