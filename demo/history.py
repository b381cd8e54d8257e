"""Who bought what, when: 1,500 orders made up in advance from the season, the halls and the people.

Pure: the same day, halls and people give the same orders, so that a loader that was stopped goes on with the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from demo.parties import Party, parties, standing_places
from demo.people import Person
from demo.schedule import Slot
from ticketing.seating.compiled import CompiledPlan

SIZES = ((1, 10), (2, 55), (3, 12), (4, 17), (6, 4), (12, 2))
METHODS = ("bancontact", "bancontact", "bancontact", "creditcard", "ideal", "kbc", "belfius")
ADVANCE_DAYS = 120


@dataclass(frozen=True)
class Share:
    """Places at one tariff for one night: given seats, or a number of standing places."""

    slot: Slot
    tariff: str
    seats: Party = ()
    standing: int = 0

    @property
    def count(self) -> int:
        return len(self.seats) or self.standing


@dataclass(frozen=True)
class PlannedOrder:
    person: int
    at: datetime
    method: str
    shares: tuple[Share, ...]
    fate: str = "paid"  # "paid", "abandoned" or "cancelled" again by its buyer


@dataclass
class House:
    """What is left of one night while orders are made up."""

    slot: Slot
    capacity: int
    seats: list[Party] = field(default_factory=list)
    standing: int = 0
    sold: int = 0

    @property
    def left(self) -> int:
        return int(self.capacity * self.slot.fill) - self.sold

    def take(self, size: int) -> tuple[Party, int]:
        """A party of about this size: (seats, 0) or ((), number of standing places)."""
        if self.standing:
            size = min(size, self.standing)
            self.standing -= size
            self.sold += size
            return (), size
        taken = self._party(size)
        self.sold += len(taken)
        return taken, 0

    def _party(self, size: int) -> Party:
        near = self.seats[:60]
        for number, party in enumerate(near):
            if len(party) == size:
                return self.seats.pop(number)
            if size == 1 and len(party) == 3:
                # The two beside somebody alone stay free: whoever took them first would leave a seat alone.
                return self.seats.pop(number)[:1]
        return self._together(size)

    def _together(self, size: int) -> Party:
        """A larger company sits in parties that lie close to each other."""
        taken: Party = ()
        if self.seats:
            start = int(self.seats[0][0], 36)
            for party in sorted(self.seats, key=lambda party: abs(int(party[0], 36) - start)):
                if len(taken) >= size:
                    break
                self.seats.remove(party)
                taken += party
        return taken


def nights(slots: Sequence[Slot], plans: Mapping[tuple[str, str], CompiledPlan]) -> list[House]:
    found = []
    for slot in slots:
        plan = plans[slot.production.house, slot.production.hall]
        random = Random(slot.key)
        standing = standing_places(plan)
        seats = [] if standing else parties(plan, random)
        found.append(House(slot, standing or sum(map(len, seats)), seats, standing))
    return found


def plan_orders(houses: Sequence[House], people: Sequence[Person], *, count: int, now: datetime) -> list[PlannedOrder]:
    """In the order in which they were placed."""
    random = Random(16)
    open_houses = [house for house in houses if not house.slot.night.closed]
    # Near and popular nights sell most, and what is past has sold longest.
    weights = [house.slot.fill * house.capacity**0.5 * _nearness(house.slot, now) for house in open_houses]
    orders: list[PlannedOrder] = []
    for number, house in enumerate(random.choices(open_houses, weights, k=count * 2)):
        if len(orders) == count:
            break
        order = _order(number, house, open_houses, people, random=random, now=now)
        if order is not None:
            orders.append(order)
    return sorted(orders, key=lambda order: order.at)


def _nearness(slot: Slot, now: datetime) -> float:
    days = (slot.starts_at - now).days
    return 1.1 if days < 0 else max(0.25, 1.8 - days / 45)


def _order(
    number: int, house: House, houses: Sequence[House], people: Sequence[Person], *, random: Random, now: datetime
) -> PlannedOrder | None:
    size = random.choices([size for size, _ in SIZES], [weight for _, weight in SIZES])[0]
    if house.left < size:
        return None
    at = _moment(house.slot, random=random, now=now)
    shares = _shares(house, size, random)
    if random.random() < 0.1:
        other = random.choice(houses)
        if other.slot.starts_at > at + timedelta(days=1) and other is not house and other.left >= 2:
            shares += _shares(other, 2, random)
    # Somebody alone who changed their mind would leave one seat free between others.
    weights = (95, 3, 2) if sum(share.count for share in shares) > 1 else (1, 0, 0)
    fate = random.choices(("paid", "abandoned", "cancelled"), weights)[0]
    return PlannedOrder(random.randrange(len(people)), at, random.choice(METHODS), tuple(shares), fate)


def _moment(slot: Slot, *, random: Random, now: datetime) -> datetime:
    """Most people decide late; nobody buys at four in the morning."""
    last = min(now - timedelta(hours=1), slot.starts_at - timedelta(hours=3))
    day = last - timedelta(days=ADVANCE_DAYS * random.random() ** 2.2)
    waking = day.replace(
        hour=random.choice((8, 9, 10, 12, 12, 14, 16, 18, 19, 20, 20, 21, 22)), minute=random.randrange(60)
    )
    return min(waking, last)


def _shares(house: House, size: int, random: Random) -> list[Share]:
    seats, standing = house.take(size)
    count = len(seats) or standing
    if count >= 10:
        return [Share(house.slot, "group", seats, standing)]
    reduced = random.choices((0, 1, count), (66, 20, 14))[0]
    tariff = "youth" if random.random() < 0.55 else "senior"
    parts = (("normal", count - reduced), (tariff, reduced))
    shares, start = [], 0
    for name, part in parts:
        if part:
            shares.append(Share(house.slot, name, seats[start : start + part], part if standing else 0))
            start += part
    return shares
