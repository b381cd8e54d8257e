"""Nearly full houses before the doors open, and who came through them afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from demo.history import House
from demo.loading.orders import made_up_history
from demo.loading.steps import Loading, Progress
from ticketing.models import ApiKey, Block, Performance, Scan, Ticket
from ticketing.operations import inventory
from ticketing.seating.compiled import place_code

GATES = ("Hoofdingang", "Trap links", "Trap rechts")
SHOW_UP = 0.91


def load_blocks(loading: Loading, progress: Progress) -> None:
    """Places of subscribers and partners, kept back in one block per night, until the house is as full as planned."""
    houses, _planned = made_up_history(loading)
    coming = [house for house in houses if house.slot.starts_at > loading.now and not house.slot.night.closed]
    performances = {
        (slug, starts_at): pk
        for slug, starts_at, pk in Performance.objects.filter(blocks=None).values_list(
            "production__slug", "starts_at", "pk"
        )
    }
    for number, house in enumerate(coming, 1):
        performance_id = performances.get((house.slot.production.slug, house.slot.starts_at))
        places = _kept_back(house)
        if performance_id is not None and places:
            inventory.place_block(
                performance_id=performance_id, places=places, kind=Block.Kind.SOFT, owner="Abonnementen",
                reason="Vaste plaatsen en partners", now=loading.now - timedelta(days=150),
            )  # fmt: skip
        progress.tell(f"{number} of {len(coming)} nights")


def _kept_back(house: House) -> list[str]:
    wanted = house.left
    if house.standing:
        # The last ones of the floor: the shop sells from the front.
        return [place_code(house.capacity - 1 - number) for number in range(max(0, wanted))]
    places: list[str] = []
    for party in house.seats:
        if len(places) >= wanted:
            break
        places.extend(party)
    return places


def load_scans(loading: Loading, progress: Progress) -> None:
    """In bulk: the door's own operation is measured elsewhere, and nobody waits in these queues any more."""
    random = Random(7)
    keys = dict(ApiKey.objects.filter(scopes=[ApiKey.Scope.SCAN]).values_list("house_id", "pk"))
    tickets = Ticket.objects.filter(
        state=Ticket.State.VALID, performance__starts_at__lt=loading.now - timedelta(hours=1), scans=None
    ).select_related("performance")
    scans = [
        _scan(ticket, keys[ticket.performance.house_id], random)
        for ticket in tickets.order_by("pk")
        if random.random() < SHOW_UP
    ]
    with transaction.atomic():
        Scan.objects.bulk_create(scans)


def _scan(ticket: Ticket, key_id: int, random: Random) -> Scan:
    at: datetime = ticket.performance.starts_at - timedelta(seconds=random.randint(60, 2400))
    return Scan(
        ticket=ticket, performance=ticket.performance, api_key_id=key_id, gate=random.choice(GATES),
        nonce=UUID(int=random.getrandbits(128)), result=Scan.Result.ACCEPTED, scanned_at=at, received_at=at,
    )  # fmt: skip
