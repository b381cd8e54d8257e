"""A small demo comes in whole, once, and says how to use it."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from demo.loading import everything
from demo.loading.steps import Loading, Part, Progress, run_parts
from demo.models import DemoStep
from demo.programme import BY_SLUG
from tests.ticketing.books import assert_books_are_whole
from ticketing.models import (
    Block,
    Customer,
    Fee,
    GiftCard,
    House,
    MediaRendition,
    Order,
    Performance,
    Place,
    Production,
    Scan,
    Ticket,
)

pytestmark = pytest.mark.django_db

COUNTED = (
    House,
    Production,
    Performance,
    Place,
    Customer,
    Order,
    Ticket,
    Block,
    Scan,
    GiftCard,
    Fee,
    MediaRendition,
)


def load() -> str:
    out = StringIO()
    call_command("load_demo", orders=40, customers=30, sequential=True, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in COUNTED}


def described() -> dict[str, object]:
    out = StringIO()
    call_command("describe_demo", format="json", stdout=out)
    told: dict[str, object] = json.loads(out.getvalue())
    return told


@pytest.fixture
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole demo with four productions of it, so that the test is about the loader and not about the clock."""
    chosen = tuple(BY_SLUG[slug] for slug in ("stof-en-ster", "kade", "late-trein", "het-zoutmeer"))
    for module in ("demo.loading.programme", "demo.loading.picturing", "demo.loading.orders"):
        monkeypatch.setattr(f"{module}.PRODUCTIONS", chosen)


@pytest.fixture
def media(tmp_path: Path):
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.mark.usefixtures("_small", "media")
def test_the_demo_comes_in_once_and_describes_itself():
    said = load()
    once = counts()
    assert [line[:5] for line in said.splitlines() if "done in" in line] == [
        f"[{number}/{len(everything.PARTS)}]" for number in range(1, len(everything.PARTS) + 1)
    ]
    assert (once["House"], once["Production"], once["Customer"], once["Order"]) == (4, 4, 31, 40)
    assert once["Ticket"] > 40
    assert once["Scan"] > 0
    assert once["Block"] > 0

    assert load().strip() == "The demo is complete."
    assert counts() == once

    assert_books_are_whole()
    assert _sold_places_without_ticket() == 0
    assert set(Order.objects.values_list("is_historical", flat=True)) == {True}

    told = described()
    assert set(told) == {
        "site", "complete", "languages", "cluster", "shops", "performances", "door", "api", "sandbox", "admin",
        "customer", "staff", "codes",
    }  # fmt: skip
    assert told["complete"] is True
    performances = told["performances"]
    assert performances["seated"]["production"] == "stof-en-ster"
    assert performances["standing"]["production"] == "kade"
    assert set(performances["seated"]["urls"]) == {"nl", "fr", "en"}
    assert len(performances["seated"]["adjacent_places"]) == 2
    assert told["door"]["token"]
    assert told["api"]["key"]

    out = StringIO()
    call_command("describe_demo", stdout=out)
    said = out.getvalue()
    assert [
        word for word in (told["door"]["token"], told["api"]["key"], told["admin"]["login"]) if word not in said
    ] == []


def _sold_places_without_ticket() -> int:
    return Place.objects.filter(state=Place.State.SOLD).exclude(tickets__state=Ticket.State.VALID).count()


def test_a_part_that_was_stopped_goes_on_where_it_was(now):
    seen = []

    def count_to_three(_loading: Loading, progress: Progress) -> None:
        for number in range(progress.done, 3):
            seen.append(number)
            progress.keep(done=number + 1)
            if number == 1 and len(seen) == 2:
                raise KeyboardInterrupt

    parts = (Part("counting", "counting", count_to_three),)
    loading = Loading(now=now, say=lambda _line: None, orders=0, customers=0, sequential=True)
    with pytest.raises(KeyboardInterrupt):
        run_parts(parts, loading)
    assert DemoStep.objects.get(name="counting").finished_at is None
    run_parts(parts, loading)
    run_parts(parts, loading)
    assert seen == [0, 1, 2]


def test_an_installation_with_houses_of_its_own_is_left_alone(now):
    House.objects.create(slug="echt", name="Echt", legal_name="Echt vzw", email="echt@example.org")
    with pytest.raises(CommandError):
        load()
    assert not DemoStep.objects.exists()


def test_without_a_demo_there_is_nothing_to_describe():
    with pytest.raises(CommandError):
        described()
