from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from outbox.models import StoredFact
from tests.ticketing.building import a_hall, a_house, a_performance, a_price_grid, a_production, text
from ticketing.models import House, Performance, Production
from ticketing.operations import houses, prices, programme
from ticketing.operations.fields import FieldsRefused

pytestmark = pytest.mark.django_db


def facts() -> list[tuple[str, dict[str, object]]]:
    return list(StoredFact.objects.order_by("id").values_list("name", "payload"))


def version(house: House) -> int:
    return House.objects.get(pk=house.pk).programme_version


def test_a_production_is_a_draft_until_it_is_published(now: datetime) -> None:
    house = a_house(now)
    production = a_production(now, house)
    assert (production.state, production.online_at) == (Production.State.ONLINE, now)
    later = programme.unpublish_production(production_id=production.pk, now=now + timedelta(hours=1))
    assert (later.state, later.online_at) == (Production.State.DRAFT, now)


def test_publishing_asks_for_a_title_in_every_language_of_the_house(now: datetime) -> None:
    house = a_house(now)
    with pytest.raises(programme.ProductionIncomplete) as refused:
        a_production(now, house, title={"nl": "De meeuw"})
    assert refused.value.details == {"languages": "fr, en"}


def test_every_change_a_buyer_sees_raises_the_programme_version_and_records_a_fact(now: datetime) -> None:
    house = a_house(now)
    production = a_production(now, house)
    before, known = version(house), len(facts())
    programme.update_production(production_id=production.pk, subtitle=text("Tsjechov"), now=now)
    assert version(house) == before + 1
    assert facts()[known:] == [("ticketing.ProductionChanged", {"production_id": production.pk})]


def test_a_second_production_with_the_same_slug_is_refused_by_field(now: datetime) -> None:
    house = a_house(now)
    a_production(now, house)
    before = version(house)
    with pytest.raises(FieldsRefused) as refused:
        a_production(now, house)
    assert list(refused.value.details["fields"]) == [""]
    assert (Production.objects.count(), version(house)) == (1, before)


def test_a_performance_without_places_or_prices_does_not_go_on_sale(now: datetime) -> None:
    house = a_house(now)
    performance = a_performance(now, a_production(now, house), a_hall(now, house))
    with pytest.raises(programme.NoPlaces):
        programme.put_on_sale(performance_id=performance.pk, now=now)
    assert Performance.objects.get().state == Performance.State.DRAFT


def test_a_cancelled_performance_stays_cancelled(now: datetime) -> None:
    house = a_house(now)
    performance = a_performance(now, a_production(now, house), a_hall(now, house))
    programme.cancel_performance(performance_id=performance.pk, now=now)
    with pytest.raises(programme.StateNotAllowed):
        programme.take_off_sale(performance_id=performance.pk, now=now)
    assert facts()[-1] == (
        "ticketing.PerformanceChanged",
        {"performance_id": performance.pk, "change": "cancelled"},
    )


def test_moving_a_performance_takes_its_doors_and_end_along(now: datetime) -> None:
    house = a_house(now)
    start = now + timedelta(days=10)
    performance = a_performance(
        now,
        a_production(now, house),
        a_hall(now, house),
        starts_at=start,
        doors_at=start - timedelta(minutes=45),
        ends_at=start + timedelta(hours=2),
    )
    moved = programme.move_performance(performance_id=performance.pk, starts_at=start + timedelta(days=1), now=now)
    assert (moved.starts_at, moved.doors_at, moved.ends_at) == (
        start + timedelta(days=1),
        start + timedelta(days=1) - timedelta(minutes=45),
        start + timedelta(days=1, hours=2),
    )


def test_a_house_plays_in_halls_of_its_cluster_and_nowhere_else(now: datetime) -> None:
    cluster = houses.create_cluster(slug="leie", name="Leie")
    house, partner, stranger = (
        a_house(now, "zomerhof", cluster=cluster),
        a_house(now, "winterhof", cluster=cluster),
        a_house(now, "vreemd"),
    )
    production = a_production(now, house)
    assert a_performance(now, production, a_hall(now, partner)).hall.venue.house == partner
    with pytest.raises(programme.HallNotInCluster):
        a_performance(now, production, a_hall(now, stranger))


def test_prices_of_a_performance_keep_their_history(now: datetime) -> None:
    house = a_house(now)
    performance = a_performance(now, a_production(now, house), a_hall(now, house))
    first, second = a_price_grid(now, house), a_price_grid(now, house)
    for version_, moment in ((first, now), (first, now), (second, now + timedelta(days=1))):
        prices.attach_price_grid(performances=[performance], version=version_, now=moment)
    assert list(performance.price_history.values_list("version_id", "valid_from")) == [
        (first.pk, now),
        (second.pk, now + timedelta(days=1)),
    ]
    assert Performance.objects.get().price_grid_version == second
