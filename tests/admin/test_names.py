"""Operators read the names of things in their own language, and start at what comes next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from tests.ticketing.building import a_hall, a_house, a_performance, a_production
from ticketing.models import Performance

pytestmark = pytest.mark.django_db

OURS = {model: held_by for model, held_by in admin.site._registry.items() if model._meta.app_label == "ticketing"}
SAME = {
    "nl": {
        "cluster", "clusters", "code", "contingent", "document", "genre", "genres", "label", "labels", "letter", "plan",
        "postcode", "ticket", "website", "API", "België", "Concert", "France", "Nederland", "Nederlands", "Français",
        "English", "Online", "Partner", "Tickets", "Webshop", "bancontact", "wero", "ideal", "kbc", "belfius",
        "creditcard", "banktransfer",
    },
    "fr": {
        "code", "conditions", "contingent", "contingents", "description", "document", "documents", "genre", "genres",
        "image", "latitude", "longitude", "place", "places", "plan", "source", "total", "API", "België", "Concert",
        "France", "Nederland", "Nederlands", "Français", "English", "bancontact", "wero", "ideal", "kbc", "belfius",
        "creditcard", "banktransfer",
    },
}  # fmt: skip


def _a_performance(now: datetime) -> Performance:
    house = a_house(now)
    return a_performance(now, a_production(now, house), a_hall(now, house))


def _words(model: Any, held_by: Any, request: Any) -> dict[str, str]:
    """What the pages of a model call it and its fields, by where it stands."""
    found = {"one": str(model._meta.verbose_name), "many": str(model._meta.verbose_name_plural)}
    for column in held_by.get_list_display(request):
        if column != "__str__":
            found[f"column {column}"] = str(label_for_field(column, model, held_by))
    form = held_by.get_form(request)
    for obj in (None, model()):
        for name in (name for _title, options in held_by.get_fieldsets(request, obj) for name in options["fields"]):
            field = form.base_fields.get(name)
            found[f"field {name}"] = str(field.label if field else label_for_field(name, model, held_by, form=form))
            found |= {f"help {name}": str(field.help_text)} if field and field.help_text else {}
            for value, words in getattr(field, "choices", ()) if name in held_by.lists else ():
                found[f"choice {name} {value}"] = str(words)
    for field in model._meta.fields:
        found |= {f"choice {field.name} {value}": str(words) for value, words in field.choices or ()}
    return found


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_everything_is_called_by_its_name_in_the_language_of_the_operator(language: str, rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("operator", "operator@example.org", "-")
    english = []
    for model, held_by in OURS.items():
        with translation.override("en"):
            plain = _words(model, held_by, request)
        with translation.override(language):
            said = _words(model, held_by, request)
        english += [
            (model.__name__, place, words)
            for place, words in plain.items()
            if said[place] == words and words.lower() not in {same.lower() for same in SAME[language]}
        ]
    assert english == []


def test_a_page_says_its_names_in_the_language_of_the_operator(client: Client, now: datetime) -> None:
    _a_performance(now)
    client.force_login(User.objects.create_superuser("operator", "operator@example.org", "-"))
    page = client.get(reverse("admin:ticketing_performance_changelist"), headers={"accept-language": "nl"})
    text = page.content.decode()
    assert [word in text for word in ("Voorstellingen", "Aanvang", "Starts at")] == [True, True, False]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_migrations_know_of_no_language(language: str) -> None:
    with translation.override(language):
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_list_of_performances_starts_with_what_comes_next(client: Client, now: datetime) -> None:
    first = _a_performance(now)
    for days in (-9, 5, -2, 1):
        starts_at = now + timedelta(days=days)
        row = a_performance(now, first.production, first.hall)
        Performance.objects.filter(pk=row.pk).update(starts_at=starts_at)
    first.delete()
    client.force_login(User.objects.create_superuser("operator", "operator@example.org", "-"))
    page = client.get(reverse("admin:ticketing_performance_changelist"))
    assert [(row.starts_at - now).days for row in page.context["cl"].result_list] == [1, 5, -2, -9]
