"""Forgetting people once there is no reason left to know them: those who only passed by ask for nothing.

What was bought stays with the books, and goes from them when its buyer asks (`operations.privacy`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from ticketing.models import Order, Payment, WaitingListEntry
from ticketing.privacy import NOBODYS_ADDRESS

# Somebody may ask afterwards why no place came.
KEEP_WAITING = timedelta(days=30)
# Who signs in within the week gets a new code and goes on.
KEEP_UNPROVED = timedelta(days=7)
# Longer than any bank takes to say that money came after all.
KEEP_UNPAID = timedelta(days=90)
BATCH = 5000


def forget_ended_sessions(*, now: datetime) -> int:
    """Django leaves those that expired where they are."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]


def forget_who_waited(*, now: datetime) -> int:
    """Everybody on the list of a night that is long over, whatever came of it."""
    return WaitingListEntry.objects.filter(performance__starts_at__lte=now - KEEP_WAITING).delete()[0]


def forget_unproved_accounts(*, now: datetime) -> int:
    """Anybody can sign up with anybody's address; whoever did not say it is theirs has no account.

    Whom an operator made an account for did not sign up, so it has no address to prove yet.
    """
    told = EmailAddress.objects.filter(user=OuterRef("pk"))
    never_in = User.objects.filter(last_login=None, date_joined__lte=now - KEEP_UNPROVED)
    strangers = never_in.filter(is_staff=False, is_superuser=False, customer=None, memberships=None)
    unproved = strangers.filter(Exists(told)).exclude(Exists(told.filter(verified=True)))
    ids = list(unproved.order_by("pk").values_list("pk", flat=True)[:BATCH])
    User.objects.filter(pk__in=ids).delete()
    return len(ids)


def forget_unpaid_buyers(*, now: datetime) -> int:
    """Names and addresses of guests who never paid; what they wanted stays, for it is nobody's any more."""
    may_be_paid = Payment.objects.filter(order=OuterRef("pk"), means=Payment.Means.PROVIDER).exclude(provider_id="")
    may_be_paid = may_be_paid.exclude(state__in=[Payment.State.FAILED, Payment.State.CANCELLED, Payment.State.EXPIRED])
    given_up = Order.objects.filter(state=Order.State.ABANDONED, abandoned_at__lte=now - KEEP_UNPAID)
    unpaid = given_up.filter(customer=None).exclude(email=NOBODYS_ADDRESS).exclude(Exists(may_be_paid))
    ids = list(unpaid.order_by("pk").values_list("pk", flat=True)[:BATCH])
    return Order.objects.filter(pk__in=ids).update(first_name="", last_name="", email=NOBODYS_ADDRESS)
