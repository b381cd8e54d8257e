from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from outbox.models import StoredFact
from tests.ticketing.building import (
    a_hall,
    a_house,
    a_performance,
    a_plan_document,
    a_plan_version,
    a_production,
    a_rank,
    a_seat,
    on_sale,
)
from ticketing.models import Block, Performance, Place, SeatingPlanVersion
from ticketing.operations import inventory, programme

pytestmark = pytest.mark.django_db


def a_draft(now: datetime, *, licensed_capacity: int = 500, variant: str = "", **plan: int) -> Performance:
    house = a_house(now)
    a_rank(house)
    hall = a_hall(now, house, licensed_capacity=licensed_capacity)
    version = a_plan_version(now, hall, a_plan_document(**plan))
    return a_performance(now, a_production(now, house), hall, plan_version=version, plan_variant=variant)


def states(performance: Performance, *codes: str) -> list[str]:
    rows = Place.objects.filter(performance=performance, code__in=codes).order_by("index")
    return list(rows.values_list("state", flat=True))


def off_sale(now: datetime) -> Performance:
    return programme.take_off_sale(performance_id=on_sale(now).pk, now=now)


def test_every_place_of_the_plan_becomes_a_row(now: datetime) -> None:
    performance = a_draft(now, rows=1, seats=2, standing=1)
    assert inventory.create_places(performance_id=performance.pk, now=now) == 3
    columns = ("index", "code", "seat", "area", "rank__code", "kind", "state")
    assert list(performance.places.order_by("index").values_list(*columns)) == [
        (0, "0", "P-A-1", "P", "rank-1", "seat", "available"),
        (1, "1", "P-A-2", "P", "rank-1", "seat", "available"),
        (2, "2", "S#1", "S", "rank-1", "standing", "available"),
    ]


def test_making_places_freezes_the_plan_version(now: datetime) -> None:
    performance = a_draft(now)
    inventory.create_places(performance_id=performance.pk, now=now)
    version = SeatingPlanVersion.objects.get()
    assert version.frozen_at == now
    with pytest.raises(DatabaseError), transaction.atomic():
        SeatingPlanVersion.objects.update(place_count=1)


def test_nothing_is_made_above_the_licensed_capacity(now: datetime) -> None:
    performance = a_draft(now, licensed_capacity=19)
    with pytest.raises(inventory.OverCapacity) as refused:
        inventory.create_places(performance_id=performance.pk, now=now)
    assert refused.value.details == {"places": 20, "ceiling": 19}
    assert not Place.objects.exists()


def test_places_are_made_once(now: datetime) -> None:
    performance = a_draft(now)
    inventory.create_places(performance_id=performance.pk, now=now)
    with pytest.raises(inventory.PlacesExist):
        inventory.create_places(performance_id=performance.pk, now=now)


def test_a_rank_the_house_does_not_know_is_named(now: datetime) -> None:
    performance = a_draft(now)
    performance.house.ranks.all().delete()
    with pytest.raises(inventory.RankUnknown) as refused:
        inventory.create_places(performance_id=performance.pk, now=now)
    assert refused.value.details == {"ranks": "rank-1"}


def test_a_variant_the_plan_does_not_have_is_refused(now: datetime) -> None:
    performance = a_draft(now, variant="concert")
    with pytest.raises(inventory.VariantUnknown):
        inventory.create_places(performance_id=performance.pk, now=now)


def test_a_variant_swaps_seats_for_a_wheelchair(now: datetime) -> None:
    house = a_house(now)
    a_rank(house)
    hall = a_hall(now, house)
    document = a_plan_document(rows=1, seats=2)
    swap = a_seat(9, kind="wheelchair", replaces=["P-A-1", "P-A-2"])
    document["areas"][0]["rows"][0]["seats"].append(swap)
    document["variants"] = [{"code": "wheels", "name": "Rolstoel", "use_swaps": ["P-A-9"]}]
    version = a_plan_version(now, hall, document)
    production = a_production(now, house)
    made = {}
    for variant in ("", "wheels"):
        performance = a_performance(now, production, hall, plan_version=version, plan_variant=variant)
        inventory.create_places(performance_id=performance.pk, now=now)
        made[variant] = list(performance.places.order_by("index").values_list("seat", "kind"))
    assert made == {"": [("P-A-1", "seat"), ("P-A-2", "seat")], "wheels": [("P-A-9", "wheelchair")]}


def test_a_block_keeps_places_back_until_it_is_released(now: datetime) -> None:
    performance = on_sale(now)
    block = inventory.place_block(
        performance_id=performance.pk, places=["0", "1"], kind=Block.Kind.SOFT, owner="Directie", now=now
    )
    assert states(performance, "0", "1", "2") == ["blocked_soft", "blocked_soft", "available"]
    assert inventory.release_block(block_id=block.pk, now=now, places=["1"]) == 1
    assert states(performance, "0", "1") == ["blocked_soft", "available"]
    assert inventory.release_block(block_id=block.pk, now=now) == 1
    assert not Block.objects.exists()
    freed = StoredFact.objects.filter(name="ticketing.PlacesFreed").order_by("id").values_list("payload", flat=True)
    assert list(freed) == [{"performance_id": performance.pk, "count": 1}] * 2


