"""The agenda and the homes: what is found, in how many statements, and at which price."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from tests.conftest import CountQueries
from tests.ticketing import building
from ticketing.models import Performance, PriceCondition, PriceOverride
from ticketing.operations import houses, inventory, media, prices, programme, reference
from ticketing.queries.kept_terms import sale_terms
from ticketing.queries.pricing import ANYBODY_ON_THE_WEB, offers
from ticketing.queries.programme import folded, lowest_prices

pytestmark = pytest.mark.scope("PR5-01")

Plays = Callable[..., Performance]


@pytest.fixture
def plays(show: Performance, now: datetime) -> Plays:
    """One more production of the same house with one night on sale."""

    def play(title: str, days: int = 10, **details: object) -> Performance:
        slug = f"stuk-{show.house.productions.count()}"
        production = building.a_production(now, show.house, slug, title=building.text(title), **details)
        night = building.a_performance(
            now, production, show.hall, plan_version=show.plan_version, starts_at=now + timedelta(days=days)
        )
        inventory.create_places(performance_id=night.pk, now=now)
        prices.attach_price_grid(performances=[night], version=show.price_grid_version, now=now)
        return programme.put_on_sale(performance_id=night.pk, now=now)

    return play


def found(query: str = "") -> str:
    cache.clear()
    return Client().get(f"/nl/zomerhof/agenda/{query}").content.decode()


def test_a_search_takes_no_notice_of_accents_and_capitals(plays: Plays) -> None:
    plays("Élégie voor één stem")
    page = found("?q=elegie+EEN")
    assert "Élégie voor één stem" in page
    assert "De meeuw" not in page


def test_every_word_of_a_search_must_be_there(plays: Plays) -> None:
    plays("De walvis")
    assert "Niets gevonden" in found("?q=walvis+meeuw")


def test_the_months_can_be_chosen(plays: Plays) -> None:
    plays("Lente", days=80)
    page = found("?month=2027-04")
    assert "Lente" in page
    assert "De meeuw" not in page


@pytest.mark.parametrize(
    "query",
    ["?month=2027-13", "?page=0", "?page=-4", "?genre=%27%3B--", "?page=99999999999999", "?q=%00", "?label=%00"],
)
def test_nonsense_in_the_address_is_no_error(plays: Plays, query: str) -> None:
    assert Client().get(f"/nl/zomerhof/agenda/{query}").status_code == 200


def test_script_in_a_search_is_shown_as_text(plays: Plays) -> None:
    assert "<script>alert" not in found("?q=%3Cscript%3Ealert(1)%3C/script%3E")


@pytest.mark.parametrize("path", ["", "agenda/"])
def test_a_page_costs_as_many_statements_for_thirty_as_for_one(plays: Plays, path: str) -> None:
    address = f"/nl/zomerhof/{path}"
    Client().get(address)
    statements = []
    for number in (0, 2, 28):
        for one in range(number):
            plays(f"Stuk {one}")
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            Client().get(address)
        statements.append(len(captured.captured_queries))
    assert len(set(statements)) == 1
    assert statements[0] <= 5


def test_a_warm_agenda_costs_one_statement(plays: Plays, count_queries: CountQueries) -> None:
    Client().get("/nl/zomerhof/agenda/")
    with count_queries(1):
        Client().get("/nl/zomerhof/agenda/")


def test_a_change_of_the_programme_is_seen_at_once(plays: Plays, now: datetime) -> None:
    night = plays("Iets anders")
    assert "Iets anders" in Client().get("/nl/zomerhof/agenda/").content.decode()
    programme.update_production(production_id=night.production_id, now=now, title=building.text("Iets nieuws"))
    assert "Iets nieuws" in Client().get("/nl/zomerhof/agenda/").content.decode()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_price_on_a_card_is_the_lowest_anybody_pays(show: Performance, now: datetime, data: st.DataObject) -> None:
    """Against the one pricing function, for grids with conditions, overrides and fees."""
    house = show.house
    PriceOverride.objects.filter(performance=show).delete()
    house.fees.all().delete()
    PriceCondition.objects.filter(price_type__house=house).delete()
    reduced = building.a_price_type(house, "reduced", "J", family="reduced")
    amounts = st.decimals(0, 50, places=2)
    full = building.a_price_type(house)
    version = building.a_price_grid(
        now,
        house,
        prices.Cell(building.a_rank(house), full, data.draw(amounts)),
        prices.Cell(building.a_rank(house), reduced, data.draw(amounts)),
    )
    prices.attach_price_grid(performances=[show], version=version, now=now)
    if data.draw(st.booleans()):
        building.a_vat_rule(activity_class="service", rate="21.00")
        house.fees.create(
            name=building.text("Kosten"), amount=Decimal("1.50"), families=data.draw(st.sampled_from([[], ["full"]]))
        )
    kind = data.draw(st.sampled_from([None, "code", "label", "maximum", "proof"]))
    if kind:
        PriceCondition.objects.create(price_type=reduced, kind=kind, value={"count": 2, "code": "x"})
    if data.draw(st.booleans()):
        PriceOverride.objects.create(
            performance=show, rank=building.a_rank(house), price_type=full, price=data.draw(amounts), valid_from=now
        )
    house.programme_version += 1
    house.save()
    terms = sale_terms(show.code)
    free = [
        offer.gross
        for rank in terms.ranks
        for offer in offers(terms, rank_id=rank, buyer=ANYBODY_ON_THE_WEB, now=now)
        if {condition.kind for condition in offer.price_type.conditions} <= {"channel", "maximum"}
    ]
    assert lowest_prices([show.id], now=now) == {show.id: min(free)}


def test_folding_leaves_plain_letters() -> None:
    assert folded("Çà et LÀ – Ærø") == "ca et la – ærø"


def test_the_home_of_a_house_shows_what_comes(plays: Plays) -> None:
    plays("Stuk van morgen", days=1)
    page = Client().get("/fr/zomerhof/").content.decode()
    assert "Stuk van morgen (fr)" in page
    assert "24,00" in page


def test_the_cluster_shows_its_houses(show: Performance) -> None:
    assert 'href="/en/zomerhof/"' in Client().get("/en/").content.decode()


def test_a_house_nobody_knows_is_a_page_in_the_visitors_language(db: None) -> None:
    answer = Client().get("/fr/nulle-part/")
    assert (answer.status_code, "Il n’y a pas de maison à cette adresse." in answer.content.decode()) == (404, True)


def titles(page: str) -> list[str]:
    return re.findall(r'<span class="show__what"><b>([^<]*)</b>', page)


def test_the_agenda_is_narrowed_by_genre_series_and_month_together(plays: Plays, show: Performance) -> None:
    dance = reference.create_genre(code="dance", name=building.text("Dans"))
    young = reference.create_label(house=show.house, code="jong", name=building.text("Jong volk"))
    plays("Dans nu", genre=dance)
    plays("Dans voor jong", genre=dance, labels=[young])
    plays("Toneel voor jong", labels=[young])
    plays("Dans in maart", days=60, genre=dance, labels=[young])
    assert [
        titles(found(query)) for query in ("?genre=dance", "?label=jong", "?genre=dance&label=jong&month=2027-01")
    ] == [
        ["Dans nu", "Dans voor jong", "Dans in maart"],
        ["Dans voor jong", "Toneel voor jong", "Dans in maart"],
        ["Dans voor jong"],
    ]
    page = found("?genre=dance")
    assert '<option value="dance" selected>Dans</option>' in page
    assert '<option value="jong">Jong volk</option>' in page


def test_a_production_is_found_by_who_plays_in_it(plays: Plays, now: datetime) -> None:
    night = plays("De walvis")
    performer = reference.create_performer(name="Compagnie Zilvervos")
    programme.credit_performer(production_id=night.production_id, performer=performer, now=now)
    assert titles(found("?q=zilvervos+walvis")) == ["De walvis"]


def test_the_next_page_keeps_what_was_asked(plays: Plays) -> None:
    for number in range(31):
        plays(f"Reeks {number}", days=number + 1)
    first = found("?q=reeks")
    [after] = re.findall(r'rel="next" href="([^"]*)"', first)
    second = Client().get(after.replace("&amp;", "&")).content.decode()
    assert (len(titles(first)), titles(second), 'rel="prev" href="/nl/zomerhof/agenda/?q=reeks"' in second) == (
        30,
        ["Reeks 30"],
        True,
    )


def test_a_home_has_a_rail_for_what_comes_and_one_for_every_genre_with_a_choice(plays: Plays) -> None:
    dance = reference.create_genre(code="dance", name=building.text("Dans"))
    film = reference.create_genre(code="film", name=building.text("Film"))
    for number in range(3):
        plays(f"Dans {number}", genre=dance)
    plays("Een film", genre=film)
    cache.clear()
    page = Client().get("/nl/zomerhof/").content.decode()
    assert re.findall(r'<h2 id="([^"]*)">', page) == ["soon", "genre-dance"]
    assert 'href="/nl/zomerhof/agenda/?genre=dance"' in page


def test_a_house_shows_its_default_picture_for_what_has_none(
    plays: Plays, show: Performance, now: datetime, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    colour = io.BytesIO()
    Image.new("RGB", (1600, 1000), "#8a1538").save(colour, "JPEG")
    shown = {}
    for name in ("house", "own"):
        file = ContentFile(colour.getvalue(), f"{name}.jpg")
        shown[name] = media.upload_picture(house=show.house, file=file, alt=building.text(name), now=now)
    houses.update_house(house_id=show.house_id, default_image=shown["house"], now=now)
    plays("Met een beeld", image=shown["own"])
    cache.clear()
    page = Client().get("/nl/zomerhof/").content.decode()
    assert sorted(re.findall(r'class="tile__art" src="[^"]*" alt="([^"]*)"', page)) == ["house", "own"]
