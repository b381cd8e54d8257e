"""What the page of a production says of it, to people and to search engines, and the look its house gave it."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tests.ticketing import building
from tests.webshop.conftest import Buyer
from ticketing.models import Performance
from ticketing.operations import houses, programme, reference
from ticketing.templatetags.shop import language_name

pytestmark = pytest.mark.scope("PR5-01")


@pytest.fixture
def told(show: Performance, now: datetime) -> Performance:
    """Everything that can be said of a production."""
    programme.update_production(
        production_id=show.production_id, subtitle=building.text("naar Tsjechov"),
        teaser=building.text("Aan een meer."), description=building.text("Vier bedrijven."), duration_minutes=110,
        has_interval=True, age_from=12, spoken_language="nl", surtitles="fr",
        access=building.text("Met audiodescriptie."), now=now,
    )  # fmt: skip
    performer = reference.create_performer(name="Compagnie Zilvervos")
    programme.credit_performer(
        production_id=show.production_id, performer=performer, role=building.text("Spel"), now=now
    )
    return show


def page_of(performance: Performance, language: str) -> str:
    cache.clear()
    return Client().get(Buyer(performance, language=language).page).content.decode()


@pytest.mark.parametrize(("language", "words"), [
    ("nl", ["De meeuw", "naar Tsjechov", "110 min, met pauze", "vanaf 12 jaar", "Nederlands", "Frans", "Spel"]),
    ("fr", ["De meeuw (fr)", "naar Tsjechov (fr)", "110 min, avec entracte", "dès 12 ans", "Néerlandais", "Français"]),
    ("en", ["De meeuw (en)", "Aan een meer. (en)", "110 min, with interval", "from age 12", "Dutch", "French"]),
])  # fmt: skip
def test_everything_is_told_in_the_language_of_the_page(told: Performance, language: str, words: list[str]) -> None:
    page = page_of(told, language)
    always = ["Compagnie Zilvervos", "Vier bedrijven.", "Met audiodescriptie."]
    assert [word for word in words + always if word not in page] == []


@pytest.mark.parametrize(("spoken", "words"), [
    ("nl", "Néerlandais"), ("nl / fr", "Néerlandais / Français"), ("Lingala", "Lingala"), ("sans mots", "sans mots"),
])  # fmt: skip
def test_a_language_is_told_by_its_name(spoken: str, words: str) -> None:
    with translation.override("fr"):
        assert language_name(spoken) == words


def test_a_text_that_is_missing_in_a_language_is_shown_in_another(show: Performance, now: datetime) -> None:
    programme.update_production(production_id=show.production_id, teaser={"nl": "Alleen hier."}, now=now)
    assert "Alleen hier." in page_of(show, "fr")


def test_search_engines_are_told_of_every_date_and_every_language(told: Performance) -> None:
    page = page_of(told, "en")
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    [event] = json.loads(script)
    assert (event["@type"], event["name"], event["startDate"], event["offers"]["availability"]) == (
        "Event", "De meeuw (en)", "2027-01-22T20:30:00+01:00", "https://schema.org/InStock",
    )  # fmt: skip
    assert set(re.findall(r'<link rel="alternate" hreflang="(\w\w)"', page)) == {"nl", "fr", "en"}


def test_a_house_has_the_look_it_chose(show: Performance, now: datetime) -> None:
    looks = []
    for accent, font in (("#1F7A78", "Fraunces"), ("#8A1538", "Gloock")):
        houses.update_house(house_id=show.house_id, accent=accent, display_font=font, now=now)
        [address] = re.findall(r'href="(/theme/[^"]*)"', page_of(show, "nl"))
        sheet = Client().get(address)
        css = sheet.content.decode()
        assert (sheet.status_code, sheet.headers["Content-Type"], "immutable" in sheet.headers["Cache-Control"]) == (
            200, "text/css", True,
        )  # fmt: skip
        looks.append((address, accent.lower() in css.lower(), font in css, "light-dark(" in css))
    assert [look[1:] for look in looks] == [(True, True, True)] * 2
    assert looks[0][0] != looks[1][0]
    assert Client().get(looks[0][0].replace("1f7a78", "1f7a79")).status_code == 404


def test_what_comes_next_is_shown_and_never_what_one_looks_at(show: Performance, now: datetime) -> None:
    other = building.on_sale(now, show.house)
    programme.update_production(production_id=other.production_id, title=building.text("De walvis"), now=now)
    rail = page_of(show, "nl").split('id="related"')[1]
    assert ("De walvis" in rail, "De meeuw" in rail) == (True, False)


def test_who_needs_no_wheelchair_is_led_to_the_waiting_list(now: datetime, db: None) -> None:
    night = building.on_sale(now, document=building.with_a_wheelchair(building.a_plan_document(rows=1, seats=4)))
    buyer = Buyer(night)
    hint = "Only wheelchair and companion places are left."
    assert hint not in page_of(night, "en")
    buyer.click("2", "3")
    assert hint in page_of(night, "en")
    assert hint not in buyer.get().content.decode()
    assert f'href="{buyer.page}waiting-list/"' in page_of(night, "en")
    assert "Put me on the list" in Client().get(f"{buyer.page}waiting-list/").content.decode()
    answer = Client().post(f"{buyer.page}waiting-list/", {"email": "noor@example.org", "quantity": "1"})
    assert "We sent a link to noor@example.org." in answer.content.decode()


def test_a_note_about_one_night_is_read_where_its_places_are_chosen(show: Performance, now: datetime) -> None:
    programme.update_performance(performance_id=show.pk, note=building.text("Met gebarentolk."), now=now)
    assert "Met gebarentolk. (fr)" in page_of(show, "fr").split('id="pick"')[1]
