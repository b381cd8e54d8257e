"""Every address of the API, walked with the key of another house and with keys of too little scope."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import URLPattern

from tests.api.conftest import ApiClient, KeyClient
from tests.ticketing.building import a_house, a_ticket, on_sale, square_of
from tests.ticketing.paying import a_payment_account
from ticketing.api.urls import urlpatterns
from ticketing.api.views import View
from ticketing.models import Basket, House, Order, Performance, Place, Scan
from ticketing.operations import programme

pytestmark = pytest.mark.django_db

CONTACT = {"email": "noor@example.org", "first_name": "Noor", "last_name": "Peeters"}
# Lists that show the asker's own, and the document that shows nobody's.
OWN = {"performances", "doors", "schema"}


class Walk:
    """A house with one of everything, and every address filled with it."""

    def __init__(self, now: datetime, house: House, performance: Performance, seller: ApiClient) -> None:
        a_payment_account(house)
        self.basket = seller.post("baskets", {"performance": performance.code, "places": ["0"]}).json()["id"]
        other = seller.post("baskets", {"performance": performance.code, "places": ["5"]}).json()["id"]
        self.order = seller.post("orders", {"basket": other, "contact": CONTACT}).json()["id"]
        self.performance = performance.code
        self.square = square_of(now, a_ticket(now, performance, "9"))

    def address(self, pattern: URLPattern) -> str:
        filled = str(pattern.pattern)
        values = {"code": self.performance, "performance": self.performance, "place": "0"}
        for name, value in (values | {"basket": self.basket, "order": self.order}).items():
            filled = filled.replace(f"<str:{name}>", value).replace(f"<uuid:{name}>", value)
        return filled

    @property
    def bodies(self) -> dict[str, Any]:
        hold = {"performance": self.performance, "places": ["2"]}
        reading = {"payload": self.square, "nonce": "0192f0c8-7f00-7000-8000-000000000001"}
        offline = reading | {"scanned_at": "2027-01-12T19:00:00Z", "shown": "accepted"}
        return {
            "baskets": hold,
            "basket-places": hold,
            "basket-place": {"price_type": "full"},
            "basket-contact": CONTACT,
            "basket-codes": {"codes": ["X"]},
            "orders": {"basket": self.basket, "contact": CONTACT},
            "order-payment": {"return_url": "https://vreemd.example/"},
            "scans": reading | {"performance": self.performance},
            "scans-offline": {"performance": self.performance, "readings": [offline]},
        }

    def every_call(self, client: ApiClient) -> list[tuple[str, str, Any]]:
        calls = []
        for pattern in urlpatterns:
            view = getattr(pattern.callback, "view_class", None)
            if view is None or not issubclass(view, View):
                continue
            for method in ("get", "post", "put", "delete"):
                if hasattr(view, method):
                    body = (self.bodies.get(pattern.name),) if method in ("post", "put") else ()
                    calls.append((pattern.name, method, getattr(client, method)(self.address(pattern), *body)))
        return calls


@pytest.fixture
def walk(now: datetime, house: House, performance: Performance, seller: ApiClient) -> Walk:
    return Walk(now, house, performance, seller)


def kept() -> tuple[Any, ...]:
    return (
        list(Basket.objects.order_by("pk").values()),
        list(Order.objects.order_by("pk").values()),
        list(Place.objects.order_by("pk").values("code", "state", "holder")),
        Scan.objects.count(),
    )


def test_a_key_of_another_house_finds_nothing_and_changes_nothing(
    now: datetime, walk: Walk, client_of: KeyClient
) -> None:
    before = kept()
    stranger = client_of(a_house(now, "vreemd"), "read", "sell", "scan")
    calls = walk.every_call(stranger)
    found = [(name, method, answer.status_code) for name, method, answer in calls if name not in OWN]
    assert [call for call in found if call[2] != 404] == []
    assert len(found) >= 20
    own = [answer.json()["items"] for name, _method, answer in calls if name in ("performances", "doors")]
    assert own == [[], []]
    assert kept() == before


READ = {"performances", "performance", "places", "states"}
SCAN = {"doors", "door-list", "door-counts", "door-conflicts", "scans", "scans-offline"}


@pytest.mark.parametrize(("scope", "opened"), [("read", READ), ("scan", SCAN)])
def test_a_key_opens_what_its_scope_says(
    walk: Walk, house: House, client_of: KeyClient, scope: str, opened: set[str]
) -> None:
    orders = Order.objects.count(), Basket.objects.count()
    calls = walk.every_call(client_of(house, scope))
    assert {name for name, _method, answer in calls if answer.status_code != 403} == opened
    assert (Order.objects.count(), Basket.objects.count()) == orders


def test_a_key_of_one_performance_opens_no_other_door_of_its_house(
    now: datetime, walk: Walk, house: House, client_of: KeyClient
) -> None:
    other = on_sale(now, house)
    calls = walk.every_call(client_of(house, "scan", performance=other))
    found = {name: answer.status_code for name, _method, answer in calls if name in SCAN}
    assert found == dict.fromkeys(SCAN, 404) | {"doors": 200}
    [doors] = [answer.json()["items"] for name, _method, answer in calls if name == "doors"]
    assert [door["code"] for door in doors] == [other.code]
    assert Scan.objects.count() == 0


def test_without_a_key_every_address_asks_for_one(walk: Walk) -> None:
    calls = walk.every_call(ApiClient(""))
    assert {answer.status_code for _name, _method, answer in calls} == {401}


def test_a_basket_that_was_ordered_takes_nothing_more(walk: Walk, house: House, client_of: KeyClient) -> None:
    seller = client_of(house, "sell")
    assert seller.post("orders", {"basket": walk.basket, "contact": CONTACT}).status_code == 201
    before, at = kept(), f"baskets/{walk.basket}"
    asked = (
        seller.post(f"{at}/places", {"performance": walk.performance, "places": ["2"]}),
        seller.put(f"{at}/places/{walk.performance}/0", {"price_type": "full"}),
        seller.delete(f"{at}/places/{walk.performance}/0"),
        seller.post(f"{at}/extension"),
        seller.put(f"{at}/contact", CONTACT | {"first_name": "Piet"}),
        seller.put(f"{at}/codes", {"codes": []}),
    )
    assert ([answer.status_code for answer in asked], kept()) == ([404] * 6, before)


def test_a_draft_tells_no_key_its_places(now: datetime, walk: Walk, house: House, client_of: KeyClient) -> None:
    programme.take_off_sale(performance_id=Performance.objects.get().pk, now=now)
    key = client_of(house, "read", "sell")
    at = f"performances/{walk.performance}"
    asked = [key.get(at), key.get(f"{at}/places"), key.get(f"{at}/states"), key.post("baskets", walk.bodies["baskets"])]
    assert [answer.status_code for answer in asked] == [404] * 4
