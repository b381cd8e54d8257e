"""What people see of the outbox: backlogs, gauges, commands and the page "Needs attention"."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from prometheus_client import CollectorRegistry, generate_latest

from outbox import metrics
from outbox.errors import Rejected, Unavailable
from outbox.models import Decision, Delivery
from outbox.queries import Backlog, backlogs
from outbox.recording import record
from outbox.testing import drain_outbox
from tests.conftest import CountQueries
from tests.outbox.facts import OrderPaid, behaviour, heard

pytestmark = pytest.mark.django_db


def happen(order: str, *, now: datetime, due_at: datetime | None = None) -> None:
    with transaction.atomic():
        record(OrderPaid(order, 1), now=now, due_at=due_at)
    Delivery.objects.filter(subscriber="tests.listen_too").delete()


def behave(order: str, error: Exception) -> None:
    def fail(fact: OrderPaid) -> None:
        raise error

    behaviour[order] = fail


@pytest.fixture
def troubled(now: datetime) -> datetime:
    """One dead, one put off two minutes ago, one just recorded, one scheduled long ago for tomorrow."""
    behave("dead", Rejected("HTTP 422"))
    behave("late", Unavailable("HTTP 503"))
    happen("scheduled", now=now - timedelta(days=9), due_at=now + timedelta(days=1))
    happen("dead", now=now - timedelta(minutes=5))
    happen("late", now=now - timedelta(minutes=2))
    drain_outbox(now=now - timedelta(minutes=2))
    happen("new", now=now)
    return now


def test_backlog_counts_per_subscriber(troubled: datetime, count_queries: CountQueries) -> None:
    with count_queries(1):
        found = backlogs(now=troubled)

    assert found == [Backlog(subscriber="tests.listen", waiting=2, scheduled=1, dead=1, oldest=timedelta(minutes=2))]


def test_gauges_show_backlog_and_name_quiet_subscribers_too(troubled: datetime) -> None:
    registry = CollectorRegistry()
    metrics.register(registry)

    with time_machine.travel(troubled, tick=False):
        text = generate_latest(registry).decode()

    assert 'outbox_dead_deliveries{subscriber="tests.listen"} 1.0' in text
    assert 'outbox_waiting_deliveries{subscriber="tests.listen"} 2.0' in text
    assert 'outbox_oldest_waiting_seconds{subscriber="tests.listen"} 120.0' in text
    assert 'outbox_dead_deliveries{subscriber="tests.listen_too"} 0.0' in text


def test_status_command_tells_the_same(troubled: datetime) -> None:
    with time_machine.travel(troubled, tick=False):
        assert run("outbox_status") == "tests.listen: 2 waiting (oldest 120 s), 1 scheduled, 1 dead\n"
        assert json.loads(run("outbox_status", "--format", "json")) == [
            {"subscriber": "tests.listen", "waiting": 2, "scheduled": 1, "dead": 1, "oldest": 120.0}
        ]


def test_status_command_says_when_nothing_waits() -> None:
    assert run("outbox_status") == "Nothing waits.\n"


def test_replay_command_makes_deliveries_due_again(now: datetime) -> None:
    happen("a", now=now)
    drain_outbox(now=now)

    with time_machine.travel(now, tick=False):
        assert run("outbox_replay", "tests.listen", "--stream", "order:a") == "1 deliveries are due again.\n"
        assert run("outbox_replay", "tests.listen", "--since", "2027-02-01") == "0 deliveries are due again.\n"
    drain_outbox(now=now)

    assert heard == [("a", 1), ("a", 1)]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("tests.listen",), "Name a --stream"), (("tests.nobody", "--stream", "x"), "No such subscriber; there are: ")],
)
def test_replay_command_asks_for_a_subscriber_and_bounds(arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("outbox_replay", *arguments)


def test_page_lists_the_dead_with_their_reason(troubled: datetime, admin_client: Client) -> None:
    page = admin_client.get(reverse("admin:outbox_delivery_changelist"))

    assert [delivery.stream for delivery in page.context["cl"].result_list] == ["order:dead"]
    assert "HTTP 422" in page.content.decode()
    assert [len(page_for(admin_client, state)) for state in ("waiting", "all")] == [1, 4]


def test_page_costs_the_same_for_one_and_for_three(troubled: datetime, admin_client: Client) -> None:
    statements = [count_page(admin_client)]
    behave("dead-too", Rejected("no"))
    behave("dead-also", Rejected("no"))
    happen("dead-too", now=troubled)
    happen("dead-also", now=troubled)
    drain_outbox(now=troubled)
    statements.append(count_page(admin_client))

    assert statements[0] == statements[1]


def test_retry_by_hand_asks_why_and_remembers_who(troubled: datetime, admin_client: Client) -> None:
    behaviour.clear()
    dead = Delivery.objects.get(state=Delivery.State.DEAD)

    decide(admin_client, "retry", dead, reason=" ")
    dead.refresh_from_db()
    assert dead.state == Delivery.State.DEAD

    decide(admin_client, "retry", dead, reason="address corrected")
    drain_outbox()
    dead.refresh_from_db()
    assert dead.state == Delivery.State.DONE
    who = str(get_user_model().objects.get().pk)
    assert list(Decision.objects.values_list("action", "who", "reason")) == [("retry", who, "address corrected")]


def test_skip_by_hand_finishes_a_delivery(troubled: datetime, admin_client: Client) -> None:
    dead = Delivery.objects.get(state=Delivery.State.DEAD)

    decide(admin_client, "skip", dead, reason="done by telephone")

    dead.refresh_from_db()
    assert dead.state == Delivery.State.SKIPPED
    page = admin_client.get(reverse("admin:outbox_delivery_change", args=[dead.pk])).content.decode()
    assert "done by telephone" in page


def test_nobody_adds_or_deletes_deliveries_by_hand(troubled: datetime, admin_client: Client) -> None:
    dead = Delivery.objects.get(state=Delivery.State.DEAD)

    assert admin_client.get(reverse("admin:outbox_delivery_add")).status_code == 403
    assert admin_client.post(reverse("admin:outbox_delivery_delete", args=[dead.pk])).status_code == 403


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def page_for(client: Client, state: str) -> list[Delivery]:
    page = client.get(reverse("admin:outbox_delivery_changelist"), {"state": state})
    return list(page.context["cl"].result_list)


def count_page(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("admin:outbox_delivery_changelist"))
    return len(captured)


def decide(client: Client, action: str, delivery: Delivery, *, reason: str) -> None:
    answer = client.post(
        reverse("admin:outbox_delivery_changelist"),
        {"action": action, "_selected_action": [delivery.pk], "reason": reason},
    )
    assert answer.status_code == 302
