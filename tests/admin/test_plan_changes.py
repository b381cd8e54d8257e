"""Operators see what another version of a plan does to every seat before they say yes."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.admin.test_operators import act, address, errors, moment
from tests.ticketing.building import (
    a_hall,
    a_house,
    a_next_version,
    a_performance,
    a_plan_document,
    a_plan_version,
    a_production,
    a_rank,
    a_seat,
    a_ticket,
    on_sale,
)
from ticketing.models import Membership, Performance, Place, SeatingPlanVersion
from ticketing.operations import houses, inventory, programme, seating

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("operator", "operator@example.org", "-"))
    return client


def page_of(performance: Performance) -> str:
    return reverse("admin:ticketing_performance_move_to_version", args=(performance.pk,))


def next_version(performance: Performance, now: datetime, *numbers: int) -> SeatingPlanVersion:
    return a_next_version(now, performance, *(a_seat(number) for number in numbers))


def seats(performance: Performance) -> list[str]:
    return list(performance.places.order_by("index").values_list("seat", flat=True))


def test_what_changes_is_shown_and_nothing_is_done(operator: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    version = next_version(performance, now, 2, 3, 4)
    shown = errors(operator.get(page_of(performance), {"version": version.pk}, headers={"accept-language": "en"}))
    assert all(part in shown for part in ("Gone: 1 P-A-1", "New: 1 P-A-4", "As they were: 2 P-A-2, P-A-3"))
    assert seats(performance) == ["P-A-1", "P-A-2", "P-A-3"]


def test_who_says_yes_moves_the_performance(operator: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    version = next_version(performance, now, 2, 3, 4)
    answer = operator.post(page_of(performance), {"version": version.pk})
    assert (answer.status_code, answer["Location"]) == (302, address(Performance, "change", performance.pk))
    assert seats(performance) == ["P-A-2", "P-A-3", "P-A-4"]


def test_the_page_carries_what_its_form_must_send_back(now: datetime) -> None:
    """The site of operators asks for a token, as Django's own does."""
    performance = on_sale(now, rows=1, seats=3)
    version = next_version(performance, now, 2, 3, 4)
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("operator", "operator@example.org", "-"))
    page = client.get(page_of(performance), {"version": version.pk})
    carried = r'name="csrfmiddlewaretoken" value="(\w+)">\s*<input type="hidden" name="version"'
    [token] = re.findall(carried, page.text)
    assert client.post(page_of(performance), {"version": version.pk}).status_code == 403
    values = {"version": version.pk, "csrfmiddlewaretoken": token}
    assert client.post(page_of(performance), values).status_code == 302


def test_a_sold_seat_that_would_go_is_named(operator: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    a_ticket(now, performance, place="0")
    version = next_version(performance, now, 2, 3)
    told = errors(operator.post(page_of(performance), {"version": version.pk}, headers={"accept-language": "en"}))
    assert "drops seats that are or were taken: P-A-1." in told
    assert seats(performance) == ["P-A-1", "P-A-2", "P-A-3"]


def test_only_the_other_versions_of_its_plan_are_a_choice(operator: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    version = next_version(performance, now, 2, 3, 4)
    strange = a_plan_version(now, a_hall(now, a_house(now, slug="elders")), a_plan_document(rows=1, seats=3))
    page = operator.post(page_of(performance), {"version": strange.pk})
    assert (page.status_code, list(page.context["form"].fields["version"].queryset)) == (200, [version])
    performance.refresh_from_db()
    assert performance.plan_version != strange


def test_without_places_there_is_nothing_to_move(operator: Client, now: datetime) -> None:
    house = a_house(now)
    performance = a_performance(now, a_production(now, house), a_hall(now, house))
    assert operator.get(page_of(performance)).status_code == 302


def test_the_staff_of_a_house_do_not_get_there(client: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    version = next_version(performance, now, 2, 3, 4)
    staff = User.objects.create_user("noor", "noor@example.org", "-", is_staff=True)
    staff.user_permissions.set(Permission.objects.all())
    houses.add_member(user=staff, house=a_house(now, slug="elders"), role=Membership.Role.MANAGER)
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page_of(performance)).status_code == 302
    client.post(page_of(performance), {"version": version.pk})
    assert seats(performance) == ["P-A-1", "P-A-2", "P-A-3"]


def test_the_page_costs_the_same_for_one_version_and_for_ten(operator: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    version = next_version(performance, now, 2, 3, 4)

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert operator.get(page_of(performance), {"version": version.pk}).status_code == 200
        return len(captured)

    first = statements()
    for number in range(5, 14):
        next_version(performance, now, 1, number)
    assert statements() == first


def test_a_wrong_plan_is_mended_while_nothing_was_sold(operator: Client, now: datetime) -> None:
    performance = on_sale(now, rows=1, seats=3)
    plan = seating.create_plan(hall=performance.hall, name="Balkon")
    right = seating.store_plan_version(plan=plan, document=a_plan_document(rows=1, seats=2), now=now)
    change = address(Performance, "change", performance.pk)
    values = moment("starts_at", performance.starts_at) | {"plan_version": right.pk, "refuse_orphans": "on"}
    refused = act(operator, Performance, "remove_places", performance)
    assert len(seats(performance)) == 3, errors(refused)

    programme.take_off_sale(performance_id=performance.pk, now=now)
    operator.post(change, values)
    performance.refresh_from_db()
    assert performance.plan_version != right

    act(operator, Performance, "remove_places", performance)
    assert operator.post(change, values).status_code == 302
    inventory.create_places(performance_id=performance.pk, now=now)
    performance.refresh_from_db()
    assert (performance.plan_version, len(seats(performance))) == (right, 2)


def test_a_plan_of_another_hall_is_refused_at_the_form(operator: Client, now: datetime) -> None:
    house = a_house(now)
    a_rank(house)
    performance = a_performance(now, a_production(now, house), a_hall(now, house))
    strange = a_plan_version(now, a_hall(now, a_house(now, slug="elders")), a_plan_document(rows=1, seats=3))
    values = moment("starts_at", performance.starts_at) | {"plan_version": strange.pk, "refuse_orphans": "on"}
    answer = operator.post(address(Performance, "change", performance.pk), values, headers={"accept-language": "en"})
    assert "This seating plan is of another hall." in errors(answer)
    assert not Place.objects.exists()