def test_a_block_takes_nothing_from_a_buyer(now: datetime) -> None:
    performance = on_sale(now)
    Place.objects.filter(performance=performance, code="1").update(
        state=Place.State.HELD, held_until=now + timedelta(minutes=1), holder=uuid4()
    )
    with pytest.raises(inventory.PlacesTaken) as refused:
        inventory.place_block(performance_id=performance.pk, places=["0", "1"], kind="hard", owner="Techniek", now=now)
    assert refused.value.details == {"places": "1"}
    assert (states(performance, "0", "1"), Block.objects.count()) == (["available", "held"], 0)
    later = now + timedelta(minutes=1)
    inventory.place_block(performance_id=performance.pk, places=["0", "1"], kind="hard", owner="Techniek", now=later)
    assert states(performance, "0", "1") == ["blocked_hard", "blocked_hard"]


def test_a_block_moves_to_other_places(now: datetime) -> None:
    performance = on_sale(now)
    block = inventory.place_block(performance_id=performance.pk, places=["0", "1"], kind="soft", owner="Pers", now=now)
    inventory.move_block(block_id=block.pk, places=["1", "2"], now=now)
    assert states(performance, "0", "1", "2") == ["available", "blocked_soft", "blocked_soft"]


def test_soft_blocks_whose_time_has_come_are_released(now: datetime) -> None:
    performance = on_sale(now)
    for code, kind, moment in (("0", "soft", now), ("1", "soft", now + timedelta(hours=1)), ("2", "hard", now)):
        inventory.place_block(
            performance_id=performance.pk, places=[code], kind=kind, owner="Pers", now=now, release_at=moment
        )
    assert inventory.release_due_blocks(now=now) == 1
    assert states(performance, "0", "1", "2") == ["available", "blocked_soft", "blocked_hard"]


def test_places_go_away_while_untouched(now: datetime) -> None:
    performance = off_sale(now)
    block = inventory.place_block(performance_id=performance.pk, places=["0"], kind="hard", owner="Techniek", now=now)
    with pytest.raises(inventory.PlacesTaken):
        inventory.remove_places(performance_id=performance.pk, now=now)
    inventory.release_block(block_id=block.pk, now=now)
    held = {"state": "held", "held_until": now, "holder": "01890000-0000-7000-8000-000000000000"}
    Place.objects.filter(performance=performance, code="1").update(**held)
    inventory.remove_places(performance_id=performance.pk, now=now)
    assert not Place.objects.exists()


def test_a_place_in_somebodys_basket_keeps_all_places(now: datetime) -> None:
    performance = off_sale(now)
    held = {"held_until": now + timedelta(minutes=1), "holder": "01890000-0000-7000-8000-000000000000"}
    Place.objects.filter(performance=performance, code="1").update(state="held", **held)
    with pytest.raises(inventory.PlacesTaken):
        inventory.remove_places(performance_id=performance.pk, now=now)


def test_what_is_on_sale_keeps_its_places(now: datetime) -> None:
    performance = on_sale(now)
    with pytest.raises(inventory.StillOnSale):
        inventory.remove_places(performance_id=performance.pk, now=now)


def test_a_contingent_does_not_lose_the_places_it_names(now: datetime) -> None:
    performance = off_sale(now)
    inventory.create_contingent(
        performance_id=performance.pk, name="Bib", channels=["partner"], rule={"places": ["0"]}, now=now
    )
    with pytest.raises(inventory.ContingentsLeft):
        inventory.remove_places(performance_id=performance.pk, now=now)


def test_a_plan_with_places_is_not_exchanged(now: datetime) -> None:
    performance = off_sale(now)
    with pytest.raises(inventory.PlacesExist):
        inventory.choose_plan(performance_id=performance.pk, plan_version=None, plan_variant="", now=now)


def test_a_capped_contingent_has_a_row_for_every_place_it_may_take(now: datetime) -> None:
    performance = on_sale(now)
    contingent = inventory.create_contingent(
        performance_id=performance.pk, name="Bib", channels=["partner"], rule={"areas": ["P"]}, cap=3, now=now
    )
    assert contingent.slots.count() == 3


@pytest.mark.parametrize("rule", [{"ranks": ["rank-9"]}, {"areas": ["B"]}, {"places": ["ZZ"]}, {"rows": ["A"]}])
def test_a_contingent_over_unknown_places_is_refused(now: datetime, rule: dict[str, list[str]]) -> None:
    performance = on_sale(now)
    with pytest.raises(inventory.RuleRefused):
        inventory.create_contingent(performance_id=performance.pk, name="Bib", channels=[], rule=rule, now=now)
