"""Who only passed by is forgotten in time; who bought, or has an account, is not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from config.celery import app
from tests.ticketing.building import a_house, on_sale
from tests.ticketing.paying import paid_order, sold_online
from tests.ticketing.selling import held, placed
from ticketing.models import Membership, Order, WaitingListEntry
from ticketing.operations import abandonments, retention, tidying
from ticketing.operations.tidying import tidy_nightly
from ticketing.privacy import NOBODYS_ADDRESS
from ticketing.schedule import KERNEL_SCHEDULE

pytestmark = pytest.mark.django_db


def a_session(until: datetime) -> str:
    store = SessionStore()
    store["_auth_user_id"] = "1"
    store.save()
    Session.objects.filter(pk=store.session_key).update(expire_date=until)
    return str(store.session_key)


def test_a_session_goes_once_it_has_expired_and_not_before(now: datetime) -> None:
    a_session(now - timedelta(seconds=1))
    kept = [a_session(now), a_session(now + timedelta(days=30))]
    assert retention.forget_ended_sessions(now=now) == 1
    assert sorted(Session.objects.values_list("session_key", flat=True)) == sorted(kept)


def test_who_waited_is_forgotten_a_month_after_the_night(now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=1)
    WaitingListEntry.objects.create(
        performance=performance, email="an@example.org", quantity=1, language="nl", secret="x", joined_at=now
    )
    after = performance.starts_at + timedelta(days=30)
    assert retention.forget_who_waited(now=after - timedelta(seconds=1)) == 0
    assert retention.forget_who_waited(now=after) == 1
    assert not WaitingListEntry.objects.exists()


def an_account(name: str, joined: datetime, *, proved: bool = False, **more: object) -> User:
    user = User.objects.create_user(name, f"{name}@example.org", date_joined=joined, **more)
    EmailAddress.objects.create(user=user, email=user.email, verified=proved, primary=True)
    return user


def test_only_an_account_nobody_proved_is_forgotten_after_a_week(now: datetime) -> None:
    long_ago = now - timedelta(days=7)
    an_account("stranger", long_ago)
    an_account("slow", long_ago + timedelta(seconds=1))
    an_account("proved", long_ago, proved=True)
    an_account("seen", long_ago, last_login=now)
    an_account("operator", long_ago, is_superuser=True)
    User.objects.create_user("made", "made@example.org", date_joined=long_ago)
    Membership.objects.create(user=an_account("staff", long_ago), house=a_house(now), role="box_office")
    assert retention.forget_unproved_accounts(now=now) == 1
    left = ["made", "operator", "proved", "seen", "slow", "staff"]
    assert sorted(User.objects.values_list("username", flat=True)) == left
    assert EmailAddress.objects.count() == len(left) - 1


def test_a_guest_who_never_paid_has_no_name_after_three_months(now: datetime) -> None:
    show = sold_online(now)
    paid_order(show, now, "0")
    unpaid, asked = placed(held(show, now, "1").basket_id, now), placed(held(show, now, "2").basket_id, now)
    for order in (unpaid, asked):
        abandonments.abandon(order_id=order.id, reason="expired", now=now)
    # The bank has not said its last word about this one.
    asked.payments.update(provider_id="tr_open", state="pending")
    after = now + timedelta(days=90)
    assert retention.forget_unpaid_buyers(now=after - timedelta(seconds=1)) == 0
    assert [retention.forget_unpaid_buyers(now=after) for _time in range(2)] == [1, 0]
    unpaid.refresh_from_db()
    assert (unpaid.first_name, unpaid.last_name, unpaid.email) == ("", "", NOBODYS_ADDRESS)
    assert Order.objects.exclude(last_name="").count() == 2


def test_every_night_all_of_it_is_done_even_when_one_fails(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*, now: datetime) -> int:
        raise RuntimeError("lost a session")

    a_session(now - timedelta(days=1))
    monkeypatch.setattr(tidying, "NIGHTLY_DUTIES", (fails, *tidying.NIGHTLY_DUTIES))
    with pytest.raises(ExceptionGroup):
        tidy_nightly(now=now)
    assert not Session.objects.exists()


def test_the_timetable_names_tasks_that_exist_and_asks_once_a_night() -> None:
    app.loader.import_default_modules()
    assert {entry["task"] for entry in KERNEL_SCHEDULE.values()} <= set(app.tasks)
    nightly = KERNEL_SCHEDULE["ticketing-tidy-nightly"]["schedule"]
    assert (len(nightly.hour), len(nightly.minute), len(nightly.day_of_week)) == (1, 1, 7)
